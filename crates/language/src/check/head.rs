//! What a schedule states once, whatever of the language it uses: for whom it bills, its price, what is planned, its tax; and what it accepts.

use super::sections::Section;
use super::{Checker, errors};
use crate::model::{Acceptance, Billed, PlannedTerms, Property};
use crate::money::Hours;
use crate::span::Span;
use crate::syntax::ast::{self, ItemKind, MeasureUnit, Shape};
use foldhash::HashMap;

/// What a schedule states once.
pub struct Head<'f> {
    pub billed: Billed,
    pub whole_attendance: bool,
    pub planned: PlannedTerms,
    pub may_suspend: bool,
    /// Its price, and the place of it.
    pub price: Option<(&'f ast::Price, Span)>,
    pub vat: Option<&'f ast::Vat>,
    pub payment: Option<&'f ast::PaymentTerm>,
    /// What it accepts, and the line of which it does.
    accepts: Vec<(Acceptance, Option<&'f ast::Name>)>,
}

impl<'f> Head<'f> {
    /// Reads it; reports what is stated twice, and a price that is missing.
    pub fn read(checker: &mut Checker<'_>, section: &Section<'f>) -> Head<'f> {
        let mut head = Head {
            billed: Billed::Case,
            whole_attendance: false,
            planned: PlannedTerms::default(),
            may_suspend: false,
            price: None,
            vat: None,
            payment: None,
            accepts: Vec::new(),
        };
        let mut once = Once::default();
        for item in &section.items {
            head.take(checker, &mut once, item);
        }
        if let Some(name) = section.name
            && head.price.is_none()
            && !section.is_broken(Shape::Price)
        {
            checker.report(errors::no_price(checker.lang, checker.file_lang, name.at.0));
        }
        head
    }

    fn take(&mut self, checker: &mut Checker<'_>, once: &mut Once, item: &'f ast::Item) {
        let at = item.at.0;
        match &item.kind {
            ItemKind::Unit(unit) => {
                once.note(checker, "unit", at);
                self.billed = match unit {
                    ast::Unit::Case => Billed::Case,
                    ast::Unit::Group => Billed::Group,
                };
            }
            ItemKind::WholeAttendance => {
                once.note(checker, "attendance", at);
                self.whole_attendance = true;
            }
            ItemKind::Planned(measure) => match checker.planned(measure) {
                Some(Planned::Hours(hours)) => {
                    once.note(checker, "planned hours", at);
                    self.planned.hours = Some(hours);
                }
                Some(Planned::Months(months)) => {
                    once.note(checker, "planned duration", at);
                    self.planned.months = Some(months);
                }
                None => {}
            },
            ItemKind::MaySuspend => {
                once.note(checker, "suspension", at);
                self.may_suspend = true;
            }
            ItemKind::Accepts { property, line, reason } => {
                if let Some(property) = Property::find(property) {
                    let reason = reason.text.clone();
                    let accepted = Acceptance { property, line: None, reason, span: at };
                    self.accepts.push((accepted, line.as_ref()));
                }
            }
            ItemKind::Price(price) => {
                if once.note(checker, "price", at) {
                    self.price = Some((price, at));
                }
            }
            ItemKind::Vat(vat) => {
                if once.note(checker, "vat", at) {
                    self.vat = Some(vat);
                }
            }
            ItemKind::Payment(term) => {
                if once.note(checker, "payment", at) {
                    self.payment = Some(term);
                }
            }
            ItemKind::Payer(_)
            | ItemKind::Agreed(_)
            | ItemKind::Action(_)
            | ItemKind::Line(_)
            | ItemKind::Schedule { .. }
            | ItemKind::Scenario { .. }
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::FollowUp(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Broken(_) => {}
        }
    }

    /// What it accepts, where its lines have these labels; reports a line that none of them is.
    pub fn accepts(
        &self,
        checker: &mut Checker<'_>,
        section: &Section<'_>,
        labels: &[&str],
    ) -> Vec<Acceptance> {
        let accepted = self.accepts.iter().filter_map(|(acceptance, named)| {
            let line = match named {
                Some(named) => Some(line_named(checker, section, labels, named)?),
                None => None,
            };
            Some(Acceptance { line, ..acceptance.clone() })
        });
        accepted.collect()
    }
}

/// What a `planned` item states.
pub enum Planned {
    Hours(Hours),
    Months(u32),
}

impl Checker<'_> {
    /// `planned 10 hours`, `planned 12 months`.
    pub fn planned(&mut self, measure: &ast::Measure) -> Option<Planned> {
        let planned = match measure.unit {
            Some(MeasureUnit::Months | MeasureUnit::Years) => match self.duration(measure)? {
                crate::calendar::Duration::Months(months) => Planned::Months(months),
                crate::calendar::Duration::Days(_) => return None,
            },
            Some(MeasureUnit::Days | MeasureUnit::Weeks | MeasureUnit::Percent) => {
                self.report(errors::not_planned(self.lang, self.file_lang, measure, self.source));
                return None;
            }
            Some(MeasureUnit::Hours | MeasureUnit::Minutes) | None => {
                Planned::Hours(self.hours(measure)?)
            }
        };
        let (sound, in_hours) = match planned {
            Planned::Hours(hours) => (hours > Hours::ZERO, true),
            Planned::Months(months) => ((1..=crate::model::LONGEST_PLAN).contains(&months), false),
        };
        if !sound {
            self.report(errors::planned_range(self.lang, measure.at.0, in_hours));
        }
        sound.then_some(planned)
    }
}

/// The line of this label, by its place.
fn line_named(
    checker: &mut Checker<'_>,
    section: &Section<'_>,
    labels: &[&str],
    named: &ast::Name,
) -> Option<usize> {
    let found = labels.iter().position(|label| *label == named.text);
    if found.is_none() && !named.text.is_empty() && !section.is_broken(Shape::Line) {
        checker.report(errors::unknown_line(checker.lang, named, labels));
    }
    found
}

/// Items that stand at most once in a schedule.
#[derive(Default)]
struct Once(HashMap<&'static str, Span>);

impl Once {
    fn note(&mut self, checker: &mut Checker<'_>, what: &'static str, at: Span) -> bool {
        if let Some(first) = self.0.get(what) {
            checker.report(crate::syntax::stated_twice(checker.lang, at, *first));
            return false;
        }
        self.0.insert(what, at);
        true
    }
}
