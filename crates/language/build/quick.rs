//! A second reader of the grammar, for items that are sound: it comes to the pairs to which pest's own comes, and
//! tells nothing of what it cannot read.
//!
//! In: the grammar. Out: Rust, one function a rule, which drives pest's state as what pest derives does, and looks at
//! the next byte first: an alternative that cannot begin with it is not tried. A set of first bytes may hold too many,
//! never too few. What is atomic is one pair, or none: where it ends is found without pest's state.
//! It must never be asked why it failed: what it did not try is not among the attempts of the error.

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};
use pest_meta::parser::{Rule, consume_rules, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;

/// The rule from which all are read.
const ROOT: &str = "items";
/// What the grammar calls a blank; what is written here skips the same (`crates/language/src/syntax/quick.rs`).
const BLANKS: (&str, &str) = ("\n", " ");

/// With what bytes an expression can begin, a bit each; those that are not ASCII share the last bit.
#[derive(Clone, Copy)]
struct First {
    bytes: u128,
    /// Whether it can succeed without one of them.
    open: bool,
}

const ANYTHING: First = First { bytes: u128::MAX, open: true };
const NOTHING: First = First { bytes: 0, open: true };

/// The bit of a byte.
fn bit(byte: u8) -> u128 {
    1 << byte.min(127)
}

/// The bits of the characters from the one to the other.
fn bits(from: &str, to: &str) -> u128 {
    let byte = |text: &str| text.bytes().next().unwrap_or_default();
    (byte(from)..=byte(to)).fold(0, |all, one| all | bit(one))
}

/// The reader.
pub fn reader(grammar: &str) -> Result<String, Box<dyn Error>> {
    let rules = consume_rules(parse(Rule::grammar_rules, grammar)?)
        .map_err(|errors| format!("grammar/jalon.pest: {errors:?}"))?;
    let rules: BTreeMap<String, OptimizedRule> = pest_meta::optimizer::optimize(rules)
        .into_iter()
        .map(|rule| (rule.name.clone(), rule))
        .collect();
    let (from, to) = BLANKS;
    let blank = Expr::Range(from.to_owned(), to.to_owned());
    if rules.get("WHITESPACE").is_none_or(|rule| rule.expr != blank) {
        return Err(
            "the blanks of grammar/jalon.pest are not those of crates/language/src/syntax/quick.rs"
                .into(),
        );
    }
    if rules.contains_key("COMMENT") {
        return Err(
            "crates/language/src/syntax/quick.rs passes over blanks, and not over a rule COMMENT"
                .into(),
        );
    }
    let is_atomic = |rule: &OptimizedRule| rule.ty == RuleType::Atomic;
    let read = below(&rules, vec![ROOT.to_owned()], &|rule| !is_atomic(rule));
    let atomic = rules.values().filter(|rule| is_atomic(rule) && read.contains(&rule.name));
    let close = below(&rules, atomic.map(|rule| rule.name.clone()).collect(), &|_| true);
    let writer = Writer { rules };
    let mut text = String::new();
    for rule in writer.rules.values() {
        if read.contains(&rule.name) {
            text.push_str(&writer.function(rule)?);
        }
        if close.contains(&rule.name) {
            text.push_str(&writer.function_of_the_end(rule)?);
        }
    }
    Ok(text)
}

/// These rules and all that they name, but for what those name that are not looked into.
fn below(
    rules: &BTreeMap<String, OptimizedRule>,
    mut next: Vec<String>,
    into: &dyn Fn(&OptimizedRule) -> bool,
) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    while let Some(name) = next.pop() {
        if let Some(rule) = rules.get(&name)
            && known.insert(name)
            && into(rule)
        {
            next.extend(named(&rule.expr));
        }
    }
    known
}

/// The rules that an expression names.
fn named(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::Ident(name) => vec![name.clone()],
        Expr::Seq(one, other) | Expr::Choice(one, other) => [named(one), named(other)].concat(),
        Expr::PosPred(inner)
        | Expr::NegPred(inner)
        | Expr::Opt(inner)
        | Expr::Rep(inner)
        | Expr::Push(inner)
        | Expr::RestoreOnErr(inner) => named(inner),
        Expr::Str(_) | Expr::Insens(_) | Expr::Range(..) | Expr::PeekSlice(..) | Expr::Skip(_) => {
            Vec::new()
        }
    }
}

/// The parts of a sequence, or the alternatives of a choice.
fn parts(expr: &Expr, is_choice: bool) -> Vec<&Expr> {
    match (expr, is_choice) {
        (Expr::Seq(one, rest), false) | (Expr::Choice(one, rest), true) => {
            [vec![&**one], parts(rest, is_choice)].concat()
        }
        (_, true | false) => vec![expr],
    }
}

