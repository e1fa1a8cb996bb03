//! What is found, as a text to be looked at.

use super::Found;
use super::portfolio::{difference, minor, shown};
use crate::cli::output::plain;
use crate::cli::timeline;
use crate::compare::{self, CaseChange, CaseWithheld, Compared, Outcome, Portfolio, Withheld};
use crate::lang::{Lang, say};
use crate::model::{Event, InvoiceLine, Milestone};
use crate::plan::Plan;
use crate::tell::{agreed, stand_ins};
use crate::verify::versions::{Change, Comparison, Example, Verdict, Window};

/// So many cases of a list are shown; JSON has all of them.
const MOST_CASES: usize = 50;

impl Found<'_> {
    /// The text.
    pub fn text(&self) -> String {
        let mut text: String = self.schedules.iter().map(|one| human(one, self.lang)).collect();
        let windows = || self.schedules.iter().filter_map(|one| one.comparison.as_ref());
        let mut changed =
            windows().flat_map(|one| &one.windows).filter(|w| w.change != Change::Same);
        let apart = windows().any(|one| !one.apart.is_empty());
        if changed.clone().next().is_some() && !apart && changed.all(is_unstarted) {
            text.push_str(&say!(
                self.lang,
                "help: the cases shown come to their end before they start; `--started` looks at all others\n",
                "aide : les dossiers montrés arrivent à leur fin avant leur démarrage ; `--started` examine tous les autres\n"
            ));
        }
        if !self.follow_ups.is_empty() {
            let names = self.follow_ups.iter().map(|name| format!("`{}`", plain(name)));
            let names = names.collect::<Vec<_>>().join(", ");
            text.push_str(&say!(
                self.lang,
                "Follow-ups are not compared, and do not ask the same in both versions: {names}\n",
                "Les suivis ne sont pas comparés, et ne demandent pas la même chose dans les deux versions : {names}\n"
            ));
        }
        if let Some(portfolio) = &self.portfolio {
            text.push_str(&human_portfolio(portfolio, self.names, self.lang));
        }
        text
    }
}

/// Whether what shows a difference is a case that comes to its end before it starts.
fn is_unstarted(window: &Window) -> bool {
    let starts = |event: &Event| event.kind.may_start();
    let ends = |event: &Event| event.kind.milestone().is_some_and(Milestone::is_terminal);
    let example = window.example.as_ref();
    example.is_some_and(|case| case.events.iter().any(ends) && !case.events.iter().any(starts))
}

/// Whether an event comes after the end in what shows a difference.
fn goes_on_after_the_end(window: &Window) -> bool {
    let ends = |event: &Event| event.kind.milestone().is_some_and(Milestone::is_terminal);
    window.example.as_ref().is_some_and(|example| {
        let end = example.events.iter().position(ends);
        end.is_some_and(|end| end + 1 < example.events.len())
    })
}

fn human(compared: &Compared<'_>, lang: Lang) -> String {
    let name = plain(compared.of.name());
    let Some((comparison, (old, new))) =
        compared.comparison.as_ref().zip(compared.of.old.zip(compared.of.new))
    else {
        return if compared.of.old.is_some() {
            say!(lang, "✗ {name}: gone\n", "✗ {name} : a disparu\n")
        } else {
            say!(lang, "✗ {name}: new\n", "✗ {name} : nouveau\n")
        };
    };
    let mut text = compare::headline(&name, comparison, lang);
    for reason in compare::reasons(comparison, [old, new], lang) {
        text.push_str(&format!("  {reason}\n"));
    }
    for apart in &comparison.apart {
        text.push_str(&format!("  {}\n", plain(&compare::apart(apart, old, new, lang))));
    }
    let shows = |window: &&Window| {
        comparison.verdict != Verdict::Equivalent || window.change != Change::Same
    };
    // Plain cases first: those that start, and in which nothing comes after the end.
    let mut windows: Vec<&Window> = comparison.windows.iter().filter(shows).collect();
    windows.sort_by_key(|window| (goes_on_after_the_end(window), is_unstarted(window)));
    for window in windows {
        let which = plain(&compare::window(comparison, window, lang));
        let change = plain(&compare::change(comparison, window, lang));
        text.push_str(&say!(lang, "  {which}: {change}\n", "  {which} : {change}\n"));
        if let Some(example) = &window.example {
            let size = compare::size(example.events.len(), example.shortest, lang);
            text.push_str(&format!("    {size}\n"));
            text.push_str(&drawn(comparison, example, [old, new], lang));
            if window.change == Change::Lines {
                text.push_str(&lines(example, lang));
            }
        }
    }
    if let Some(lived) = compare::lived(comparison, lang) {
        text.push_str(&format!("  {}\n", plain(&lived)));
    }
    if let Some(example) = comparison.lives.as_ref().and_then(|lives| lives.example.as_ref()) {
        text.push_str(&drawn(comparison, example, [old, new], lang));
        text.push_str(&lines(example, lang));
    }
    text
}

