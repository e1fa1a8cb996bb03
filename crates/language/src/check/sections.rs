//! A file divided into its schedules, follow-ups and scenarios, each with the items that belong to it.

use super::{Checker, errors};
use crate::diagnostic::Code;
use crate::model::FollowProperty;
use crate::span::Span;
use crate::syntax::ast::{
    At, Criterion, Date, Expect, File, Happening, Item, ItemKind, Line, Name, Of, Shape,
};
use foldhash::HashMap;

/// A file's schedules, follow-ups and scenarios, in order.
#[derive(Default)]
pub struct Sections<'f> {
    pub schedules: Vec<Section<'f>>,
    pub scenarios: Vec<ScenarioSection<'f>>,
    pub follow_ups: Vec<Section<'f>>,
    /// The scenarios of follow-ups.
    pub follow_scenarios: Vec<ScenarioSection<'f>>,
    /// Where the next item stands.
    place: Place,
    /// Whether the item before stands in no place of its own, which is reported: those after it
    /// only follow.
    misplaced: bool,
}

/// In what an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Nowhere,
    Schedule,
    FollowUp,
    /// In a scenario of a schedule.
    Scenario,
    /// In a scenario of a follow-up.
    FollowScenario,
}

/// A schedule, a follow-up or a scenario with its items.
pub struct Section<'f> {
    /// Its name; `None` if its first line could not be read.
    pub name: Option<&'f Name>,
    /// From when this version of a schedule is in force, where it says so.
    pub in_force_from: Option<&'f Date>,
    /// Which invoices a follow-up is for.
    pub criteria: &'f [Criterion],
    pub items: Vec<&'f Item>,
    /// What could not be read in it.
    pub broken: Vec<Shape>,
}

/// A scenario, with what it names or stands under.
pub struct ScenarioSection<'f> {
    pub section: Section<'f>,
    /// The schedule, or the follow-up, that it names.
    pub named: Option<&'f Name>,
    /// The place, among the schedules or the follow-ups, of the one above it.
    pub above: Option<usize>,
}

impl<'f> Section<'f> {
    fn new(name: Option<&'f Name>) -> Self {
        Self { name, in_force_from: None, criteria: &[], items: Vec::new(), broken: Vec::new() }
    }

    /// Where it accepts a code.
    pub fn accepted(&self, code: Code) -> Option<Span> {
        self.items.iter().find_map(|item| {
            // They are of the schedule as a whole: what names a line accepts none.
            let ItemKind::Accepts { property, line: None, .. } = &item.kind else { return None };
            (*property == code.name()).then_some(item.at.0)
        })
    }

    /// Its lines, with where each stands.
    pub fn lines(&self) -> impl Iterator<Item = (&'f Line, At)> {
        self.items.iter().filter_map(|item| {
            if let ItemKind::Line(line) = &item.kind { Some((line, item.at)) } else { None }
        })
    }

    /// Its name, where it could be read.
    pub fn name_text(&self) -> Option<String> {
        self.name.map(|name| name.text.clone())
    }

    /// Whether an item of this shape, or one of no known shape, could not be read.
    pub fn is_broken(&self, shape: Shape) -> bool {
        self.broken.iter().any(|broken| [shape, Shape::Unknown].contains(broken))
    }
}

/// Divides a file; reports items that stand in no place of theirs, and repeated names.
pub fn divide<'f>(checker: &mut Checker<'_>, file: &'f File) -> Sections<'f> {
    let mut sections = Sections::default();
    for item in &file.items {
        match &item.kind {
            ItemKind::Schedule { name, in_force_from } => {
                let mut section = Section::new(Some(name));
                section.in_force_from = in_force_from.as_ref();
                sections.begin(Place::Schedule, section);
            }
            ItemKind::FollowUp(follow_up) => {
                let mut section = Section::new(Some(&follow_up.name));
                section.criteria = &follow_up.criteria;
                sections.begin(Place::FollowUp, section);
            }
            ItemKind::Broken(shape @ (Shape::Schedule | Shape::FollowUp)) => {
                let mut section = Section::new(None);
                section.broken.push(*shape);
                let schedule = *shape == Shape::Schedule;
                sections.begin(if schedule { Place::Schedule } else { Place::FollowUp }, section);
            }
            ItemKind::Scenario { name, of } => sections.begin_scenario(Some(name), of.as_ref()),
            ItemKind::Broken(Shape::Scenario) => sections.begin_scenario(None, None),
            ItemKind::Broken(shape) => {
                if let Some(section) = sections.current() {
                    section.broken.push(*shape);
                }
            }
            ItemKind::Planned(_)
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::WholeAttendance
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::Agreed(_) => sections.take(checker, item),
        }
    }
    repeated_schedules(checker, &sections.schedules);
    sections
}

