//! Prints a schedule as source text (§1, §2), in either vocabulary: plainly, or in one of the many
//! surface forms that mean the same.

use super::exact::{Exact, fits};
use super::pen::Pen;
use super::rng::Rng;
use super::rules::{
    Action, Amount, Anchor, Compare, Condition, Currency, Line, LineKind, Price, Rate, Schedule,
    Span, Test, Trigger, Unit,
};

pub use super::pen::Language;

/// Prints schedules; without a random generator, in the one plain form.
#[must_use]
pub fn source(schedules: &[Schedule], language: Language, rng: Option<Rng>) -> String {
    let windows = rng.clone().is_some_and(|mut rng| rng.chance(15));
    let mut pen = Pen { out: String::new(), language, rng, glued: true };
    for schedule in schedules {
        pen.schedule(schedule);
        pen.out.push_str("\n\n");
    }
    if pen.maybe(5) {
        pen.out.insert(0, '\u{feff}');
    }
    if windows { pen.out.replace('\n', "\r\n") } else { pen.out }
}

impl Pen {
    fn schedule(&mut self, schedule: &Schedule) {
        self.glued = true;
        self.say("schedule", "échéancier");
        self.string(&schedule.name);
        if schedule.unit == Unit::Group {
            self.item(1);
            self.say("billed per group", "facturé au groupe");
        } else if self.maybe(20) {
            self.item(1);
            self.say("billed per case", "facturé au dossier");
        }
        self.item(1);
        self.price(&schedule.price, schedule.currency);
        for action in &schedule.actions {
            self.item(2);
            self.action(action, schedule.currency);
        }
        if let Some(hours) = &schedule.planned_hours {
            self.item(1);
            self.say("planned", "prévu");
            self.hours(hours, true);
        }
        if let Some(months) = schedule.planned_months {
            self.item(1);
            self.say("planned", "prévu");
            self.span(Span::months(months));
        }
        if schedule.whole_percent {
            self.item(1);
            self.say("attendance in whole", "assiduité en");
            self.put("%");
            self.say("", "entiers");
        }
        for line in &schedule.lines {
            self.item(1);
            self.line(line, schedule.currency);
        }
    }

    fn price(&mut self, price: &Price, currency: Currency) {
        match price {
            Price::Fixed(total) => {
                self.say("price fixed", "tarif forfait");
                self.amount_and_code(total, currency);
            }
            Price::Hourly { rate, at_least, at_most } => {
                self.say("price hourly", "tarif horaire");
                self.amount_and_code(rate, currency);
                if let Some(least) = at_least {
                    self.sign(",");
                    self.say("at least", "au moins");
                    self.hours(least, false);
                }
                if let Some(most) = at_most {
                    self.sign(",");
                    self.say("at most", "au plus");
                    self.hours(most, false);
                }
            }
            Price::PerAction => {
                self.say("price per action", "tarif par action");
                self.sign(",");
                self.say("in", "en");
                self.put(currency.code);
            }
        }
    }

    fn action(&mut self, action: &Action, currency: Currency) {
        self.say("action", "action");
        self.string(&action.name);
        match &action.rate {
            Rate::Declared => {}
            Rate::Hourly(rate) => {
                self.say("hourly", "horaire");
                self.money(rate, currency);
            }
            Rate::Flat(amount) => {
                self.say("flat", "forfait");
                self.money(amount, currency);
            }
            Rate::NotBilled => self.say("not billed", "non facturée"),
        }
        if action.ends_case {
            self.sign(",");
            self.say("ends case", "termine le dossier");
        }
    }

    fn line(&mut self, line: &Line, currency: Currency) {
        match line.kind {
            LineKind::Deposit => self.say("deposit", "acompte"),
            LineKind::Installment => self.say("installment", "échéance"),
            LineKind::Balance => self.say("balance", "solde"),
        }
        self.string(&line.label);
        self.sign(":");
        self.amount(&line.amount, currency);
        for (index, trigger) in line.triggers.iter().enumerate() {
            if index > 0 {
                self.say("or", "ou");
            }
            self.trigger(trigger, index == 0);
        }
        if let Some(condition) = &line.condition {
            self.say("if", "si");
            self.condition(condition, false);
        }
        if line.stays_open {
            self.sign(",");
            self.say("stays open", "reste ouvert");
        }
    }

    fn amount(&mut self, amount: &Amount, currency: Currency) {
        match amount {
            Amount::Percent(p) => self.percent(p),
            Amount::Money(money) => {
                if self.maybe(15) {
                    self.say("flat", "forfait");
                }
                if self.maybe(30) {
                    self.number(money, currency.decimals);
                } else {
                    self.amount_and_code(money, currency);
                }
            }
            Amount::Work => self.say("work", "réalisé"),
            Amount::WorkItemised => self.say("work itemised", "réalisé détaillé"),
            Amount::UpTo(p) => {
                self.say("up to", "jusqu'à");
                self.percent(p);
            }
            Amount::Remainder => self.say("remainder", "reste"),
            Amount::Nothing => self.say("nothing", "rien"),
            Amount::ProRataAttendance => self.say("pro rata attendance", "prorata assiduité"),
            Amount::ProRataDuration => self.say("pro rata duration", "prorata durée"),
        }
    }