/// A case on both versions, on a line of time, with what it agrees and plans.
fn drawn(comparison: &Comparison, example: &Example, [old, new]: [&Plan; 2], lang: Lang) -> String {
    let mut text = String::new();
    if let Some(figure) = comparison.figure {
        text.push_str(&format!("    {}\n", agreed(new, figure, lang)));
    }
    text.push_str(&timeline::draw_both(comparison.both.schedule.currency, example, lang));
    let planned = compare::planned(example, [old, new], lang);
    for line in planned.into_iter().chain(stand_ins(&comparison.both, &example.events, lang)) {
        text.push_str(&format!("    ({line})\n"));
    }
    text
}

/// The lines of both versions, where only they differ.
fn lines(example: &Example, lang: Lang) -> String {
    let heads = lang.pick(["old", "new"], ["ancien", "nouveau"]);
    let mut text = String::new();
    // What lines state beside their amount is said where the two versions state it otherwise.
    let apart = |of: fn(&InvoiceLine, Lang) -> Option<String>| {
        let [old, new] = example
            .lines
            .each_ref()
            .map(|lines| lines.iter().map(|line| of(line, lang)).collect::<Vec<_>>());
        (old.len() == new.len() && old != new).then_some(of)
    };
    let apart: Vec<_> = [tax, days, quantity].into_iter().filter_map(apart).collect();
    for (head, lines) in heads.into_iter().zip(&example.lines) {
        for line in lines {
            let beside: Vec<String> = apart.iter().filter_map(|of| of(line, lang)).collect();
            let beside: String = beside.iter().map(|text| format!(", {}", plain(text))).collect();
            let (kind, label) = (line.kind.word(lang), plain(&line.label));
            let amount = lang.digits(&line.amount);
            let payer = line.payer.as_deref().map(|payer| format!(" ({})", plain(payer)));
            let payer = payer.unwrap_or_default();
            text.push_str(&say!(
                lang,
                "    {head}: {kind} \"{label}\" {amount}{payer}{beside}\n",
                "    {head} : {kind} « {label} » {amount}{payer}{beside}\n"
            ));
        }
    }
    text
}

/// The tax of a line.
fn tax(line: &InvoiceLine, lang: Lang) -> Option<String> {
    Some(match (&line.vat_rate, &line.vat_exempt) {
        (_, Some(why)) => say!(lang, "VAT exempt ({why})", "TVA exonérée ({why})"),
        (Some(rate), None) => {
            let rate = lang.digits(rate);
            say!(lang, "VAT {rate} %", "TVA {rate} %")
        }
        (None, None) => lang.pick("no VAT", "sans TVA").to_owned(),
    })
}

/// The days of service of a line.
fn days(line: &InvoiceLine, lang: Lang) -> Option<String> {
    let (from, to) = line.service_from.zip(line.service_to)?;
    let (from, to) = (lang.date(from), lang.date(to));
    Some(say!(lang, "service from {from} to {to}", "prestation du {from} au {to}"))
}

/// The quantity of a line and the price of one.
fn quantity(line: &InvoiceLine, lang: Lang) -> Option<String> {
    let (quantity, price) = line.quantity.as_ref().zip(line.unit_price.as_ref())?;
    Some(format!("{} × {}", lang.digits(quantity), lang.digits(price)))
}

