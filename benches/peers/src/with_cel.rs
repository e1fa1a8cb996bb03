//! The rules as CEL: one expression, compiled once; the facts are lent, not copied into a map.

use crate::host::{Answer, Engine, Facts};
use crate::one_by_one::{self, Expressions};
use cel::common::types::{CelBool, CelInt, CelString};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, Program, Value};

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.cel"),
    include_str!("../rules/vae.cel"),
    include_str!("../rules/amorce.cel"),
    include_str!("../rules/cpf.cel"),
];

pub struct Cel {
    program: Program,
    context: Context<'static, 'static>,
}

impl Cel {
    pub fn new(which: usize) -> Cel {
        let program = Program::compile(RULES[which]).expect("sound rules");
        Cel { program, context: Context::default() }
    }
}

struct Lent([CelInt; 5]);

impl VariableResolver for Lent {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        let place = Facts::NAMES.iter().position(|known| *known == name)?;
        let value: &dyn Val = &self.0[place];
        Some(CowVal::Borrowed(value))
    }
}

impl Engine for Cel {
    fn decide(&mut self, facts: &Facts) -> Answer {
        let lent = Lent(std::array::from_fn(|name| CelInt::from(facts.get(name))));
        let mut scope = self.context.new_inner_scope();
        scope.set_variable_resolver(&lent);
        let said = Value::resolve_val(self.program.expression(), &scope).expect("an answer");
        if let Some(worth) = said.downcast_ref::<CelInt>() {
            return Answer::Worth(*worth.inner());
        }
        match Value::try_from(said.as_ref()) {
            Ok(Value::List(list)) => match list.as_slice() {
                [Value::Int(worth), Value::Int(line), Value::Int(amount)] => {
                    Answer::line(*worth, *line, *amount)
                }
                other => panic!("not three numbers: {other:?}"),
            },
            other => panic!("not a line: {other:?}"),
        }
    }
}

/// The rules one by one.
pub struct CelRules {
    context: Context<'static, 'static>,
    texts: Vec<[CelString<'static>; 2]>,
    known: Known,
}

struct Known {
    texts: [CelString<'static>; 2],
    numbers: [CelInt; 4],
}

impl CelRules {
    pub fn new(which: usize) -> CelRules {
        let texts = one_by_one::texts(which).into_iter();
        let texts: Vec<_> =
            texts.map(|(kind, name)| [CelString::from(kind), CelString::from(name)]).collect();
        let known = Known { texts: texts[0].clone(), numbers: [0, 0, 0, 0].map(CelInt::from) };
        CelRules { context: Context::default(), texts, known }
    }
}

impl VariableResolver for Known {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        let place = one_by_one::NAMES.iter().position(|known| *known == name)?;
        let value: &dyn Val = match place.checked_sub(self.texts.len()) {
            None => &self.texts[place],
            Some(place) => &self.numbers[place],
        };
        Some(CowVal::Borrowed(value))
    }
}

impl CelRules {
    fn ask<T>(&self, program: &Program, read: impl Fn(&dyn Val) -> Option<T>) -> T {
        let mut scope = self.context.new_inner_scope();
        scope.set_variable_resolver(&self.known);
        let said = Value::resolve_val(program.expression(), &scope).expect("an answer");
        read(said.as_ref()).expect("an answer of its type")
    }
}

impl Expressions for CelRules {
    type Compiled = Program;

    fn compile(&mut self, text: &str) -> Program {
        Program::compile(text).expect("a sound rule")
    }

    fn billed(rate: &str) -> String {
        format!("(hours * {rate} + 15000) / 30000")
    }

    fn words() -> [&'static str; 2] {
        ["&&", "||"]
    }

    fn know(&mut self, facts: &Facts) {
        let what = usize::try_from(facts.what).expect("a number of ours");
        self.known.texts.clone_from(&self.texts[what]);
        self.known.numbers = one_by_one::numbers(facts).map(CelInt::from);
    }

    fn holds(&mut self, condition: &Program) -> bool {
        self.ask(condition, |said| said.downcast_ref::<CelBool>().map(|said| *said.inner()))
    }

    fn amount(&mut self, amount: &Program) -> i64 {
        self.ask(amount, |said| said.downcast_ref::<CelInt>().map(|said| *said.inner()))
    }
}