/// Where an item may stand.
pub fn places(item: &ItemKind) -> &'static [Place] {
    match item {
        ItemKind::Planned(_) => &[Place::Schedule, Place::Scenario],
        ItemKind::Payment(_) => &[Place::Schedule, Place::FollowUp],
        ItemKind::Unit(_)
        | ItemKind::Price(_)
        | ItemKind::Action(_)
        | ItemKind::WholeAttendance
        | ItemKind::Payer(_)
        | ItemKind::Vat(_)
        | ItemKind::MaySuspend
        | ItemKind::Line(_) => &[Place::Schedule],
        // What is proved of follow-ups is not proved of schedules.
        ItemKind::Accepts { property, .. } => match FollowProperty::find(property) {
            Some(_) => &[Place::FollowUp],
            None => &[Place::Schedule],
        },
        ItemKind::Step(_) => &[Place::FollowUp],
        ItemKind::Invoice(_)
        | ItemKind::Event { happening: Happening::Invoice(_), .. }
        | ItemKind::Expect(Expect::Step { .. }) => &[Place::FollowScenario],
        ItemKind::Event { .. }
        | ItemKind::Expect(Expect::Line { .. } | Expect::Total(_))
        | ItemKind::Agreed(_) => &[Place::Scenario],
        ItemKind::Expect(Expect::Nothing) | ItemKind::Until(_) => {
            &[Place::Scenario, Place::FollowScenario]
        }
        ItemKind::Schedule { .. }
        | ItemKind::FollowUp(_)
        | ItemKind::Scenario { .. }
        | ItemKind::Broken(_) => &[],
    }
}

impl<'f> Sections<'f> {
    fn begin(&mut self, place: Place, section: Section<'f>) {
        self.misplaced = false;
        self.place = place;
        match place {
            Place::FollowUp => self.follow_ups.push(section),
            Place::Nowhere | Place::Schedule | Place::Scenario | Place::FollowScenario => {
                self.schedules.push(section);
            }
        }
    }

    fn begin_scenario(&mut self, name: Option<&'f Name>, of: Option<&'f Of>) {
        let mut section = Section::new(name);
        if name.is_none() {
            section.broken.push(Shape::Scenario);
        }
        self.misplaced = false;
        let below_follow_up = matches!(self.place, Place::FollowUp | Place::FollowScenario);
        let (follow_up, named) = match of {
            Some(Of::FollowUp(name)) => (true, Some(name)),
            Some(Of::Schedule(name)) => (false, Some(name)),
            None => (below_follow_up, None),
        };
        let (headers, scenarios) = if follow_up {
            (self.follow_ups.len(), &mut self.follow_scenarios)
        } else {
            (self.schedules.len(), &mut self.scenarios)
        };
        scenarios.push(ScenarioSection { section, named, above: headers.checked_sub(1) });
        self.place = if follow_up { Place::FollowScenario } else { Place::Scenario };
    }

    fn current(&mut self) -> Option<&mut Section<'f>> {
        match self.place {
            Place::Nowhere => None,
            Place::Schedule => self.schedules.last_mut(),
            Place::FollowUp => self.follow_ups.last_mut(),
            Place::Scenario => self.scenarios.last_mut().map(|scenario| &mut scenario.section),
            Place::FollowScenario => {
                self.follow_scenarios.last_mut().map(|scenario| &mut scenario.section)
            }
        }
    }

    fn take(&mut self, checker: &mut Checker<'_>, item: &'f Item) {
        let (place, fits) = (self.place, places(&item.kind));
        match self.current() {
            Some(section) if fits.contains(&place) => {
                section.items.push(item);
                self.misplaced = false;
            }
            _ => {
                if !std::mem::replace(&mut self.misplaced, true) {
                    let (lang, file_lang) = (checker.lang, checker.file_lang);
                    checker.report(errors::misplaced(lang, file_lang, item.at.0, place, fits));
                }
            }
        }
    }
}

fn repeated_schedules(checker: &mut Checker<'_>, schedules: &[Section<'_>]) {
    // Schedules of one name are its versions, unless two are in force from one day on.
    let mut first: HashMap<(&str, Option<&str>), Span> = HashMap::default();
    for section in schedules {
        let Some(name) = section.name else { continue };
        let version = (name.text.as_str(), section.in_force_from.map(|date| date.iso.as_str()));
        match first.get(&version) {
            // An empty name is reported as that.
            Some(_) if name.text.is_empty() => {}
            Some(place) => {
                checker.report(errors::duplicate_schedule(checker.lang, name, *place));
            }
            None => {
                first.insert(version, name.at.0);
            }
        }
    }
}
