//! The rules as a Rhai function, compiled once.

use crate::host::{Answer, Engine, Facts};
use rhai::{AST, CallFnOptions, Dynamic, Scope};

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.rhai"),
    include_str!("../rules/vae.rhai"),
    include_str!("../rules/amorce.rhai"),
    include_str!("../rules/cpf.rhai"),
];

pub struct Rhai {
    engine: rhai::Engine,
    rules: AST,
    scope: Scope<'static>,
}

impl Rhai {
    pub fn new(which: usize) -> Rhai {
        let engine = rhai::Engine::new();
        let rules = engine.compile(RULES[which]).expect("sound rules");
        Rhai { engine, rules, scope: Scope::new() }
    }
}

impl Engine for Rhai {
    fn decide(&mut self, facts: &Facts) -> Answer {
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(false);
        let arguments = (facts.what, facts.hours, facts.months, facts.total, facts.unbilled);
        let said: Dynamic = self
            .engine
            .call_fn_with_options(options, &mut self.scope, &self.rules, "decide", arguments)
            .expect("an answer");
        if let Ok(worth) = said.as_int() {
            return Answer::Worth(worth);
        }
        let said = said.into_array().expect("a line");
        let number = |place: usize| said[place].as_int().expect("a whole number");
        Answer::line(number(0), number(1), number(2))
    }
}