fn human_portfolio(portfolio: &Portfolio, names: &[String], lang: Lang) -> String {
    let (cases, changed) = (portfolio.cases, portfolio.changed.len());
    let both = portfolio.withheld.len();
    let (r, [c, w]) = (lang.s(cases), [changed, both].map(|count| lang.s(count as u64)));
    let mut text = say!(
        lang,
        "cases: {cases} read, {changed} billed otherwise, {both} withheld by both\n",
        "dossiers : {cases} lu{r}, {changed} facturé{c} autrement, {both} retenu{w} par les deux\n"
    );
    text.push_str(&first(&portfolio.changed, |change| human_case(change, names, lang), lang));
    text.push_str(&first(&portfolio.withheld, |case| human_withheld(case, names, lang), lang));
    for (currency, sums) in &portfolio.sums {
        let [old, new, more] = shown(sums).map(|sum| lang.digits(sum));
        if old == new {
            text.push_str(&say!(
                lang,
                "total: {new} {currency}, the same by both\n",
                "total : {new} {currency}, le même par les deux\n"
            ));
            continue;
        }
        text.push_str(&say!(
            lang,
            "total: {new} {currency} instead of {old} {currency} ({more})\n",
            "total : {new} {currency} au lieu de {old} {currency} ({more})\n"
        ));
    }
    text
}

/// The first cases of a list, and how many more there are.
fn first<T>(cases: &[T], each: impl Fn(&T) -> String, lang: Lang) -> String {
    let mut text: String = cases.iter().take(MOST_CASES).map(each).collect();
    if let Some(more) = cases.len().checked_sub(MOST_CASES).filter(|more| *more > 0) {
        text.push_str(&say!(
            lang,
            "  and {more} more (--format json lists all)\n",
            "  et {more} de plus (--format json les liste tous)\n"
        ));
    }
    text
}

fn human_case(change: &CaseChange, names: &[String], lang: Lang) -> String {
    let name = plain(&change.case);
    let one = |outcome: &Outcome| match outcome {
        Outcome::Billed(currency, sum) => {
            let sum = lang.digits(minor(*sum, currency.decimals()));
            format!("{sum} {}", currency.code())
        }
        Outcome::Withheld(withheld) => {
            let why = why(withheld, names, lang);
            say!(lang, "withheld ({why})", "retenu ({why})")
        }
    };
    let [old, new] = &change.outcomes;
    if let Some(same) = compare::same_sum(change.differs, &one(new), lang) {
        return say!(lang, "  {name}: {same}\n", "  {name} : {same}\n");
    }
    let more = match (old, new) {
        (Outcome::Billed(a, old), Outcome::Billed(b, new)) if a == b => {
            format!(" ({})", lang.digits(difference(*old, *new, a.decimals())))
        }
        (
            Outcome::Billed(..) | Outcome::Withheld(..),
            Outcome::Billed(..) | Outcome::Withheld(..),
        ) => String::new(),
    };
    let (old, new) = (one(old), one(new));
    say!(
        lang,
        "  {name}: {new} instead of {old}{more}\n",
        "  {name} : {new} au lieu de {old}{more}\n"
    )
}

fn human_withheld(case: &CaseWithheld, names: &[String], lang: Lang) -> String {
    let name = plain(&case.case);
    let [old, new] = case.reasons.each_ref().map(|withheld| why(withheld, names, lang));
    let why = if old == new {
        old
    } else {
        say!(
            lang,
            "the old one: {old}; the new one: {new}",
            "l'ancien : {old} ; le nouveau : {new}"
        )
    };
    say!(lang, "  {name}: withheld by both ({why})\n", "  {name} : retenu par les deux ({why})\n")
}

/// Where and why a case is withheld.
fn why(withheld: &Withheld, names: &[String], lang: Lang) -> String {
    let colon = lang.pick(": ", " : ");
    let place = withheld.place.map(|place| place.told(names, lang) + colon);
    format!("{}{}", place.unwrap_or_default(), plain(&withheld.reason))
}