struct Writer {
    rules: BTreeMap<String, OptimizedRule>,
}

impl Writer {
    fn first(&self, expr: &Expr) -> First {
        match expr {
            Expr::Str(text) => match text.bytes().next() {
                Some(byte) => First { bytes: bit(byte), open: false },
                None => NOTHING,
            },
            Expr::Range(from, to) => First { bytes: bits(from, to), open: false },
            Expr::Ident(name) => {
                self.rules.get(name).map_or(ANYTHING, |rule| self.first(&rule.expr))
            }
            Expr::Seq(one, rest) => {
                let one = self.first(one);
                if !one.open {
                    return one;
                }
                let rest = self.first(rest);
                // Blanks may stand between what is empty and what follows.
                let blanks = bits(BLANKS.0, BLANKS.1);
                First { bytes: one.bytes | rest.bytes | blanks, open: rest.open }
            }
            Expr::Choice(one, other) => {
                let (one, other) = (self.first(one), self.first(other));
                First { bytes: one.bytes | other.bytes, open: one.open || other.open }
            }
            Expr::Opt(inner) | Expr::Rep(inner) => First { open: true, ..self.first(inner) },
            Expr::PosPred(inner) => self.first(inner),
            Expr::NegPred(_) => NOTHING,
            Expr::RestoreOnErr(inner) => self.first(inner),
            Expr::Insens(_) | Expr::PeekSlice(..) | Expr::Skip(_) | Expr::Push(_) => ANYTHING,
        }
    }

