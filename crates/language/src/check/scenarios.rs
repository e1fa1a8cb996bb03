//! Scenarios: their schedule, their history, and expectations that an invoice can fulfil.

use super::head::Planned;
use super::scenario_names::Names;
use super::sections::{ScenarioSection, Sections};
use super::{Checker, errors};
use crate::calendar::Date;
use crate::model::program::{Opening, Share, Terms};
use crate::model::{
    Agreement, Beside, Event, EventKind, Expected, ExpectedLine, More, PlannedTerms, Scenario,
    Schedule, StatedSum, Subject,
};
use crate::money::{Currency, DigitsError, Money, Percent, read_digits};
use crate::span::Span;
use crate::syntax::ast::{self, Expect, Happening, ItemKind};
use foldhash::HashMap;

/// A schedule of the file, sound or not.
pub struct Known {
    /// Whether it has no error.
    pub sound: bool,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// As far as it could be understood.
    pub schedule: Schedule,
}

/// Checks all scenarios of a file; the sound ones of sound schedules are added to `scenarios`.
pub fn check(
    checker: &mut Checker<'_>,
    file: &Sections<'_>,
    known: &[Known],
    scenarios: &mut Vec<Scenario>,
) {
    let mut first: HashMap<(Option<usize>, &str), Span> = HashMap::default();
    let mut names: HashMap<usize, Names<'_>> = HashMap::default();
    let mut places: HashMap<&str, usize> = HashMap::default();
    let versions = known;
    for (place, known) in known.iter().enumerate() {
        if let Some(name) = &known.name {
            places.entry(name).or_insert(place);
        }
    }
    let all_named = known.iter().all(|known| known.name.is_some());
    let every_name: Vec<&str> = known.iter().filter_map(|known| known.name.as_deref()).collect();
    for scenario in &file.scenarios {
        let place = match scenario.named {
            None => scenario.above,
            Some(named) => {
                let place = places.get(named.text.as_str()).copied();
                if place.is_none() && all_named && !named.text.is_empty() {
                    let names = checker.near(&every_name);
                    checker.report(errors::unknown_schedule(checker.lang, named, names));
                }
                place
            }
        };
        if let Some(name) = scenario.section.name {
            match first.get(&(place, name.text.as_str())) {
                // An empty name is reported as that.
                Some(_) if name.text.is_empty() => {}
                Some(place) => {
                    checker.report(errors::duplicate_scenario(checker.lang, name, *place));
                }
                None => {
                    first.insert((place, &name.text), name.at.0);
                }
            }
        }
        let schedule =
            place.and_then(|place| Some((place, known.get(place)?, file.schedules.get(place)?)));
        match schedule {
            Some((place, known, section)) => {
                let names =
                    names.entry(place).or_insert_with(|| Names::new(&known.schedule, section));
                let read = checker.scenario(scenario, known, names);
                scenarios.extend(read.filter(|read| checker.stands_under(read, known, versions)));
            }
            None if scenario.named.is_none() => {
                if let Some(name) = scenario.section.name {
                    checker.report(errors::scenario_without_schedule(checker.lang, name.at.0));
                }
            }
            None => {}
        }
    }
}

/// A scenario as far as it has been read.
#[derive(Default)]
struct Draft {
    events: Vec<Event>,
    planned: PlannedTerms,
    /// What the case agrees.
    opening: Opening,
    until: Option<Date>,
    last_date: Option<Date>,
    expected: Expected,
    expectations: Vec<Span>,
    last: Span,
    /// Where what is stated at most once is stated.
    once: HashMap<&'static str, Span>,
    /// Where something is expected that is more than nothing.
    something: Option<Span>,
}

impl Draft {
    fn saw(&mut self, date: Date) {
        self.last_date = self.last_date.max(Some(date));
    }
}

