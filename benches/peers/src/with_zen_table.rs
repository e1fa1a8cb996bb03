//! The rules as a GoRules decision table in a decision graph, as its editor makes them, compiled once.

use crate::host::{Answer, Engine, Facts};
use crate::with_zen_expression::{names, whole};
use futures_executor::block_on;
use zen_engine::Decision;
use zen_engine::model::GraphContent;
use zen_expression::Variable;
use zen_expression::variable::{Symbol, VariableMap};

const RULES: [&str; 4] = [
    include_str!("../rules/parcours.table.json"),
    include_str!("../rules/vae.table.json"),
    include_str!("../rules/amorce.table.json"),
    include_str!("../rules/cpf.table.json"),
];

pub struct Table {
    decision: Decision,
    names: Vec<(usize, Symbol)>,
}

impl Table {
    pub fn new(which: usize) -> Table {
        let mut content: GraphContent = serde_json::from_str(RULES[which]).expect("sound rules");
        content.compile();
        Table { decision: Decision::from(content), names: names(which) }
    }
}

impl Engine for Table {
    fn decide(&mut self, facts: &Facts) -> Answer {
        let mut input = VariableMap::with_capacity(self.names.len());
        for (fact, name) in &self.names {
            input.insert(name.clone(), Variable::Number(facts.get(*fact).into()));
        }
        let said = block_on(self.decision.evaluate(Variable::from_object(input)));
        let Variable::Object(said) = said.expect("an answer").result else {
            return Answer::Worth(0);
        };
        let said = said.borrow();
        let worth = said.get_str("worth").map_or(0, whole);
        match said.get_str("line") {
            None => Answer::Worth(worth),
            Some(line) => Answer::line(worth, whole(line), said.get_str("amount").map_or(0, whole)),
        }
    }
}