    fn trigger(&mut self, trigger: &Trigger, first: bool) {
        // In English the preposition stands once or is repeated; in French each has its own.
        let on = match trigger {
            Trigger::After(..) => self.maybe(40),
            _ => first || self.maybe(40),
        };
        if on {
            self.say("on", "");
        }
        match trigger {
            Trigger::Signature => self.say("signature", "à la signature"),
            Trigger::Start => self.say("start", "au démarrage"),
            Trigger::End => self.say("end", "à la fin"),
            Trigger::Abandonment => self.say("abandonment", "à l'abandon"),
            Trigger::Action(name) => {
                self.say("action", "à l'action");
                self.name(name);
            }
            Trigger::Deliverable(name) => {
                self.say("deliverable", "au livrable");
                self.name(name);
            }
            Trigger::Event(name) => {
                self.say("event", "à l'événement");
                self.name(name);
            }
            Trigger::MonthEnd => self.say("month end", "en fin de mois"),
            Trigger::After(span, anchor) => {
                self.span(*span);
                match anchor {
                    Anchor::Start => self.say("after start", "après le démarrage"),
                    Anchor::Signature => self.say("after signature", "après la signature"),
                }
            }
            Trigger::On(date) => {
                self.say("", "le");
                self.date(*date);
            }
        }
    }

    /// `tight` where only a condition without `and` and `or` may stand bare.
    fn condition(&mut self, condition: &Condition, tight: bool) {
        let joined = matches!(condition, Condition::And(_) | Condition::Or(_));
        let inside_not = tight && matches!(condition, Condition::Not(_));
        if (tight && joined) || inside_not || self.maybe(8) {
            self.put("(");
            self.glued = !self.maybe(15);
            self.bare_condition(condition);
            self.sign(")");
        } else {
            self.bare_condition(condition);
        }
    }

    fn bare_condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Not(inner) => {
                self.say("not", "non");
                self.condition(inner, true);
            }
            Condition::And(all) => self.joined(all, "and", "et", |one| {
                matches!(one, Condition::And(_) | Condition::Or(_))
            }),
            Condition::Or(any) => {
                self.joined(any, "or", "ou", |one| matches!(one, Condition::Or(_)));
            }
            Condition::Duration(test) => {
                self.say("duration", "durée");
                self.duration_test(test);
            }
            Condition::Hours(test) => {
                self.say("hours", "heures");
                self.hours_test(test);
            }
            Condition::Attendance(test) => {
                self.say("attendance", "assiduité");
                let bare = matches!(test, Test::From(..)) && self.maybe(30);
                self.test(test, |pen, p, low| {
                    if low && bare {
                        pen.number(p, 4);
                    } else {
                        pen.percent(p);
                    }
                });
            }
            Condition::Started => self.say("started", "démarré"),
            Condition::Signed => self.say("signed", "signé"),
            Condition::Ended => self.say("ended", "terminé"),
            Condition::Abandoned => self.say("abandoned", "abandonné"),
            Condition::ActionDone(name) => self.named("action", "action", name, "done", "faite"),
            Condition::DeliverableReceived(name) => {
                self.named("deliverable", "livrable", name, "received", "remis");
            }
            Condition::EventHappened(name) => {
                self.named("event", "événement", name, "happened", "survenu");
            }
        }
    }

    fn named(&mut self, english: &str, french: &str, name: &str, done: &str, faite: &str) {
        self.say(english, french);
        self.name(name);
        self.say(done, faite);
    }

    fn joined(
        &mut self,
        conditions: &[Condition],
        english: &str,
        french: &str,
        brackets: fn(&Condition) -> bool,
    ) {
        for (index, condition) in conditions.iter().enumerate() {
            if index > 0 {
                self.say(english, french);
            }
            self.condition(condition, brackets(condition));
        }
    }

    /// In a window both bounds name a unit, or neither does, or the second one names it for both.
    fn hours_test(&mut self, test: &Test<Exact>) {
        match test {
            Test::Is(..) => self.test(test, |pen, hours, _| pen.hours(hours, false)),
            Test::From(low, high) if fits(low, 4) && fits(high, 4) && self.maybe(40) => {
                self.test(test, |pen, hours, _| pen.number(hours, 4));
                if !self.maybe(40) {
                    self.say("hours", "heures");
                }
            }
            Test::From(..) => self.test(test, |pen, hours, _| pen.hours(hours, true)),
        }
    }

    fn duration_test(&mut self, test: &Test<Span>) {
        let bare = matches!(test, Test::From(low, high) if low.unit == high.unit) && self.maybe(60);
        self.test(test, |pen, span, low| {
            if low && bare {
                pen.put(&span.count.to_string());
            } else {
                pen.span(*span);
            }
        });
    }

    /// A comparison or a window; `bound` is told whether it writes a window's lower bound.
    fn test<T>(&mut self, test: &Test<T>, bound: impl Fn(&mut Self, &T, bool)) {
        match test {
            Test::Is(compare, value) => {
                let sign = match compare {
                    Compare::Less => "<",
                    Compare::AtMost => self.one_of("<=", &["≤"], 40),
                    Compare::AtLeast => self.one_of(">=", &["≥"], 40),
                    Compare::More => ">",
                };
                self.put(sign);
                bound(self, value, false);
            }
            Test::From(low, high) => {
                self.say("from", "de");
                bound(self, low, true);
                if self.maybe(50) {
                    self.say("to", "à");
                } else {
                    self.say("to under", "à moins de");
                }
                bound(self, high, false);
            }
        }
    }
}
