//! Options of a line that say something where they stand. In: a line up to a place, and the words that the grammar would
//! take there; out, those of them that go with its amount and its moments, and are not stated yet.

use super::ast::{Amount, ItemKind, Line, LineKind, TriggerKind};
use super::grammar::Rule;
use super::parse::{Parser, parse};
use crate::lang::Lang;

impl Parser<'_> {
    /// Leaves out what the line from `start` to `before` cannot take; nothing where it cannot be read so far.
    pub(super) fn fitting(&self, (start, before): (usize, usize), words: &mut Vec<Rule>) {
        if !words.contains(&Rule::kw_in_proportion) {
            return;
        }
        let text = self.folded.text.get(start..before).unwrap_or("");
        let head = text.trim_end_matches([',', ' ', '\n']);
        if let Some(line) = read(head, self.file_lang) {
            words.retain(|word| goes_with(&line, *word, true));
        } else if let Some(line) =
            read(&format!("{head} {}", self.file_lang.pick("on end", "a la fin")), self.file_lang)
        {
            // Its moments are not written yet.
            words.retain(|word| goes_with(&line, *word, false));
        }
    }
}

fn read(text: &str, lang: Lang) -> Option<Line> {
    let parsed = parse(text, Some(lang));
    let item = parsed.file.items.into_iter().next().filter(|_| parsed.diagnostics.is_empty())?;
    if let ItemKind::Line(line) = item.kind { Some(line) } else { None }
}

/// Whether an option means something on a line; `whole` where its moments are known.
fn goes_with(line: &Line, word: Rule, whole: bool) -> bool {
    let options = &line.options;
    let is_work = matches!(line.amount, Amount::Work | Amount::WorkItemised | Amount::WorkByAction);
    let in_parts = matches!(line.amount, Amount::PercentParts(..) | Amount::SumParts(..));
    let repeats = is_work || line.triggers.iter().any(|one| one.each || one.kind.comes_again());
    if word == Rule::kw_no_refund {
        let brings_to = matches!(line.amount, Amount::UpTo(_) | Amount::Remainder);
        brings_to && options.no_refund.is_none()
    } else if word == Rule::kw_beside {
        let is_sum = matches!(line.amount, Amount::Sum(_) | Amount::SumParts(..));
        let may_be_a_fee = matches!(line.kind, LineKind::Installment | LineKind::Deposit);
        (is_work || (is_sum && may_be_a_fee)) && options.beside.is_none()
    } else if word == Rule::kw_in_proportion {
        let of_period = matches!(line.amount, Amount::Sum(_) | Amount::Price);
        let by_period =
            repeats && line.triggers.iter().any(|one| matches!(one.kind, TriggerKind::End(_)));
        of_period && (by_period || !whole) && options.pro_rata.is_none()
    } else if word == Rule::kw_charged_to {
        options.beside.is_some() && options.charged_to.is_none()
    } else if word == Rule::kw_at_most {
        !in_parts && (repeats || !whole) && options.at_most.is_none()
    } else if word == Rule::kw_stays_open {
        line.stays_open.is_none()
    } else if word == Rule::kw_vat {
        options.vat.is_none()
    } else {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::syntax::parse;

    /// What is listed behind the last comma of a line.
    fn listed(line: &str, lang: Lang) -> String {
        let above = lang.pick("schedule \"A\"\n  ", "échéancier \"A\"\n  ");
        let parsed = parse(&format!("{above}{line}"), Some(lang));
        let labels: Vec<String> =
            parsed.diagnostics.iter().filter_map(|found| found.label.clone()).collect();
        labels.concat()
    }

    #[test]
    fn options_are_listed_where_they_say_something() {
        for (line, words) in [
            (
                "balance \"B\": price each month end,",
                "`vat`, `at most`, `stays open` or `pro rata`",
            ),
            ("balance \"B\": price on end,", "`vat` or `stays open`"),
            ("balance \"B\": up to 50 % on end,", "`vat`, `stays open` or `no refund`"),
            ("balance \"B\": up to 50 % on end, no refund, stays open,", "`vat`"),
            ("installment \"B\": 50 EUR on end,", "`vat` or `beside the price`"),
            ("installment \"B\": 50 EUR on end, beside the price,", "`vat` or `charged to`"),
            ("installment \"B\": 50 %,", "`vat`, `at most` or when it is billed (`on end`)"),
            ("installment \"B\": 50 EUR in 3 parts each month end,", "`vat` or `beside the price`"),
            ("balance \"B\": work on end,", "`vat`, `at most`, `stays open` or `beside the price`"),
            ("deposit \"B\": 20 % on start,", "`vat`"),
        ] {
            assert_eq!(listed(line, Lang::En), format!("expected here: {words}"), "{line}");
        }
        let french = listed("solde \"B\" : le tarif à chaque fin de mois,", Lang::Fr);
        assert_eq!(french, "attendu ici : `tva`, `au plus`, `reste ouvert` ou `au prorata`");
        let french = listed("acompte \"B\" : 20 % à la signature,", Lang::Fr);
        assert_eq!(french, "attendu ici : `tva`");
    }
}