    /// The function of a rule.
    fn function(&self, rule: &OptimizedRule) -> Result<String, Box<dyn Error>> {
        let OptimizedRule { name, ty, expr } = rule;
        let body = match ty {
            RuleType::Atomic => format!(
                "match end_of_{name}(text.as_bytes(), state.position().pos()) {{
                    Some(end) => state.rule(Rule::{name}, |state| to(text, state, end)),
                    None => Err(state),
                }}"
            ),
            RuleType::Silent => self.code(expr, false)?,
            RuleType::Normal => {
                format!("state.rule(Rule::{name}, |state| {})", self.code(expr, false)?)
            }
            RuleType::CompoundAtomic => format!(
                "state.atomic(Atomicity::CompoundAtomic, |state| state.rule(Rule::{name}, |state| {}))",
                self.code(expr, true)?
            ),
            RuleType::NonAtomic => format!(
                "state.atomic(Atomicity::NonAtomic, |state| state.rule(Rule::{name}, |state| {}))",
                self.code(expr, false)?
            ),
        };
        Ok(format!(
            "pub fn read_{name}<'t>(text: &'t str, state: State<'t>) -> Outcome<'t> {{\n{body}\n}}\n"
        ))
    }

    /// The function that tells where a rule ends that is atomic, or that an atomic one names.
    fn function_of_the_end(&self, rule: &OptimizedRule) -> Result<String, Box<dyn Error>> {
        if matches!(rule.ty, RuleType::CompoundAtomic | RuleType::NonAtomic) {
            let name = &rule.name;
            return Err(format!("{name} has pairs of its own below an atomic rule").into());
        }
        let (name, end) = (&rule.name, self.end(&rule.expr)?);
        Ok(format!("pub fn end_of_{name}(text: &[u8], at: usize) -> Option<usize> {{ {end} }}\n"))
    }

    /// Where an expression ends that begins at `at`, no blanks between its parts.
    fn end(&self, expr: &Expr) -> Result<String, Box<dyn Error>> {
        Ok(match expr {
            Expr::Str(string) => format!("behind(text, at, {string:?})"),
            Expr::Range(from, to) if from.is_ascii() && to.is_ascii() => {
                let byte = |text: &str| text.bytes().next().unwrap_or_default();
                format!("within(text, at, {}..={})", byte(from), byte(to))
            }
            Expr::Ident(name) if self.rules.contains_key(name) => {
                format!("end_of_{name}(text, at)")
            }
            Expr::Seq(one, rest) => {
                format!("({}).and_then(|at| {})", self.end(one)?, self.end(rest)?)
            }
            Expr::Choice(one, rest) => {
                format!("({}).or_else(|| {})", self.end(one)?, self.end(rest)?)
            }
            Expr::Opt(inner) => format!("({}).or(Some(at))", self.end(inner)?),
            Expr::Rep(inner) if !self.first(inner).open => {
                format!(
                    "{{ let mut at = at; while let Some(end) = {} {{ at = end; }} Some(at) }}",
                    self.end(inner)?
                )
            }
            Expr::PosPred(inner) => format!("({}).map(|_| at)", self.end(inner)?),
            Expr::NegPred(inner) => {
                format!("if ({}).is_some() {{ None }} else {{ Some(at) }}", self.end(inner)?)
            }
            Expr::Range(..)
            | Expr::Ident(_)
            | Expr::Rep(_)
            | Expr::Insens(_)
            | Expr::PeekSlice(..)
            | Expr::Skip(_)
            | Expr::Push(_)
            | Expr::RestoreOnErr(_) => {
                return Err(format!("no end of {expr:?} is looked for").into());
            }
        })
    }

    /// What is to hold of the next byte, or nothing.
    fn guard(&self, expr: &Expr) -> Option<String> {
        let first = self.first(expr);
        (!first.open).then(|| format!("begins(text, &state, {:#x})", first.bytes))
    }

    /// The expression, tried only where it can begin.
    fn guarded(&self, expr: &Expr, atomic: bool) -> Result<String, Box<dyn Error>> {
        let code = self.code(expr, atomic)?;
        Ok(match self.guard(expr) {
            // A sign is looked at as soon as it is tried.
            Some(guard) if !matches!(expr, Expr::Str(_) | Expr::Range(..)) => {
                format!("if {guard} {{ {code} }} else {{ Err(state) }}")
            }
            Some(_) | None => code,
        })
    }

    fn code(&self, expr: &Expr, atomic: bool) -> Result<String, Box<dyn Error>> {
        Ok(match expr {
            Expr::Str(text) => format!("state.match_string({text:?})"),
            Expr::Range(from, to) => {
                let char = |text: &str| text.chars().next().unwrap_or_default();
                format!("state.match_range({:?}..{:?})", char(from), char(to))
            }
            Expr::Ident(name) if name == "EOI" => {
                "state.rule(Rule::EOI, |state| state.end_of_input())".to_owned()
            }
            Expr::Ident(name) => format!("read_{name}(text, state)"),
            Expr::Seq(..) => self.sequence(&parts(expr, false), atomic)?,
            Expr::Choice(..) => {
                let mut code = String::new();
                for one in parts(expr, true) {
                    let one = self.guarded(one, atomic)?;
                    if code.is_empty() {
                        write!(code, "({{ {one} }})")?;
                    } else {
                        write!(code, ".or_else(|state| {{ {one} }})")?;
                    }
                }
                code
            }
            Expr::Opt(inner) => format!("whichever({{ {} }})", self.guarded(inner, atomic)?),
            Expr::Rep(inner) => {
                let many = self.many(inner)?;
                format!("{many}, |state| {{ {} }})", self.guarded(inner, atomic)?)
            }
            Expr::PosPred(inner) => {
                format!("state.lookahead(true, |state| {{ {} }})", self.guarded(inner, atomic)?)
            }
            Expr::NegPred(inner) => {
                format!("state.lookahead(false, |state| {{ {} }})", self.guarded(inner, atomic)?)
            }
            Expr::Insens(_)
            | Expr::PeekSlice(..)
            | Expr::Skip(_)
            | Expr::Push(_)
            | Expr::RestoreOnErr(_) => {
                return Err(format!("no reader of {expr:?} is written").into());
            }
        })
    }

    fn sequence(&self, parts: &[&Expr], atomic: bool) -> Result<String, Box<dyn Error>> {
        let blanks = if atomic { "" } else { ".and_then(blanks(text))" };
        let mut code = String::from("state.sequence(|state| ");
        let mut rest = parts;
        while let [part, after @ ..] = rest {
            let one = self.guarded(part, atomic)?;
            let one = match after {
                // What stands once and then as often as it comes is written once.
                [Expr::Rep(again), after @ ..] if **again == **part => {
                    rest = after;
                    let many = self.many(part)?;
                    format!(
                        "let one = |state: State<'t>| -> Outcome<'t> {{ {one} }}; one(state){blanks}.and_then(|state| {many}, one))"
                    )
                }
                after => {
                    rest = after;
                    one
                }
            };
            if code.ends_with("|state| ") {
                write!(code, "({{ {one} }})")?;
            } else {
                write!(code, "{blanks}.and_then(|state| {{ {one} }})")?;
            }
        }
        code.push(')');
        Ok(code)
    }

    /// The beginning of a call that reads an expression as often as it comes.
    fn many(&self, one: &Expr) -> Result<String, Box<dyn Error>> {
        let First { bytes, open } = self.first(one);
        if open {
            return Err(format!("{one:?} may be empty, and stand any number of times").into());
        }
        Ok(format!("many(text, state, {bytes:#x}"))
    }
}
