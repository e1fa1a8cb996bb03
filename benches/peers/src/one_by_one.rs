//! The rules as the schedule states them, one for each line and each rate, with names as they are
//! written; an engine of expressions is asked one after another until one holds. This is what rules
//! look like that are kept as data; one formula for a whole schedule is the other way.

use crate::host::{Answer, Engine, FIRST_ACTION, Facts};
use crate::workload::ACTIONS;

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.rules"),
    include_str!("../rules/vae.rules"),
    include_str!("../rules/amorce.rules"),
    include_str!("../rules/cpf.rules"),
];

/// The facts, by their names; kind and name are texts.
pub const NAMES: [&str; 6] = ["kind", "name", "hours", "months", "total", "unbilled"];

/// The numbers among the facts, in the order of `NAMES`.
pub fn numbers(facts: &Facts) -> [i64; 4] {
    [facts.hours, facts.months, facts.total, facts.unbilled]
}

/// Kind and name of what happens, for each number that it may have.
pub fn texts(which: usize) -> Vec<(&'static str, &'static str)> {
    let unnamed = ["signature", "end", "abandonment", "month end"];
    let mut texts: Vec<_> = unnamed.iter().map(|kind| (*kind, "")).collect();
    texts.resize(usize::from(FIRST_ACTION), ("", ""));
    texts.extend(ACTIONS[which].iter().map(|name| ("action", *name)));
    texts
}

/// An engine of expressions.
pub trait Expressions {
    type Compiled;
    fn compile(&mut self, text: &str) -> Self::Compiled;
    /// Hours at a rate, in cents, rounded half up, in the engine's own words.
    fn billed(rate: &str) -> String;
    /// What `and` is, and what `or` is.
    fn words() -> [&'static str; 2];
    /// Tells it the facts, before it is asked.
    fn know(&mut self, facts: &Facts);
    fn holds(&mut self, condition: &Self::Compiled) -> bool;
    fn amount(&mut self, amount: &Self::Compiled) -> i64;
}

struct Rule<C> {
    condition: C,
    amount: C,
}

pub struct OneByOne<E: Expressions> {
    expressions: E,
    worth: Vec<Rule<E::Compiled>>,
    lines: Vec<(u8, Rule<E::Compiled>)>,
}

impl<E: Expressions> OneByOne<E> {
    pub fn new(which: usize, mut expressions: E) -> OneByOne<E> {
        let (mut worth, mut lines) = (Vec::new(), Vec::new());
        for rule in RULES[which].lines().filter(|line| !line.starts_with('#')) {
            // Each engine spells them in its own way.
            let [and, or] = E::words();
            let rule = rule.replace("&&", and).replace("||", or);
            let parts: Vec<&str> = rule.split(" | ").collect();
            let [purpose, condition, amount] = parts[..] else { panic!("not a rule: {rule}") };
            let rate = amount.strip_prefix("billed(").and_then(|rest| rest.strip_suffix(')'));
            let amount = rate.map_or_else(|| amount.to_owned(), E::billed);
            let condition = expressions.compile(condition);
            let rule = Rule { condition, amount: expressions.compile(&amount) };
            match purpose {
                "worth" => worth.push(rule),
                line => lines.push((line.parse().expect("a line"), rule)),
            }
        }
        OneByOne { expressions, worth, lines }
    }
}

impl<E: Expressions> Engine for OneByOne<E> {
    fn decide(&mut self, facts: &Facts) -> Answer {
        let mut facts = *facts;
        let mut worth = 0;
        self.expressions.know(&facts);
        if facts.what >= i64::from(FIRST_ACTION) {
            for rule in &self.worth {
                if self.expressions.holds(&rule.condition) {
                    worth = self.expressions.amount(&rule.amount);
                    facts.unbilled += worth;
                    self.expressions.know(&facts);
                    break;
                }
            }
        }
        for (line, rule) in &self.lines {
            if self.expressions.holds(&rule.condition) {
                let amount = self.expressions.amount(&rule.amount);
                return Answer::Line { worth, line: *line, amount };
            }
        }
        Answer::Worth(worth)
    }
}
