//! A program made ready to bill one case after another: what is the same of all of them is worked out once.
//!
//! In: a program. Out: its names by their bytes, the terms and payers of a case that states none of its own, and for what each
//! line waits, so that a moment looks at those lines alone that may wait for it.

use super::moment::Moment;
use super::payers::Payers;
use super::sound::{self, Unsound};
use crate::model::program::{Anchor, Kind, Line, Name, Program, Terms, When};
use crate::model::{Milestone, SubjectKind, Terminal};
use std::sync::Arc;

/// A program and what follows from it.
#[derive(Debug)]
pub struct Ready {
    /// The program.
    pub program: Arc<Program>,
    /// Its names, in the order of the numbers of their keys.
    names: Vec<(u64, Key, Name)>,
    /// The terms at first and the payers of a case that states nothing, or why there is none.
    usual: Result<(Terms, Payers), Unsound>,
    /// The lines in the order in which they are looked at: at a terminal event, and at any other moment.
    orders: [Vec<(usize, Kinds)>; 2],
    /// What any line waits for.
    awaited: Kinds,
    /// The lines that wait for a day of the calendar.
    by_calendar: Vec<usize>,
    /// Whether the next evening that brings anything stays the same until something happens that lines count from.
    foresees: bool,
}

impl Ready {
    /// Makes a program ready.
    pub fn new(program: Arc<Program>) -> Ready {
        let number = |place: usize| Name(u32::try_from(place).unwrap_or(u32::MAX));
        let named = |(place, (kind, name)): (usize, &(SubjectKind, String))| {
            let key = Key::of(*kind, name);
            (key.number(), key, number(place))
        };
        // Of two of one name the first counts: sorting keeps their order.
        let mut names: Vec<_> = program.subjects.iter().enumerate().map(named).collect();
        names.sort_by_key(|(number, ..)| *number);
        let of_lines: Vec<Kinds> = program.lines.iter().map(Kinds::of_line).collect();
        let awaited = of_lines.iter().fold(Kinds(0), |all, kinds| all.and(*kinds));
        let order = |terminal: bool| {
            let lines = program.lines.iter().zip(&of_lines).enumerate();
            let mut order: Vec<_> =
                lines.map(|(place, (line, kinds))| (turn(line, terminal), place, *kinds)).collect();
            order.sort_by_key(|(turn, ..)| *turn);
            order.into_iter().map(|(_, place, kinds)| (place, kinds)).collect()
        };
        let by_calendar = |(place, kinds): (usize, &Kinds)| {
            let waits = kinds.meet(Kinds::EVENING) || kinds.meet(Kinds::ANY);
            waits.then_some(place)
        };
        Ready {
            names,
            usual: sound::settle(&program, None, &[]).map_err(|(unsound, _)| unsound),
            orders: [order(true), order(false)],
            awaited,
            by_calendar: of_lines.iter().enumerate().filter_map(by_calendar).collect(),
            foresees: !awaited.meet(Kinds::ANY),
            program,
        }
    }

    /// The number of a name; none where the program does not mention it.
    pub fn find(&self, kind: SubjectKind, name: &str) -> Option<Name> {
        let key = Key::of(kind, name);
        let number = key.number();
        let first = self.names.partition_point(|(own, ..)| *own < number);
        let alike = self.names.get(first..).unwrap_or_default().iter();
        let mut alike = alike.take_while(|(own, ..)| *own == number);
        let subjects = &self.program.subjects;
        let is = |place: &Name| subjects.get(place.0 as usize).is_some_and(|own| own.1 == name);
        let found = alike.find(|(_, own, place)| *own == key && (key.is_whole() || is(place)));
        found.map(|(.., place)| *place)
    }

    /// The terms at first and the payers of a case that states nothing, or why there is none.
    pub fn usual(&self) -> Result<(Terms, &Payers), Unsound> {
        let usual = self.usual.as_ref();
        usual.map(|(terms, payers)| (*terms, payers)).map_err(Unsound::clone)
    }

    /// Whether a line may wait for a moment.
    #[inline]
    pub(super) fn is_awaited(&self, moment: &Moment) -> bool {
        self.awaited.meet(Kinds::of(moment))
    }

    /// The places of the lines that may wait for a moment, in the order in which they are looked at.
    pub(super) fn waiting(&self, moment: &Moment) -> impl Iterator<Item = usize> {
        let kinds = Kinds::of(moment);
        let [at_the_end, else_] = &self.orders;
        let order = if moment.is_terminal() { at_the_end } else { else_ };
        order.iter().filter(move |(_, line)| line.meet(kinds)).map(|(place, _)| *place)
    }

    /// The lines that wait for a day of the calendar, by their places.
    pub(super) fn by_calendar(&self) -> impl Iterator<Item = (usize, &Line)> {
        let lines = &self.program.lines;
        self.by_calendar.iter().filter_map(|place| Some((*place, lines.get(*place)?)))
    }