impl Checker<'_> {
    fn scenario(
        &mut self,
        scenario: &ScenarioSection<'_>,
        known: &Known,
        names: &Names<'_>,
    ) -> Option<Scenario> {
        let before = self.errors;
        let section = &scenario.section;
        let name = section.name?;
        let mut draft = Draft { last: name.at.0, ..Draft::default() };
        for item in &section.items {
            draft.last = item.at.0;
            self.scenario_item(&mut draft, item, known, &name.text);
        }
        if known.sound {
            self.names_of_scenario(section, names, &known.schedule);
            self.labels_of_scenario(section, names);
        }
        let broken = !section.broken.is_empty() || self.is_misread(section);
        if draft.expected.is_missing() && draft.expectations.is_empty() && !broken {
            self.report(errors::no_expectation(self.lang, self.file_lang, name.at.0));
        }
        if let (Some(nothing), Some(something)) = (draft.once.get("nothing"), draft.something) {
            self.report(errors::expect_conflict(self.lang, *nothing, something));
        }
        let sound = known.sound && !broken && self.errors == before;
        let as_of = draft.until.or(draft.last_date).unwrap_or(Date::MIN);
        sound.then(|| Scenario {
            name: name.text.clone(),
            schedule: known.schedule.name.clone(),
            in_force_from: known.schedule.in_force_from(),
            events: draft.events,
            planned: draft.planned,
            opening: draft.opening,
            as_of,
            expected: draft.expected,
            span: name.at.0,
            expectations: draft.expectations,
            last: draft.last,
        })
    }

    /// Whether the case of a scenario falls into the version of the schedule that it stands under.
    fn stands_under(&mut self, scenario: &Scenario, under: &Known, versions: &[Known]) -> bool {
        let Some(first) = scenario.events.iter().map(|event| event.date).min() else {
            return true;
        };
        let of_name = versions.iter().filter(|version| version.name == under.name);
        let began = of_name.map(|version| version.schedule.in_force_from());
        let falls = began.filter(|from| from.is_none_or(|from| from <= first)).max();
        let stands = under.schedule.in_force_from();
        if falls == Some(stands) {
            return true;
        }
        self.report(errors::other_version(self.lang, scenario.span, first, stands, falls));
        false
    }

    fn scenario_item(&mut self, draft: &mut Draft, item: &ast::Item, known: &Known, case: &str) {
        let at = item.at.0;
        match &item.kind {
            ItemKind::Event { date, happening } => {
                let date = self.date(date);
                let kind = self.happening(happening);
                if let (Some(date), Some(kind)) = (date, kind) {
                    draft.saw(date);
                    draft.events.push(Event { case: case.to_owned(), date, id: None, kind });
                }
            }
            ItemKind::Planned(measure) => match self.planned(measure) {
                Some(Planned::Hours(hours)) => {
                    self.once(draft, "planned hours", at);
                    draft.planned.hours = Some(hours);
                }
                Some(Planned::Months(months)) => {
                    self.once(draft, "planned duration", at);
                    draft.planned.months = Some(months);
                }
                None => {}
            },
            ItemKind::Until(date) => {
                self.once(draft, "until", at);
                draft.until = self.date(date).or(draft.until);
            }
            ItemKind::Expect(expect) => {
                draft.expectations.push(at);
                self.expectation(draft, expect, at, known);
            }
            ItemKind::Agreed(term) => self.agreed(draft, term, known, at),
            ItemKind::Schedule { .. }
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::WholeAttendance
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_)
            | ItemKind::Scenario { .. }
            | ItemKind::FollowUp(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Broken(_) => {}
        }
    }

    /// A term that the case agrees.
    fn agreed(&mut self, draft: &mut Draft, term: &ast::CaseTerm, known: &Known, at: Span) {
        // Of a schedule with an error the currency may not be known.
        let currency = known.sound.then_some(known.schedule.currency);
        let Some((what, terms)) = self.term(term, currency) else { return };
        self.once(draft, what, at);
        draft.opening.terms = terms.or(draft.opening.terms);
        if let ast::CaseTerm::Share { payer, share } = term
            && let Some(share) = self.share(share, currency)
        {
            draft.opening.shares.push((payer.text.clone(), share));
        }
    }

    /// What a term is called, and the terms with it alone; a share is none of them.
    fn term(
        &mut self,
        term: &ast::CaseTerm,
        currency: Option<Currency>,
    ) -> Option<(&'static str, Terms)> {
        let none = Terms::default();
        Some(match term {
            ast::CaseTerm::Price(sum) => {
                ("price", Terms { price: Some(self.money(sum, currency)?), ..none })
            }
            ast::CaseTerm::Rate(sum) => {
                let rate = self.unit_rate(sum, currency, false)?;
                ("rate", Terms { rate: Some(rate), ..none })
            }
            ast::CaseTerm::PlannedStart(day) => {
                ("planned start", Terms { planned_start: Some(self.date(day)?), ..none })
            }
            ast::CaseTerm::PlannedEnd(day) => {
                ("planned end", Terms { planned_end: Some(self.date(day)?), ..none })
            }
            ast::CaseTerm::Planned(measure) => match self.planned(measure)? {
                Planned::Hours(hours) => ("planned hours", Terms { hours: Some(hours), ..none }),
                Planned::Months(months) => {
                    ("planned duration", Terms { months: Some(months), ..none })
                }
            },
            ast::CaseTerm::Share { .. } => ("", none),
        })
    }

    /// What an amendment states. A sum is read before its schedule's currency is known to fit it.
    fn amended(&mut self, term: &ast::CaseTerm) -> Option<Agreement> {
        let none = Agreement::default();
        Some(match term {
            ast::CaseTerm::Price(sum) => {
                let price = StatedSum(self.ten_thousandths(&sum.number)?);
                Agreement { price: Some(price), ..none }
            }
            ast::CaseTerm::Rate(sum) => Agreement {
                rate: Some(self.unit_rate(
                    &ast::Sum { currency: None, ..sum.clone() },
                    None,
                    false,
                )?),
                ..none
            },
            ast::CaseTerm::PlannedStart(day) => {
                Agreement { planned_start: Some(self.date(day)?), ..none }
            }
            ast::CaseTerm::PlannedEnd(day) => {
                Agreement { planned_end: Some(self.date(day)?), ..none }
            }
            ast::CaseTerm::Planned(measure) => match self.planned(measure)? {
                Planned::Hours(hours) => {
                    Agreement { planned: PlannedTerms { hours: Some(hours), months: None }, ..none }
                }
                Planned::Months(months) => Agreement {
                    planned: PlannedTerms { hours: None, months: Some(months) },
                    ..none
                },
            },
            // The grammar has none in an amendment.
            ast::CaseTerm::Share { .. } => return None,
        })
    }

    /// A number of at most four decimals, in ten-thousandths.
    fn ten_thousandths(&mut self, number: &ast::Number) -> Option<i64> {
        let finding = match read_digits(&number.digits, StatedSum::DECIMALS) {
            Ok(value) => return Some(value),
            Err(DigitsError::TooManyDecimals) => errors::hours_decimals(self.lang, number.at.0),
            Err(DigitsError::NotDigits | DigitsError::TooLarge) => {
                errors::too_large(self.lang, number.at.0)
            }
        };
        self.report(finding);
        None
    }

    fn quantity(&mut self, number: &ast::Number) -> Option<i64> {
        let quantity = self.ten_thousandths(number)?;
        if quantity > Beside::LARGEST_QUANTITY {
            self.report(errors::too_large(self.lang, number.at.0));
            return None;
        }
        Some(quantity)
    }

    fn share(&mut self, share: &ast::Share, currency: Option<Currency>) -> Option<Share> {
        Some(match share {
            ast::Share::Percent(percent) => Share::Percent(self.percent(percent, true)?),
            ast::Share::Sum(sum) => Share::Sum(self.money(sum, currency)?),
            ast::Share::Agreed => Share::Agreed,
            ast::Share::Remainder => Share::Remainder,
        })
    }

    /// Reports what is stated a second time.
    fn once(&mut self, draft: &mut Draft, what: &'static str, at: Span) {
        // Shares are of one payer each.
        if what.is_empty() {
            return;
        }
        match draft.once.get(what) {
            Some(first) => self.report(crate::syntax::stated_twice(self.lang, at, *first)),
            None => {
                draft.once.insert(what, at);
            }
        }
    }

    fn happening(&mut self, happening: &Happening) -> Option<EventKind> {
        Some(match happening {
            Happening::Milestone(milestone) => EventKind::Milestone(*milestone),
            Happening::Other(kind, name) => EventKind::of(Subject::new(*kind, &name.text)),
            Happening::Action { name, hours, quantity, amount } => {
                let name = name.text.clone();
                let hours = match hours {
                    Some(measure) => Some(self.hours(measure)?),
                    None => None,
                };
                let quantity = match quantity {
                    Some(number) => Some(self.quantity(number)?),
                    None => None,
                };
                let amount = match amount {
                    Some(sum) => Some(StatedSum(self.ten_thousandths(&sum.number)?)),
                    None => None,
                };
                let beside = Beside { quantity, amount };
                if beside.is_empty() {
                    EventKind::Action { name, hours }
                } else {
                    EventKind::More(Box::new(More::Action { name, hours, beside }))
                }
            }
            Happening::Amendment(term) => {
                EventKind::More(Box::new(More::Amendment(self.amended(term)?)))
            }
            Happening::Progress(number) => {
                let percent = self.percent(number, false)?;
                if percent > Percent::WHOLE {
                    let written = number.at.0.of(self.source);
                    let finding =
                        errors::share_out_of_range(self.lang, number.at.0, percent, written);
                    self.report(finding);
                    return None;
                }
                EventKind::More(Box::new(More::Progress(percent)))
            }
            // It stands in scenarios of follow-ups only: others are told where they are divided.
            Happening::Invoice(_) => return None,
            Happening::Suspension => EventKind::More(Box::new(More::Suspension)),
            Happening::Resumption => EventKind::More(Box::new(More::Resumption)),
        })
    }

    fn expectation(&mut self, draft: &mut Draft, expect: &Expect, at: Span, known: &Known) {
        match expect {
            // As above.
            Expect::Step { .. } => {}
            Expect::Nothing => {
                self.once(draft, "nothing", at);
                draft.expected.nothing = true;
            }
            Expect::Total(amount) => {
                self.once(draft, "total", at);
                let total = self.expected_amount(amount, known);
                if total.is_some_and(|total| total != Money::ZERO) {
                    draft.something.get_or_insert(at);
                }
                draft.expected.total = total.or(draft.expected.total);
            }
            Expect::Line { date, label, amount, payer } => {
                draft.something.get_or_insert(at);
                let date = self.date(date);
                let amount = self.expected_amount(amount, known);
                if let Some(date) = date {
                    draft.saw(date);
                }
                if let (Some(date), Some(amount)) = (date, amount) {
                    let label = label.text.clone();
                    let payer = payer.as_ref().map(|payer| payer.text.clone());
                    let line = ExpectedLine { date, label, amount, payer, span: at };
                    draft.expected.lines.push(line);
                }
            }
        }
    }

    fn expected_amount(&mut self, amount: &ast::Expected, known: &Known) -> Option<Money> {
        // Of a schedule with an error the currency may not be known.
        let currency = known.sound.then_some(known.schedule.currency);
        let money = self.any_money(&amount.sum, currency)?;
        Some(if amount.negative { Money(-money.0) } else { money })
    }
}
