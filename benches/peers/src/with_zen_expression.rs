//! The rules as one expression of GoRules Zen, compiled once and run by its virtual machine alone,
//! without a decision graph around it. The values of one object are changed in place.

use crate::host::{Answer, Engine, Facts, SPOKEN_OF};
use crate::one_by_one::{self, Expressions};
use zen_expression::expression::Standard;
use zen_expression::variable::Symbol;
use zen_expression::vm::VM;
use zen_expression::{Expression, Isolate, Scope, Variable};

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.zen"),
    include_str!("../rules/vae.zen"),
    include_str!("../rules/amorce.zen"),
    include_str!("../rules/cpf.zen"),
];

/// The facts of which the rules of a schedule speak.
pub fn names(which: usize) -> Vec<(usize, Symbol)> {
    SPOKEN_OF[which].iter().map(|name| (*name, Variable::key(Facts::NAMES[*name]))).collect()
}

pub fn whole(value: &Variable) -> i64 {
    let number = value.as_number().expect("a number");
    number.try_into().expect("a whole number")
}

pub struct Formula {
    expression: Expression<Standard>,
    machine: VM,
    scope: Scope,
    names: Vec<(usize, Symbol)>,
}

impl Formula {
    pub fn new(which: usize) -> Formula {
        let expression = Isolate::new().compile_standard(RULES[which]).expect("sound rules");
        let scope = Scope::new(Variable::empty_object());
        Formula { expression, machine: VM::new(), scope, names: names(which) }
    }
}

impl Engine for Formula {
    fn decide(&mut self, facts: &Facts) -> Answer {
        if let Variable::Object(known) = self.scope.base() {
            let mut known = known.borrow_mut();
            for (fact, name) in &self.names {
                known.insert(name.clone(), Variable::Number(facts.get(*fact).into()));
            }
        }
        let said = self.expression.evaluate_with_scope(&self.scope, &mut self.machine);
        match said.expect("an answer") {
            Variable::Array(said) => {
                let said = said.borrow();
                Answer::line(whole(&said[0]), whole(&said[1]), whole(&said[2]))
            }
            worth => Answer::Worth(whole(&worth)),
        }
    }
}

/// The rules one by one.
pub struct ZenRules {
    machine: VM,
    scope: Scope,
    names: Vec<Symbol>,
    texts: Vec<[Variable; 2]>,
}

impl ZenRules {
    pub fn new(which: usize) -> ZenRules {
        let text = |text: &'static str| Variable::String(Symbol::from_static(text));
        let texts = one_by_one::texts(which).into_iter();
        let texts = texts.map(|(kind, name)| [text(kind), text(name)]).collect();
        let names = one_by_one::NAMES.iter().map(|name| Variable::key(name)).collect();
        let scope = Scope::new(Variable::empty_object());
        ZenRules { machine: VM::new(), scope, names, texts }
    }
}

impl Expressions for ZenRules {
    type Compiled = Expression<Standard>;

    fn compile(&mut self, text: &str) -> Expression<Standard> {
        Isolate::new().compile_standard(text).expect("a sound rule")
    }

    fn billed(rate: &str) -> String {
        format!("floor((hours * {rate} + 15000) / 30000)")
    }

    fn words() -> [&'static str; 2] {
        ["and", "or"]
    }

    fn know(&mut self, facts: &Facts) {
        let what = usize::try_from(facts.what).expect("a number of ours");
        let texts = self.texts[what].iter().map(Variable::shallow_clone);
        let numbers = one_by_one::numbers(facts).map(|number| Variable::Number(number.into()));
        if let Variable::Object(known) = self.scope.base() {
            let mut known = known.borrow_mut();
            for (name, value) in self.names.iter().zip(texts.chain(numbers)) {
                known.insert(name.clone(), value);
            }
        }
    }

    fn holds(&mut self, condition: &Expression<Standard>) -> bool {
        let said = condition.evaluate_with_scope(&self.scope, &mut self.machine);
        said.expect("an answer").as_bool().expect("true or false")
    }

    fn amount(&mut self, amount: &Expression<Standard>) -> i64 {
        whole(&amount.evaluate_with_scope(&self.scope, &mut self.machine).expect("an answer"))
    }
}
