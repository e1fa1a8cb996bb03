//! From the first part of the language to the second, and back.
//!
//! [`lower`]: a schedule of the first part as a program, for cases whose events are of the second: an
//! amendment of planned hours, a suspension that it does not know. In: a sound schedule. Out: the program
//! that bills the same. [`raise`]: a program as a schedule of the first part, for those who look at every
//! history. In: a schedule with its program. Out: the schedule that bills the same sums on the same lines,
//! or what it uses that the first part does not have. Neither ever guesses.

use super::beyond::{Beyond, OfAction, OfLine, OfPrice};
use crate::calendar::Date;
use crate::model::program::{
    Agreed, Amount, Anchor, Condition, Kind, Later, Line, Measure, Name, Named, Price, Program,
    Rate, Test, Tiers, Unasked, When, Worked,
};
use crate::model::{
    self, CalendarDay, Civil, LineKind, Milestone, PlannedTerms, Rate as ActionRate, Schedule,
    Subject, SubjectKind,
};
use crate::money::{Currency, Money, Percent};

/// The program that bills what a schedule of the first part bills.
pub fn lower(schedule: &Schedule) -> Program {
    let mut names = Names::default();
    let decimals = schedule.currency.decimals();
    let rate =
        |sum: Money| Rate(sum.0.saturating_mul(10_i64.pow(Rate::DECIMALS - decimals.min(6))));
    let price = match schedule.price {
        model::Price::Fixed(total) => Price::Fixed(Agreed::Stated(total)),
        model::Price::Hourly { rate: of, at_least, at_most } => {
            Price::Hourly { rate: Agreed::Stated(rate(of)), at_least, at_most, step: None }
        }
        model::Price::PerAction => {
            Price::PerAction { at_least: None, at_most: None, each_month: false }
        }
    };
    let per_action = matches!(price, Price::PerAction { .. });
    let priced = price.measure(None);
    let worked = |measure: Measure| Worked {
        of_price: per_action || matches!(measure, Measure::Priced { .. }),
        measure,
        at_most: None,
        each_month: false,
        tax: None,
    };
    for action in &schedule.actions {
        let measure = match action.rate {
            ActionRate::Hourly(of) => {
                Measure::Hours { step: None, tiers: Tiers { below: Vec::new(), last: rate(of) } }
            }
            ActionRate::Flat(of) => Measure::Times(rate(of)),
            ActionRate::NotBilled => Measure::Nothing,
            ActionRate::AsPriced => priced.clone(),
        };
        let name = names.number(&Subject::new(SubjectKind::Action, action.name.as_str()));
        if let Some(named) = names.list.get_mut(name.0 as usize) {
            named.worked = Some(worked(measure));
            named.ends_case = action.ends_case;
        }
    }
    let declared = names.list.len();
    let mut lines: Vec<Line> = Vec::with_capacity(schedule.lines.len());
    for (index, line) in schedule.lines.iter().enumerate() {
        let amount = Amount::from(line.amount);
        lines.push(Line {
            index,
            kind: match line.kind {
                LineKind::Deposit => Kind::Deposit,
                LineKind::Installment => Kind::Installment,
                LineKind::Balance => Kind::Balance,
            },
            amount,
            whens: line.triggers.iter().map(|when| names.when(when)).collect(),
            condition: line.condition.as_ref().map(|of| names.condition(of)),
            repeats: matches!(amount, Amount::Work(_)),
            at_most: None,
            pro_rata: false,
            beside: false,
            charged_to: None,
            stays_open: line.stays_open,
            tax: None,
        });
    }
    lines.sort_by_key(|line| line.kind == Kind::Balance);
    let unlisted = (!per_action).then(|| worked(priced));
    for (named, (kind, _)) in names.list.iter_mut().zip(&names.subjects).skip(declared) {
        if *kind == SubjectKind::Action {
            named.worked.clone_from(&unlisted);
            named.unlisted = declared > 0;
        }
    }
    Program {
        in_force_from: None::<Date>,
        currency: schedule.currency,
        price,
        planned: PlannedTerms { hours: schedule.planned_hours, months: schedule.planned_months },
        whole_attendance: schedule.whole_attendance,
        may_suspend: false,
        unlisted,
        declares_actions: declared > 0,
        names: names.list,
        subjects: names.subjects,
        payers: Vec::new(),
        payer_names: Vec::new(),
        taxes: Vec::new(),
        tax: None,
        tax_included: false,
        payment: None,
        dues: Vec::new(),
        lines,
    }
}