    /// Whether the next evening that brings anything stays the same until something happens that lines count from.
    pub(super) fn foresees(&self) -> bool {
        self.foresees
    }
}

/// At the terminal event, what is of a period comes before all balances.
fn turn(line: &Line, terminal: bool) -> u8 {
    match line.kind {
        Kind::Deposit | Kind::Installment | Kind::Discount => 0,
        Kind::Balance if terminal && line.pro_rata => 1,
        Kind::Balance => 2,
    }
}

/// What a moment is of, and what a line waits for: kinds of moments, a bit each.
#[derive(Clone, Copy, Debug)]
struct Kinds(u8);

impl Kinds {
    const PROGRESS: Kinds = Kinds(1);
    const NAMED: Kinds = Kinds(1 << SubjectKind::PLACE_IN_DAY);
    const EVENING: Kinds = Kinds(1 << 6);
    /// Every moment is of it.
    const ANY: Kinds = Kinds(1 << 7);

    /// Milestones have the bits of their places in a day, from 1 to 5.
    fn milestone(milestone: Milestone) -> Kinds {
        Kinds(1 << milestone.place_in_day())
    }

    fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    fn meet(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    fn of(moment: &Moment) -> Kinds {
        let milestones = Milestone::ALL.into_iter().filter(|milestone| moment.is(*milestone));
        let milestones = milestones.map(Kinds::milestone).fold(Kinds::ANY, Kinds::and);
        let also = |made: bool, kinds: Kinds| if made { kinds } else { Kinds(0) };
        milestones
            .and(also(moment.named.is_some(), Kinds::NAMED))
            .and(also(moment.progress, Kinds::PROGRESS))
            .and(also(moment.event.is_none(), Kinds::EVENING))
    }

    fn of_line(line: &Line) -> Kinds {
        let over = Terminal::ALL.map(|over| Kinds::milestone(over.milestone()));
        let of_a_period = if line.pro_rata { over.as_slice() } else { &[] };
        let whens = line.whens.iter().map(Kinds::of_when);
        whens.chain(of_a_period.iter().copied()).fold(Kinds(0), Kinds::and)
    }

    fn of_when(when: &When) -> Kinds {
        match when {
            When::Milestone(milestone) => Kinds::milestone(*milestone),
            When::Named(_) => Kinds::NAMED,
            When::Progress => Kinds::PROGRESS,
            When::Before(..) => Kinds::ANY,
            When::Every { first: true, anchor, .. } => Kinds::EVENING.and(match anchor {
                Anchor::Milestone(milestone) => Kinds::milestone(*milestone),
                Anchor::Named(_) => Kinds::NAMED,
                Anchor::Planned(_) => Kinds::EVENING,
            }),
            When::End(_)
            | When::DayOfMonth(_)
            | When::After(..)
            | When::Every { first: false, .. }
            | When::Dates(_) => Kinds::EVENING,
        }
    }
}

/// A name as numbers: its kind, its length, its first and its last bytes, which are all of it where it is no longer than 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key(SubjectKind, usize, u64, u64);

impl Key {
    fn of(kind: SubjectKind, name: &str) -> Key {
        let bytes = name.as_bytes();
        let eight = bytes.first_chunk().zip(bytes.last_chunk());
        let four = || bytes.first_chunk().zip(bytes.last_chunk());
        let (first, last) = if let Some((first, last)) = eight {
            (u64::from_be_bytes(*first), u64::from_be_bytes(*last))
        } else if let Some((first, last)) = four() {
            (u64::from(u32::from_be_bytes(*first)), u64::from(u32::from_be_bytes(*last)))
        } else {
            (bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), 0)
        };
        Key(kind, bytes.len(), first, last)
    }

    /// A number that few others have.
    fn number(self) -> u64 {
        self.2 ^ self.3.rotate_left(29) ^ (self.1 as u64) << 3 ^ self.0 as u64
    }

    fn is_whole(self) -> bool {
        self.1 <= 16
    }
}

#[cfg(test)]
mod tests {
    use super::Key;
    use crate::model::SubjectKind;

    /// Up to 16 bytes two names have one key if they are one name; beyond them the text is asked.
    #[test]
    fn short_names_are_told_apart_by_their_keys() {
        let names: Vec<String> = (0..=16)
            .flat_map(|length| {
                let other = move |place: usize| {
                    (0..length).map(|own| if own == place { 'b' } else { 'a' }).collect()
                };
                (0..=length).map(other)
            })
            .collect();
        for (place, name) in names.iter().enumerate() {
            let key = Key::of(SubjectKind::Action, name);
            assert!(key.is_whole());
            assert_ne!(key, Key::of(SubjectKind::Event, name));
            for (other, of) in names.iter().enumerate() {
                let same = Key::of(SubjectKind::Action, of) == key;
                assert_eq!(same, place == other, "{name} {of}");
            }
        }
        assert!(!Key::of(SubjectKind::Action, &"a".repeat(17)).is_whole());
    }
}
