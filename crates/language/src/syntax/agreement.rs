//! The grammar held against those who read it: every rule has a spelling, a vocabulary, a beginning and an
//! arm. What is added to the grammar alone is named here before it can be forgotten anywhere.

use super::beginnings;
use super::grammar::Rule;
use super::words::{self, WORDS};
use pest_meta::ast::{Expr, RuleType};
use pest_meta::parser::{self, consume_rules};
use std::collections::{BTreeMap, BTreeSet};

/// The grammar as pest reads it, and those who read its pairs.
const GRAMMAR: &str = include_str!(concat!(env!("OUT_DIR"), "/grammar.pest"));
const READERS: &str = concat!(
    include_str!("build/mod.rs"),
    include_str!("build/conditions.rs"),
    include_str!("build/follow.rs"),
    include_str!("build/quantities.rs"),
    include_str!("build/scenarios.rs"),
    include_str!("build/terms.rs"),
    include_str!("kinds.rs"),
);

/// Rules that no pair is read of: looked ahead at, repeated, or named in messages only.
const WITHOUT_A_PAIR: &[&str] = &["begins_item", "items", "EOI"];
/// What a text is made of: their own beginnings.
const QUANTITIES: &[&str] =
    &["text", "number", "date", "currency", "clock", "comma", "colon", "minus", "comparator"];

/// What may be added to an amount or a line, and is never offered: the list would be too long to be heard.
const ADDED: &[&str] = &[
    "amount_option",
    "in_parts",
    "line_option",
    "part_option",
    // Offered in scenarios of follow-ups, all together.
    "invoice_event",
    "sent_event",
    "promised_event",
    "money_event",
];

/// What is read and never offered, and why.
const UNSAID: &[(&str, &str)] = &[
    // A comma may stand or not, and an amount needs no word before it.
    ("rate", "comma"),
    ("action_option", "comma"),
    ("hours_bound", "comma"),
    ("in_force_from", "comma"),
    ("payer_option", "comma"),
    ("step", "comma"),
    ("sum_bound", "comma"),
    ("amount", "kw_flat"),
    ("deposit_amount", "kw_flat"),
    ("discount_amount", "kw_flat"),
    // A list of all that can stand is too long to be heard: what few schedules use is left out.
    ("amount", "kw_the_price"),
    ("amount", "kw_progress"),
    ("deposit_amount", "kw_progress"),
    ("progress", "number"),
    ("rate", "kw_at_cost"),
    ("rate", "kw_per"),
    ("rate", "number"),
    ("first_trigger", "kw_on_day"),
    ("first_trigger", "kw_each"),
    ("trigger", "kw_on_day"),
    ("trigger", "kw_each"),
    ("moment", "kw_progress"),
    ("moment", "kw_quarter_end"),
    ("moment", "kw_year_end"),
    ("measured", "kw_notice"),
    ("measured", "kw_progress"),
    ("measured", "kw_since"),
    ("test", "kw_date"),
    ("happening", "kw_amendment"),
    ("happening", "kw_progress"),
    ("happening", "kw_suspension"),
    ("happening", "kw_resumption"),
    // Said in words of more than one, after `on`.
    ("step_turn", "kw_undelivered"),
    ("step_turn", "kw_rejection"),
    ("step_turn", "kw_dispute"),
    ("step_turn", "kw_resolved"),
    ("step_turn", "kw_part_payment"),
    ("step_turn", "kw_overpaid"),
    ("step_turn", "kw_settled"),
    ("invoice_due", "comma"),
    // Several lengths of text are named in one: when it is billed.
    ("first_trigger", "after_hint"),
    // After `or` the preposition may be left out: the moment is named.
    ("trigger", "trigger_hint"),
];

struct Grammar {
    rules: BTreeMap<String, (RuleType, Expr)>,
}

impl Grammar {
    fn read(text: &str) -> Grammar {
        let pairs = parser::parse(parser::Rule::grammar_rules, text).expect("the grammar parses");
        let rules = consume_rules(pairs).expect("the grammar is sound");
        let rules = rules.into_iter().map(|rule| (rule.name, (rule.ty, rule.expr))).collect();
        Grammar { rules }
    }