/// The names of a schedule, numbered.
#[derive(Default)]
struct Names {
    list: Vec<Named>,
    subjects: Vec<(SubjectKind, String)>,
}

impl Names {
    fn number(&mut self, subject: &Subject) -> Name {
        let is = |own: &(SubjectKind, String)| own.0 == subject.kind && own.1 == subject.name;
        let place = self.subjects.iter().position(is).unwrap_or_else(|| {
            self.subjects.push((subject.kind, subject.name.clone()));
            self.list.push(Named { worked: None, ends_case: false, unlisted: false });
            self.subjects.len() - 1
        });
        Name(u32::try_from(place).unwrap_or(u32::MAX))
    }

    fn when(&mut self, when: &model::When) -> When {
        match when {
            model::When::Milestone(milestone) => When::Milestone(*milestone),
            model::When::Subject(subject) => When::Named(self.number(subject)),
            model::When::Calendar(CalendarDay::MonthEnd) => When::End(Civil::Month),
            model::When::Calendar(CalendarDay::Date(date)) => When::Dates(vec![*date]),
            model::When::Calendar(CalendarDay::After(length, anchor)) => {
                When::After(*length, Anchor::Milestone(anchor.milestone()))
            }
        }
    }

    fn condition(&mut self, condition: &model::Condition) -> Condition {
        match condition {
            model::Condition::Any(parts) => {
                Condition::Any(parts.iter().map(|part| self.condition(part)).collect())
            }
            model::Condition::All(parts) => {
                Condition::All(parts.iter().map(|part| self.condition(part)).collect())
            }
            model::Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            model::Condition::Test(test) => Condition::Test(match test {
                model::Test::Duration(range) => {
                    Test::Since(Anchor::Milestone(Milestone::Start), *range)
                }
                model::Test::Attendance(range) => Test::Attendance(*range),
                model::Test::Hours(range) => Test::Hours(*range),
                model::Test::Reached(milestone) => Test::Came(*milestone),
                model::Test::Happened(subject) => Test::Happened(self.number(subject), 1),
            }),
        }
    }
}

/// What stands in for what the first part has no word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The price or the rate that a case agrees.
    pub figure: Money,
    /// Whether lines beside the price bill what they do, or nothing.
    pub beside: bool,
}

impl Reading {
    /// The plainest reading: everything is billed, and an agreed figure is round.
    pub fn plainest(program: &Program) -> Reading {
        Reading { figure: program.round_figure(), beside: true }
    }
}

/// The schedule of the first part that bills the same sums on the same lines, whoever pays them, whatever
/// tax there is on them and whenever they are due.
pub fn raise(schedule: &Schedule, program: &Program, reading: Reading) -> Result<Schedule, Beyond> {
    let raised = Raised { program, reading };
    if program.may_suspend && program.follows_the_clock() {
        return Err(Beyond::Suspension);
    }
    let price = raised.price()?;
    let mut actions = schedule.actions.clone();
    for (place, action) in actions.iter_mut().enumerate() {
        action.rate = raised.rate(place, &action.name)?;
    }
    let mut lines = schedule.lines.clone();
    for line in &program.lines {
        if let Some(core) = lines.get_mut(line.index) {
            *core = raised.line(line, core)?;
        }
    }
    Ok(Schedule { price, actions, lines, second: None, ..schedule.clone() })
}

/// A rate as a sum of the currency, where it has no more decimals.
fn whole(rate: Rate, currency: Currency) -> Option<Money> {
    let unit = 10_i64.pow(Rate::DECIMALS.saturating_sub(currency.decimals()));
    (rate.0 % unit == 0).then_some(Money(rate.0 / unit))
}

/// A program on its way back.
struct Raised<'p> {
    program: &'p Program,
    reading: Reading,
}

