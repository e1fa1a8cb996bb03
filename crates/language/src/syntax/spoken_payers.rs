//! The payers that a line names, and the line of each. In: words of a line. Out: names, shares, and lines of the language.

use super::parse::Parser;
use super::spoken::{Found, Spoken};
use crate::lang::{Lang, say};

/// What may stand before a name.
const ARTICLES: &[&str] = &["the", "le", "la", "les", "l '"];

impl Parser<'_> {
    /// That each payer has a line.
    pub(super) fn one_line_each(&self, right: &str) -> String {
        say!(
            self.lang,
            "write one line for each payer, its name in quotes; the last takes what is left: {right}",
            "écrivez une ligne par payeur, son nom entre guillemets ; le dernier prend ce qui reste : {right}"
        )
    }

    /// The shares of a line from a place on, each with the name beside it.
    pub(super) fn named_shares(&self, line: &Spoken<'_>, from: usize) -> Vec<(String, String)> {
        let shares = self.percentages(line);
        let first = shares.first().map_or(line.len(), |((at, _), _)| *at);
        // `70 % OPCO, 30 % client`: the name stands behind the share.
        let behind = self.name_between(line, from, first).is_none();
        let mut next = from;
        let mut told = Vec::new();
        let ends = shares.iter().skip(1).map(|((at, _), _)| *at).chain([line.len()]);
        for (((at, to), share), end) in shares.iter().zip(ends) {
            let (first, last) = if behind { (*to, end) } else { (next, *at) };
            let name = self.name_between(line, first, last).unwrap_or_default();
            told.push((name, share.clone()));
            next = *to;
        }
        told
    }

    /// The name that stands between two places, without what joins it to others.
    pub(super) fn name_between(&self, line: &Spoken<'_>, from: usize, to: usize) -> Option<String> {
        let joins = [
            ":", ",", ";", "et", "and", "-", "+", "by", "par", "for", "pour", "de", "a", "at", "of",
        ];
        let is_named = |place: &usize| !joins.contains(&line.word(*place));
        let first = (from..to).find(is_named)?;
        let last = (from..to).rev().find(is_named)?;
        let name = self.words(line, (first, last + 1));
        Some(name.trim_matches(['"', '«', '»', ':', ',', ' ', '\u{a0}']).to_owned())
    }

    /// A line for each payer that is named from a place on, with its share; the last takes what is left.
    pub(super) fn payers_listed(&self, line: &Spoken<'_>, from: usize) -> String {
        let shares = self.named_shares(line, from);
        if !shares.is_empty() {
            return self.each_payer(&shares);
        }
        let sum = self.sum_in(line);
        let end = sum.as_ref().map_or(line.len(), |((at, _), _)| *at);
        let names = self.names_listed(line, (from, end));
        if sum.is_none() && names.len() > 1 {
            return self.payers_and_rest(&names, "… %");
        }
        let name = self.name_between(line, from, end).unwrap_or_default();
        self.each_payer(&[(name, sum.map_or_else(|| "… %".to_owned(), |(_, sum)| sum))])
    }

    fn payer_of(&self, name: &str, share: &str) -> String {
        let name = if name.is_empty() { "…" } else { name };
        self.file_lang
            .pick(format!("`payer \"{name}\": {share}`"), format!("`payeur \"{name}\" : {share}`"))
    }

    /// A line for each of some payers who share alike; the last takes what is left.
    pub(super) fn payers_and_rest(&self, names: &[String], share: &str) -> String {
        let rest = self.file_lang.pick("remainder", "reste");
        let shares = names.iter().rev().zip([rest].into_iter().chain(std::iter::repeat(share)));
        let mut told: Vec<String> =
            shares.map(|(name, share)| self.payer_of(name, share)).collect();
        told.reverse();
        told.join(", ")
    }

    /// A line for each payer with its share; the last takes what is left. Of shares that come to more than the whole, that.
    pub(super) fn each_payer(&self, shares: &[(String, String)]) -> String {
        let rest = self.file_lang.pick("remainder", "reste");
        let mut told = Vec::new();
        let mut total = Some(0_u32);
        for (name, share) in shares {
            let points = hundredths(share.trim_end_matches([' ', '%']));
            total = total.zip(points).and_then(|(total, points)| total.checked_add(points));
            let is_last =
                total == Some(WHOLE) && told.len() + 1 == shares.len() && !told.is_empty();
            told.push(self.payer_of(name, if is_last { rest } else { share }));
        }
        // Of more than the whole nothing is left.
        if total.is_none_or(|total| total < WHOLE) || told.len() == 1 {
            told.push(self.payer_of("…", rest));
        }
        let told = told.join(", ");
        let Some(total) = total.filter(|total| *total > WHOLE) else { return told };
        let total = written_hundredths(total, self.lang);
        say!(
            self.lang,
            "{told}; these shares come to {total} %, and payers share 100 % at the most: correct them",
            "{told} ; ces parts font {total} %, et des payeurs se partagent 100 % au plus : corrigez-les"
        )
    }

    /// The names that stand between two places, one after the other.
    pub(super) fn names_listed(&self, line: &Spoken<'_>, (from, to): Found) -> Vec<String> {
        let joins = |at: &usize| ["et", "and", "/", ",", "&"].contains(&line.word(*at));
        let ends: Vec<usize> = (from..to).filter(joins).chain([to]).collect();
        let mut start = from;
        let mut names = Vec::new();
        for end in ends {
            let first = line.stands(start, ARTICLES).map_or(start, |(_, behind)| behind);
            // `A` may be a name, too.
            names.extend(match end == first + 1 {
                true => Some(self.words(line, (first, end))),
                false => self.name_between(line, first, end),
            });
            start = end + 1;
        }
        names
    }
}

/// The whole of a price, in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// A percentage of so many hundredths of a percent.
fn written_hundredths(points: u32, lang: Lang) -> String {
    let (whole, part) = (points / 100, points % 100);
    let part = format!("{part:02}");
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part => format!("{whole}{}{part}", lang.pick('.', ',')),
    }
}

/// A percentage in hundredths of a percent; none of one that is finer.
fn hundredths(written: &str) -> Option<u32> {
    let (whole, part) = written.split_once(['.', ',']).unwrap_or((written, ""));
    (part.len() <= 2).then(|| format!("{whole}{part:0<2}").parse().ok()).flatten()
}
