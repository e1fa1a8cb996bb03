//! The word with which the text of a rule begins, where that is always the same: in, the grammar; out, Rust that tells it. Items are
//! left out, which their first word names before they are parsed, and what is only a hint to who reads an error.

use pest_meta::ast::Expr;
use pest_meta::parser::{Rule, consume_rules, parse};
use std::error::Error;
use std::fmt::Write;

/// The rule of all items.
const ITEMS: &str = "items";

/// The function that tells it.
pub fn teller(grammar: &str) -> Result<String, Box<dyn Error>> {
    let rules = consume_rules(parse(Rule::grammar_rules, grammar)?)
        .map_err(|errors| format!("grammar/jalon.pest: {errors:?}"))?;
    let items = rules.iter().find(|rule| rule.name == ITEMS);
    let items = items.ok_or("grammar/jalon.pest has no items")?.expr.iter_top_down();
    let items: Vec<Expr> = items.collect();
    let mut text = String::from(
        "/// The word with which the text of a rule begins, where that is always the same.\nfn first_word(rule: Rule) -> Option<&'static [Rule]> {\n    Some(match rule {\n",
    );
    for rule in &rules {
        let is_item = items.contains(&Expr::Ident(rule.name.clone()));
        let told = !is_item && !rule.name.ends_with("_hint");
        if let Some(word) = first(&rule.expr).filter(|word| told && word.starts_with("kw_")) {
            writeln!(text, "        Rule::{} => &[Rule::{word}],", rule.name)?;
        }
    }
    text.push_str("        _ => return None,\n    })\n}\n");
    Ok(text)
}

/// The rule that stands first in an expression, if it always does.
fn first(expr: &Expr) -> Option<&str> {
    if let Expr::Seq(one, _) = expr {
        first(one)
    } else if let Expr::Ident(name) = expr {
        Some(name)
    } else {
        None
    }
}
