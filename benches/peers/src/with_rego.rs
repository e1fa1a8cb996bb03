//! The rules as Rego, compiled once for the virtual machine of regorus. The input is one object whose
//! values are changed in place.

use crate::host::{Answer, Engine, Facts, SPOKEN_OF};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Rc, Value};
use std::collections::BTreeMap;

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.rego"),
    include_str!("../rules/vae.rego"),
    include_str!("../rules/amorce.rego"),
    include_str!("../rules/cpf.rego"),
];

pub struct Rego {
    machine: RegoVM,
    input: Value,
    names: Vec<(usize, Value)>,
}

impl Rego {
    pub fn new(which: usize) -> Rego {
        let mut engine = regorus::Engine::new();
        engine.add_policy("billing.rego".to_owned(), RULES[which].to_owned()).expect("rules");
        let entry = "data.billing.decision";
        let policy = engine.compile_with_entrypoint(&Rc::from(entry)).expect("an entry");
        let program = Compiler::compile_from_policy(&policy, &[entry]).expect("a program");
        let mut machine = RegoVM::new();
        machine.load_program(program);
        let names: Vec<(usize, Value)> =
            SPOKEN_OF[which].iter().map(|name| (*name, Value::from(Facts::NAMES[*name]))).collect();
        let input: BTreeMap<Value, Value> =
            names.iter().map(|(_, name)| (name.clone(), Value::from(0_i64))).collect();
        Rego { machine, input: Value::from(input), names }
    }
}

impl Engine for Rego {
    fn decide(&mut self, facts: &Facts) -> Answer {
        // The machine lets go of the object first, so that it need not be copied.
        self.machine.set_input(Value::Null);
        let object = self.input.as_object_mut().expect("an object");
        for (fact, name) in &self.names {
            *object.get_mut(name).expect("a fact") = Value::from(facts.get(*fact));
        }
        self.machine.set_input(self.input.clone());
        let number = |value: Option<&Value>| {
            value.and_then(|value| value.as_i64().ok()).expect("a whole number")
        };
        match self.machine.execute().expect("an answer") {
            Value::Array(said) => {
                Answer::line(number(said.get(0)), number(said.get(1)), number(said.get(2)))
            }
            worth => Answer::Worth(number(Some(&worth))),
        }
    }
}