    fn is_silent(&self, name: &str) -> bool {
        self.rules.get(name).is_some_and(|(kind, _)| *kind == RuleType::Silent)
    }

    /// The rules with which an expression can begin, and whether it can be empty.
    fn first(&self, expr: &Expr) -> (BTreeSet<String>, bool) {
        match expr {
            Expr::Ident(name) if self.is_silent(name) => {
                self.rules.get(name).map_or_else(Default::default, |(_, expr)| self.first(expr))
            }
            Expr::Ident(name) => (BTreeSet::from([name.clone()]), false),
            Expr::Seq(head, tail) => {
                let (mut first, empty) = self.first(head);
                let (more, tail_empty) = self.first(tail);
                if empty {
                    first.extend(more);
                }
                (first, empty && tail_empty)
            }
            Expr::Choice(one, other) => {
                let (mut first, empty) = self.first(one);
                let (more, other_empty) = self.first(other);
                first.extend(more);
                (first, empty || other_empty)
            }
            Expr::Opt(inner) | Expr::Rep(inner) => (self.first(inner).0, true),
            Expr::RepOnce(inner) => self.first(inner),
            Expr::PosPred(_) | Expr::NegPred(_) => (BTreeSet::new(), true),
            // Signs and letters; what stands a number of times stands in quantities only.
            Expr::Str(_)
            | Expr::Insens(_)
            | Expr::Range(..)
            | Expr::PeekSlice(..)
            | Expr::RepExact(..)
            | Expr::RepMin(..)
            | Expr::RepMax(..)
            | Expr::RepMinMax(..)
            | Expr::Skip(_)
            | Expr::Push(_) => (BTreeSet::new(), false),
        }
    }
}

fn rule_named(name: &str) -> Option<Rule> {
    Rule::all_rules().iter().copied().find(|rule| format!("{rule:?}") == name)
}

/// What a message names for a rule, down to words and quantities.
fn offered(name: &str) -> BTreeSet<String> {
    match rule_named(name).and_then(beginnings::of) {
        None => BTreeSet::from([name.to_owned()]),
        Some(rules) => rules
            .iter()
            .map(|rule| format!("{rule:?}"))
            .flat_map(|rule| if rule == name { BTreeSet::from([rule]) } else { offered(&rule) })
            .collect(),
    }
}

/// What a rule of this grammar lacks, given the text of its readers.
fn faults(grammar: &str, readers: &str) -> Vec<String> {
    let grammar = Grammar::read(grammar);
    let words: BTreeSet<String> = WORDS.iter().map(|word| format!("{:?}", word.rule)).collect();
    let arms: BTreeSet<&str> = readers
        .split("Rule::")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .collect();
    // A name of a property is read as what it is called, whichever it is.
    let properties: BTreeSet<String> =
        words::PROPERTIES.iter().map(|rule| format!("{rule:?}")).collect();
    let mut faults = Vec::new();
    for (name, (kind, expr)) in &grammar.rules {
        let silent = *kind == RuleType::Silent;
        if silent || name.ends_with("_hint") || WITHOUT_A_PAIR.contains(&name.as_str()) {
            continue;
        }
        let word = words.contains(name);
        let atomic = *kind == RuleType::Atomic;
        if name.starts_with("kw_") && !word {
            faults.push(format!("{name} has no spelling"));
        }
        if !arms.contains(name.as_str()) && !properties.contains(name) {
            faults.push(format!("{name} has no arm"));
        }
        if word || atomic || QUANTITIES.contains(&name.as_str()) {
            continue;
        }
        let Some(rule) = rule_named(name) else {
            faults.push(format!("{name} has no beginning"));
            continue;
        };
        if beginnings::of(rule).is_none() && !is_item(name) {
            faults.push(format!("{name} has no beginning"));
            continue;
        }
        let known = offered(name);
        let hinted = known.iter().any(|rule| rule.ends_with("_hint"));
        for first in grammar.first(expr).0.iter().flat_map(|first| offered(first)) {
            let quantity = QUANTITIES.contains(&first.as_str()) && hinted;
            if name.starts_with("misplaced_")
                || ADDED.contains(&name.as_str())
                || UNSAID.contains(&(name, first.as_str()))
            {
                continue;
            }
            if !known.contains(&first) && !is_item(name) && !quantity {
                faults.push(format!("{name} does not say that it can begin with {first}"));
            }
        }
    }
    faults
}

