//! The rules as a Rhai function, compiled once.

use crate::host::{Answer, Engine, Facts};
use crate::one_by_one::{self, Expressions};
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

/// The rules one by one.
pub struct RhaiRules {
    engine: rhai::Engine,
    scope: Scope<'static>,
    texts: Vec<[Dynamic; 2]>,
}

impl RhaiRules {
    pub fn new(which: usize) -> RhaiRules {
        let texts = one_by_one::texts(which).into_iter();
        let texts = texts.map(|(kind, name)| [Dynamic::from(kind), Dynamic::from(name)]).collect();
        let mut scope = Scope::new();
        for name in one_by_one::NAMES {
            scope.push_dynamic(name, Dynamic::UNIT);
        }
        RhaiRules { engine: rhai::Engine::new(), scope, texts }
    }
}

impl Expressions for RhaiRules {
    type Compiled = AST;

    fn compile(&mut self, text: &str) -> AST {
        self.engine.compile_expression(text).expect("a sound rule")
    }

    fn billed(rate: &str) -> String {
        format!("(hours * {rate} + 15000) / 30000")
    }

    fn words() -> [&'static str; 2] {
        ["&&", "||"]
    }

    fn know(&mut self, facts: &Facts) {
        let what = usize::try_from(facts.what).expect("a number of ours");
        let [kind, name] = self.texts[what].clone();
        let numbers = one_by_one::numbers(facts).map(Dynamic::from);
        let values = [kind, name].into_iter().chain(numbers);
        for (place, value) in one_by_one::NAMES.iter().zip(values) {
            self.scope.set_value(*place, value);
        }
    }

    fn holds(&mut self, condition: &AST) -> bool {
        self.engine.eval_ast_with_scope(&mut self.scope, condition).expect("an answer")
    }

    fn amount(&mut self, amount: &AST) -> i64 {
        self.engine.eval_ast_with_scope(&mut self.scope, amount).expect("an answer")
    }
}
