//! How the lines of a host's cases came about: in, events of cases; out, one document. A case is explained, or it is said
//! why it is withheld.

use crate::billing::Answer;
use crate::schedules::Schedules;
use crate::session::{Options, any_case, full, read, unreadable};
use crate::{Failure, unless_stopped};
use jalon::explain::{Form, Teller, Told};
use jalon::feed::{Block, Histories};
use jalon::lang::plain;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Schedules {
    /// How each line of the cases came about and why the others did not, of one case or of all: the document of `jalon explain
    /// --format json`, whose places name the text `events`, with `withheld` beside: lines that could belong to any case and,
    /// unless they are skipped, all cases, as [`crate::evaluate`] has them. Of the options only the day and what becomes of
    /// such lines count.
    ///
    /// # Errors
    ///
    /// If the case has no event, there are too many events, or the call is stopped.
    pub fn explain(
        &self,
        events: &[u8],
        case: Option<&str>,
        options: &Options,
    ) -> Result<String, Failure> {
        let lang = self.lang();
        let mut histories = Histories::default();
        let mut told = Answer::default();
        if read(&mut histories, events, &mut Block::default()).is_err() {
            return Err(Failure::from(full(lang)));
        }
        histories.group();
        let is_wanted = |number: &usize| case.is_none() || histories.name_of(*number) == case;
        let cases: Vec<usize> = (0..histories.case_count()).filter(is_wanted).collect();
        if let (Some(case), true) = (case, cases.is_empty()) {
            let case = plain(case);
            let message = lang.pick(
                format!("no event is of case {case}"),
                format!("aucun événement n'est du dossier {case}"),
            );
            return Err(Failure { message });
        }
        if unreadable(&histories, lang, &mut told) && !options.skip_unreadable {
            for case in cases {
                told.withhold(histories.name_of(case), None, any_case(lang));
            }
            return Ok(document(options, Vec::new(), &told));
        }
        let lang_of = |schedule: &str| {
            let file = self.files.iter().find(|file| file.schedule(schedule).is_some());
            self.asked.or(file.map(|file| file.warnings.lang)).unwrap_or(lang)
        };
        let teller = Teller {
            book: &self.book,
            names: &["events".to_owned()],
            as_of: options.as_of,
            lang_of: &lang_of,
            tongue: lang,
        };
        let mut explained = Vec::new();
        for case in cases.into_iter().filter_map(|case| histories.case(case)) {
            unless_stopped(&options.stop)?;
            let Told { json, .. } =
                catch_unwind(AssertUnwindSafe(|| teller.tell(&case, Form::Data)))
                    .unwrap_or_else(|_| teller.failed_on(&case));
            explained.push(json);
        }
        Ok(document(options, explained, &told))
    }
}

fn document(options: &Options, cases: Vec<Value>, told: &Answer) -> String {
    let withheld: Vec<Value> = told.rows();
    json!({ "as_of": options.as_of, "cases": cases, "withheld": withheld }).to_string()
}
