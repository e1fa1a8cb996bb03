//! A schedule of the first part as a program, for cases whose events are of the second: an amendment of
//! planned hours, a suspension that it does not know. In: a sound schedule. Out: the program that bills
//! the same.

use crate::calendar::Date;
use crate::model::program::{
    Agreed, Amount, Anchor, Civil, Condition, Form, Kind, Line, Measure, Name, Named, Planned,
    Price, Program, Rate, Test, Tiers, When, Worked,
};
use crate::model::{
    self, CalendarDay, LineKind, Milestone, Rate as ActionRate, Schedule, Subject, SubjectKind,
};
use crate::money::Money;

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
    let priced = match price {
        Price::Hourly { .. } => Measure::Priced { step: None },
        Price::Fixed(_) | Price::Periodic(..) | Price::PerAction { .. } => Measure::Nothing,
    };
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
        let amount = match line.amount {
            model::Amount::Percent(share) => Amount::Percent { share, parts: 1 },
            model::Amount::Sum(sum) => Amount::Sum { sum, parts: 1 },
            model::Amount::Work { itemised: true } => Amount::Work(Form::Itemised),
            model::Amount::Work { itemised: false } => Amount::Work(Form::Whole),
            model::Amount::UpTo(share) => Amount::UpTo { share, no_refund: false },
            model::Amount::Nothing => Amount::Nothing,
            model::Amount::ProRataAttendance => Amount::ProRataAttendance,
            model::Amount::ProRataDuration => Amount::ProRataDuration,
        };
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
        planned: Planned { hours: schedule.planned_hours, months: schedule.planned_months },
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