impl Raised<'_> {
    fn price(&self) -> Result<model::Price, Beyond> {
        let of = |what| Err(Beyond::Price(what));
        let price = &self.program.price;
        if let Price::Fixed(total) = price {
            Ok(model::Price::Fixed(total.stated().unwrap_or(self.reading.figure)))
        } else if let Price::Hourly { step: Some(_), .. } = price {
            of(OfPrice::Steps)
        } else if let Price::Hourly { rate, at_least, at_most, step: None } = price {
            let rate = match rate {
                Agreed::Stated(rate) => {
                    whole(*rate, self.program.currency).ok_or(Beyond::Price(OfPrice::FineRate))?
                }
                Agreed::ByCase { .. } => self.reading.figure,
            };
            Ok(model::Price::Hourly { rate, at_least: *at_least, at_most: *at_most })
        } else if let Price::PerAction { at_least: None, at_most: None, .. } = price {
            Ok(model::Price::PerAction)
        } else if let Price::PerAction { .. } = price {
            of(OfPrice::Bounds)
        } else {
            of(OfPrice::Kind(price.called()))
        }
    }

    fn rate(&self, place: usize, name: &str) -> Result<ActionRate, Beyond> {
        let of = |what| Err(Beyond::Action(place, what));
        let named = self.program.find(SubjectKind::Action, name);
        let named = named.and_then(|name| self.program.names.get(name.0 as usize));
        let Some(worked) = named.and_then(|named| named.worked.as_ref()) else {
            return Ok(ActionRate::AsPriced);
        };
        let bills_work = self.program.bills_work();
        let figure = |rate: Rate| {
            whole(rate, self.program.currency).ok_or(Beyond::Action(place, OfAction::FineRate))
        };
        let price = &self.program.price;
        match (price.values_work(), price.is_a_rate(), &worked.measure) {
            // Nothing bills it.
            (false, _, _) if !bills_work => Ok(ActionRate::AsPriced),
            (false, _, Measure::Nothing) => Ok(ActionRate::AsPriced),
            (_, true, Measure::Priced { step: None }) => Ok(ActionRate::AsPriced),
            (_, true, Measure::Priced { step: Some(_) })
            | (_, _, Measure::Hours { step: Some(_), .. }) => of(OfAction::Steps),
            (_, true, Measure::Nothing) => of(OfAction::NotBilled),
            (false, _, _) | (_, true, _) => of(OfAction::OwnRate),
            (true, false, Measure::Nothing | Measure::Priced { .. }) => Ok(ActionRate::NotBilled),
            (true, false, _) if worked.at_most.is_some() => of(OfAction::Cap),
            (true, false, Measure::Hours { step: None, tiers }) => {
                if tiers.below.is_empty() {
                    Ok(ActionRate::Hourly(figure(tiers.last)?))
                } else {
                    of(OfAction::Tiers)
                }
            }
            (true, false, Measure::Times(rate)) => Ok(ActionRate::Flat(figure(*rate)?)),
            (true, false, Measure::Quantity(_)) => of(OfAction::Units),
            (true, false, Measure::Amount(_)) => of(OfAction::Cost),
        }
    }

    fn line(&self, line: &Line, core: &model::Line) -> Result<model::Line, Beyond> {
        let beyond = |what| Beyond::Line(line.index, what);
        let of = |what| Err(Beyond::Line(line.index, what));
        let is_work = matches!(line.amount, Amount::Work(_));
        if line.kind == Kind::Discount {
            return of(OfLine::Discount);
        }
        if line.repeats && !is_work || line.at_most.is_some() {
            return of(OfLine::Repeats);
        }
        if line.pro_rata {
            return of(OfLine::PartOfPeriod);
        }
        if line.beside && (is_work || line.kind == Kind::Deposit && self.settles_otherwise()) {
            return of(OfLine::Beside);
        }
        let amount = if line.beside && !self.reading.beside {
            model::Amount::Nothing
        } else if line.amount.parts() > 1 {
            return of(OfLine::Repeats);
        } else if let Amount::UpTo { share, no_refund: true } = line.amount
            && !self.never_refunds(share)
        {
            return of(OfLine::NoRefund);
        } else {
            match line.amount.of_the_first_part() {
                Ok(amount) => amount,
                Err(Later::Period) => return of(OfLine::Period),
                Err(Later::Progress) => return of(OfLine::Progress),
            }
        };
        let mut triggers = Vec::with_capacity(line.whens.len());
        for when in &line.whens {
            self.when(when, &mut triggers).map_err(beyond)?;
        }
        let condition = match &line.condition {
            Some(condition) => Some(self.condition(condition).map_err(beyond)?),
            None => None,
        };
        Ok(model::Line { amount, triggers, condition, ..core.clone() })
    }

    /// Whether a balance settles the deposits of the price and leaves a security alone.
    fn settles_otherwise(&self) -> bool {
        let lines = self.program.lines.iter();
        let mut settles = lines.map(|line| {
            matches!(line.amount, Amount::UpTo { .. })
                || line.kind == Kind::Balance && line.stays_open
        });
        settles.any(|settles| settles)
    }

    /// Whether what brings a case to this share never gives anything back: all that may be billed of the
    /// price before does not come to it, whatever the price.
    fn never_refunds(&self, share: Percent) -> bool {
        let lines = || self.program.lines.iter().filter(|line| !line.beside && !line.closes());
        let mut shares = 0_i64;
        let (mut deposits, mut others) = (false, false);
        for line in lines() {
            if line.amount == Amount::Nothing {
                continue;
            }
            let Some(share) = line.amount.share() else { return false };
            shares = shares.saturating_add(share.0);
            // Each group of percentages is rounded by itself.
            deposits |= line.kind == Kind::Deposit;
            others |= line.kind != Kind::Deposit;
        }
        shares <= share.0 && !(deposits && others)
    }

    fn subject(&self, name: Name) -> Subject {
        let known = self.program.subjects.get(name.0 as usize);
        known.map_or(Subject::new(SubjectKind::Event, ""), |(kind, name)| {
            Subject::new(*kind, name.as_str())
        })
    }

    fn when(&self, when: &When, all: &mut Vec<model::When>) -> Result<(), OfLine> {
        let day = model::When::Calendar;
        all.push(match when {
            When::Milestone(milestone) => model::When::Milestone(*milestone),
            When::Named(name) => model::When::Subject(self.subject(*name)),
            When::Progress => return Err(OfLine::Progress),
            When::End(Civil::Month) => day(CalendarDay::MonthEnd),
            When::End(_) | When::DayOfMonth(_) => return Err(OfLine::CivilPeriod),
            When::After(_, Anchor::Planned(_))
            | When::Every { anchor: Anchor::Planned(_), .. }
            | When::Before(..) => return Err(OfLine::Planned),
            When::After(length, Anchor::Milestone(milestone)) => {
                let anchor = model::Anchor::at(*milestone).ok_or(OfLine::Anchor)?;
                day(CalendarDay::After(*length, anchor))
            }
            When::After(_, Anchor::Named(_)) | When::Every { .. } => return Err(OfLine::Anchor),
            When::Dates(days) => {
                all.extend(days.iter().map(|date| day(CalendarDay::Date(*date))));
                return Ok(());
            }
        });
        Ok(())
    }

    fn condition(&self, condition: &Condition) -> Result<model::Condition, OfLine> {
        let all = |parts: &[Condition]| -> Result<Vec<model::Condition>, OfLine> {
            parts.iter().map(|part| self.condition(part)).collect()
        };
        Ok(match condition {
            Condition::Any(parts) => model::Condition::Any(all(parts)?),
            Condition::All(parts) => model::Condition::All(all(parts)?),
            Condition::Not(inner) => model::Condition::Not(Box::new(self.condition(inner)?)),
            Condition::Test(Test::Happened(name, 0 | 1)) => {
                model::Condition::Test(model::Test::Happened(self.subject(*name)))
            }
            Condition::Test(test) => {
                let of = |unasked| match unasked == Unasked::Progress {
                    true => OfLine::Progress,
                    false => OfLine::Asks(unasked),
                };
                model::Condition::Test(test.of_the_first_part().map_err(of)?)
            }
        })
    }
}