/// Whether a rule is an item, which its first word names before it is parsed.
fn is_item(name: &str) -> bool {
    use super::ast::Shape;
    let shapes = WORDS.iter().filter_map(|word| word.begins).chain([Shape::Event]);
    shapes.filter_map(Shape::rule).any(|rule| format!("{rule:?}") == name)
}

#[test]
fn every_rule_has_a_spelling_a_beginning_and_an_arm() {
    assert_eq!(faults(GRAMMAR, READERS), Vec::<String>::new());
}

#[test]
fn every_word_has_a_vocabulary() {
    for word in WORDS {
        let parts = word.spelled.iter().flat_map(|spelling| words::tokens(spelling));
        for part in parts.filter(|_| word.tells) {
            let known = super::vocabulary::of(part).is_some()
                || super::vocabulary::is_shared(part)
                || words::item_shape(part).is_some();
            assert!(known, "{:?}: {part}", word.rule);
        }
    }
}

#[test]
fn every_item_word_begins_the_item_that_the_grammar_reads() {
    let grammar = Grammar::read(GRAMMAR);
    for word in WORDS {
        let Some(rule) = word.begins.and_then(super::ast::Shape::rule) else { continue };
        let (_, expr) = grammar.rules.get(&format!("{rule:?}")).expect("an item is a rule");
        let begins = grammar.first(expr).0;
        assert!(begins.contains(&format!("{:?}", word.rule)), "{:?}: {begins:?}", word.rule);
    }
}

#[test]
fn everything_that_is_offered_has_a_name() {
    use crate::lang::Lang;
    for rule in Rule::all_rules() {
        for name in offered(&format!("{rule:?}")) {
            let named = rule_named(&name).expect("what is offered is a rule");
            let word = words::spelling(named).is_some() || name.ends_with("_hint");
            let quantity = QUANTITIES.contains(&name.as_str()) && beginnings::of(named).is_none();
            for lang in [Lang::En, Lang::Fr] {
                let shown = beginnings::shown(named, lang);
                let unnamed = shown == lang.pick("something else", "autre chose");
                assert!(!unnamed || !(word || quantity), "{rule:?}: {name}");
            }
        }
    }
}

/// A trigger, a line kind, a unit, a condition, a price that only the grammar knows are all named.
#[test]
fn what_is_added_to_the_grammar_alone_is_named() {
    let added = [
        ("named_event | named_deliverable | dates", "kw_new"),
        ("kw_balance ~ text ~ colon ~ amount", "kw_new"),
        ("unit_month | unit_day", "unit_new"),
        ("measured | day_test", "kw_new"),
        ("fixed_price | hourly_price", "new_price"),
        ("sum | work | kw_remainder", "new_amount"),
        ("named_deliverable | named_event", "kw_new"),
        ("kw_hourly ~ (tiers", "kw_new"),
        ("sum_test | sent_by | step_done", "kw_new"),
        ("step_each | step_after", "kw_new"),
        ("kw_issue | kw_sending", "kw_new"),
    ];
    for (place, name) in added {
        assert!(GRAMMAR.contains(place), "{place}");
        let alone = GRAMMAR.replacen(place, &format!("{name} | {place}"), 1);
        let alone = format!("{alone}\n{name} = {{ \"new\" }}\n");
        let found = faults(&alone, READERS);
        let said = |what: &str| found.iter().any(|fault| *fault == format!("{name} has no {what}"));
        assert!(said("arm"), "{place}: {found:?}");
        assert!(said("spelling") || said("beginning"), "{place}: {found:?}");
    }
}
