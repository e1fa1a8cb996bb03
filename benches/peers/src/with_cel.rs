//! The rules as CEL: one expression, compiled once; the facts are lent, not copied into a map.

use crate::host::{Answer, Engine, Facts};
use cel::common::types::CelInt;
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
