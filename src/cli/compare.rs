//! `jalon compare`: two versions of schedules, over every history and on a portfolio.

use super::output::{Exit, Failure, plain, results, view};
use super::{histories, input, timeline};
use crate::calendar::Date;
use crate::compare::{self, CaseChange, Compared, Outcome, Portfolio, Sums};
use crate::feed::Book;
use crate::lang::{Lang, say};
use crate::model::Event;
use crate::plan::Plan;
use crate::verify::versions::{self, Apart, Cases, Change, Comparison, Example, Verdict, Window};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `jalon compare` takes.
#[derive(Args)]
pub struct Options {
    /// The old version: a schedule file, or a folder
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new version
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// How the comparison is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Compare only what is billed in all on each day, not the lines
    #[arg(long)]
    money: bool,

    /// Leave out cases that end, or are abandoned, before they have started
    #[arg(long)]
    started: bool,

    /// Bill the cases of these event files on both versions, too, as `jalon run` takes them
    #[arg(long, num_args = 1.., value_name = "FILE")]
    events: Vec<PathBuf>,

    /// For --events: the last day that counts, as YYYY-MM-DD; today if not stated
    #[arg(long, value_name = "DATE", value_parser = input::date_argument, requires = "events")]
    as_of: Option<Date>,

    /// So many situations are looked at in one search; past them the verdict is unknown
    #[arg(long, value_name = "N", default_value_t = versions::Options::default().budget)]
    budget: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// So many changed cases are listed for a human reader; JSON has all of them.
const MOST_CASES: usize = 50;

/// Compares two versions.
pub fn compare(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let old = input::sound_schedules(std::slice::from_ref(&options.old), lang)?;
    let new = input::sound_schedules(std::slice::from_ref(&options.new), lang)?;
    let lang = lang.unwrap_or_else(|| histories::language_of(&new));
    let books = (input::book(&old)?, input::book(&new)?);
    let (old_plans, new_plans): (Vec<&Plan>, Vec<&Plan>) =
        (books.0.plans().iter().collect(), books.1.plans().iter().collect());
    let matches = compare::matches(&old_plans, &new_plans);
    let asked = versions::Options {
        money: options.money,
        started: options.started,
        budget: options.budget,
    };
    let portfolio = portfolio(options, [&books.0, &books.1], lang)?;
    let compared = compare::compare_all(&matches, &asked);
    match options.format {
        Format::Human => {
            let mut text: String = compared.iter().map(|one| human(one, lang)).collect();
            if let Some((portfolio, names)) = &portfolio {
                text.push_str(&human_portfolio(portfolio, names, lang));
            }
            view(&text)?;
        }
        Format::Json => {
            let schedules: Vec<Value> = compared.iter().map(|one| json_of(one, lang)).collect();
            let verdict = overall(&compared).name();
            let portfolio =
                portfolio.as_ref().map(|(portfolio, names)| json_portfolio(portfolio, names));
            let document = json!({
                "verdict": verdict, "money": options.money, "started": options.started,
                "schedules": schedules, "portfolio": portfolio,
            });
            results(|out| writeln!(out, "{document:#}"))?;
        }
    }
    let changed = portfolio.is_some_and(|(portfolio, _)| !portfolio.changed.is_empty());
    Ok(Exit::findings(changed || overall(&compared) != Verdict::Equivalent))
}

/// The verdict on all schedules: the worst of theirs.
fn overall(compared: &[Compared<'_>]) -> Verdict {
    let any = |verdict: Verdict| compared.iter().any(|one| one.verdict() == verdict);
    let order = [Verdict::Incomparable, Verdict::Different, Verdict::Unknown];
    order.into_iter().find(|verdict| any(*verdict)).unwrap_or(Verdict::Equivalent)
}

/// The cases of the event files on both versions, with the names of the files.
fn portfolio(
    options: &Options,
    books: [&Book; 2],
    lang: Lang,
) -> Result<Option<(Portfolio, Vec<String>)>, Failure> {
    if options.events.is_empty() {
        return Ok(None);
    }
    input::each_once(&options.events)?;
    let names = histories::names_of(&options.events);
    let histories = histories::read_histories(&options.events, lang)?;
    if !histories::unreadable(&histories, &names, None, lang)? {
        return Err(Failure::told());
    }
    let as_of = input::as_of(options.as_of)?;
    let portfolio = compare::portfolio(books, &histories, as_of, options.money, lang);
    Ok(Some((portfolio, names)))
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
    let mut text = headline(&name, comparison, lang);
    for apart in &comparison.apart {
        text.push_str(&format!("  {}\n", plain(&compare::apart(apart, old, new, lang))));
    }
    let shows = |window: &&Window| {
        comparison.verdict != Verdict::Equivalent || window.change != Change::Same
    };
    for window in comparison.windows.iter().filter(shows) {
        let which = plain(&compare::window(comparison, window, lang));
        let change = plain(&compare::change(comparison, window, lang));
        text.push_str(&say!(lang, "  {which}: {change}\n", "  {which} : {change}\n"));
        if let Some(example) = &window.example {
            let size = compare::size(example.events.len(), example.shortest, lang);
            text.push_str(&format!("    {size}\n"));
            let currency = comparison.both.schedule.currency;
            text.push_str(&timeline::draw_both(currency, example, lang));
            if window.change == Change::Lines {
                text.push_str(&lines(example, lang));
            }
        }
    }
    text
}

fn headline(name: &str, comparison: &Comparison, lang: Lang) -> String {
    let count = comparison.situations;
    let s = if count == 1 { "" } else { "s" };
    match comparison.verdict {
        Verdict::Equivalent if comparison.same_text => say!(
            lang,
            "✓ {name}: equivalent; the two say the same\n",
            "✓ {name} : équivalent ; les deux disent la même chose\n"
        ),
        Verdict::Equivalent => {
            let how = if comparison.situations == 0 {
                String::new()
            } else {
                say!(
                    lang,
                    ", proved over every possible case ({count} situation{s})",
                    ", prouvé sur tous les dossiers possibles ({count} situation{s})"
                )
            };
            let what = if comparison.money {
                lang.pick("; the two bill the same sums", " ; les deux facturent les mêmes sommes")
            } else {
                ""
            };
            say!(lang, "✓ {name}: equivalent{how}{what}\n", "✓ {name} : équivalent{how}{what}\n")
        }
        Verdict::Different => say!(lang, "✗ {name}: different\n", "✗ {name} : différent\n"),
        Verdict::Unknown => say!(
            lang,
            "? {name}: no difference was found, and it is not proved that there is none ({count} situation{s} looked at)\n",
            "? {name} : aucune différence trouvée, et rien ne prouve qu'il n'y en a pas ({count} situation{s} examinées)\n"
        ),
        Verdict::Incomparable => {
            say!(lang, "✗ {name}: not comparable\n", "✗ {name} : non comparable\n")
        }
    }
}

/// The lines of both versions, where only they differ.
fn lines(example: &Example, lang: Lang) -> String {
    let heads = lang.pick(["old", "new"], ["ancien", "nouveau"]);
    let mut text = String::new();
    for (head, lines) in heads.into_iter().zip(&example.lines) {
        for line in lines {
            let (kind, label, amount) = (line.kind.name(), plain(&line.label), &line.amount);
            text.push_str(&format!("    {head}: {kind} \"{label}\" {amount}\n"));
        }
    }
    text
}

fn human_portfolio(portfolio: &Portfolio, names: &[String], lang: Lang) -> String {
    let (cases, changed) = (portfolio.cases, portfolio.changed.len());
    let both = portfolio.withheld_by_both;
    let mut text = say!(
        lang,
        "cases: {cases} read, {changed} billed otherwise, {both} withheld by both\n",
        "dossiers : {cases} lus, {changed} facturés autrement, {both} retenus par les deux\n"
    );
    for change in portfolio.changed.iter().take(MOST_CASES) {
        text.push_str(&human_case(change, names, lang));
    }
    if let Some(more) = changed.checked_sub(MOST_CASES).filter(|more| *more > 0) {
        text.push_str(&say!(
            lang,
            "  and {more} more (--format json lists all)\n",
            "  et {more} de plus (--format json les liste tous)\n"
        ));
    }
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

fn human_case(change: &CaseChange, names: &[String], lang: Lang) -> String {
    let name = plain(&change.case);
    let one = |outcome: &Outcome| match outcome {
        Outcome::Billed(currency, sum) => {
            let sum = lang.digits(minor(*sum, currency.decimals()));
            format!("{sum} {}", currency.code())
        }
        Outcome::Withheld(place, reason) => {
            let place = place.map(|place| format!("{}: ", histories::shown(names, place)));
            let (place, reason) = (place.unwrap_or_default(), plain(reason));
            say!(lang, "withheld ({place}{reason})", "retenu ({place}{reason})")
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

fn minor(amount_minor: i128, decimals: u32) -> String {
    crate::feed::Total { lines: 0, amount_minor, decimals }.to_string()
}

/// What is billed more, with its sign.
fn difference(old: i128, new: i128, decimals: u32) -> String {
    let more = new.saturating_sub(old);
    let sign = if more > 0 { "+" } else { "" };
    format!("{sign}{}", minor(more, decimals))
}

fn shown(sums: &Sums) -> [String; 3] {
    let [old, new] = sums.minor;
    let show = |amount| minor(amount, sums.decimals);
    [show(old), show(new), difference(old, new, sums.decimals)]
}

fn json_of(compared: &Compared<'_>, lang: Lang) -> Value {
    let name = |plan: Option<&Plan>| plan.map(|plan| plan.schedule.name.clone());
    let comparison = compared.comparison.as_ref();
    let windows = comparison.map(|comparison| {
        let windows = comparison.windows.iter().map(|window| json_window(comparison, window, lang));
        windows.collect::<Vec<_>>()
    });
    let apart =
        comparison.zip(compared.of.old.zip(compared.of.new)).map(|(comparison, (old, new))| {
            let said = |apart: &Apart| {
                let message = compare::apart(apart, old, new, lang);
                json!({ "kind": kind_of(apart), "message": message })
            };
            comparison.apart.iter().map(said).collect::<Vec<_>>()
        });
    json!({
        "old": name(compared.of.old), "new": name(compared.of.new),
        "verdict": compared.verdict().name(),
        "same_text": comparison.is_some_and(|comparison| comparison.same_text),
        "situations": comparison.map_or(0, |comparison| comparison.situations),
        "apart": apart.unwrap_or_default(), "windows": windows.unwrap_or_default(),
    })
}

fn kind_of(apart: &Apart) -> &'static str {
    match apart {
        Apart::Name => "name",
        Apart::Currency => "currency",
        Apart::Unit => "unit",
        Apart::Withheld { cases: Cases::WithAction(_), .. } => "action",
        Apart::Withheld { cases: Cases::WithoutPlannedHours, .. } => "planned_hours",
        Apart::Withheld { cases: Cases::WithoutPlannedMonths, .. } => "planned_months",
    }
}

fn json_window(comparison: &Comparison, window: &Window, lang: Lang) -> Value {
    let currency = comparison.both.schedule.currency;
    let show = |amount| currency.show(amount).to_string();
    let example = window.example.as_ref().map(|example| {
        let events: Vec<&Event> = example.events.iter().collect();
        let [old, new] = example.amounts.map(show);
        let [old_total, new_total] = example.totals.map(show);
        let [old_lines, new_lines] = &example.lines;
        let terms = example.terms.map(|terms| {
            let hours = terms.hours.map(|hours| hours.to_string());
            json!({ "planned_hours": hours, "planned_months": terms.months })
        });
        json!({
            "events": events, "as_of": example.day, "shortest": example.shortest,
            "terms": { "old": terms[0], "new": terms[1] },
            "old": { "amount": old, "total": old_total, "invoice_lines": old_lines },
            "new": { "amount": new, "total": new_total, "invoice_lines": new_lines },
        })
    });
    json!({
        "trigger": { "kind": window.kind, "name": comparison.name_in(window) },
        "window": compare::window(comparison, window, lang),
        "change": window.change.name(), "proved": window.proved, "example": example,
    })
}

fn json_portfolio(portfolio: &Portfolio, names: &[String]) -> Value {
    let one = |outcome: &Outcome| match outcome {
        Outcome::Billed(currency, sum) => json!({
            "total": minor(*sum, currency.decimals()), "currency": currency.code(),
        }),
        Outcome::Withheld(place, reason) => json!({
            "withheld": reason, "place": place.map(|place| histories::shown(names, place)),
        }),
    };
    let changed: Vec<Value> = portfolio
        .changed
        .iter()
        .map(|change| {
            let [old, new] = &change.outcomes;
            let differs = change.differs.name();
            json!({ "case": change.case, "differs": differs, "old": one(old), "new": one(new) })
        })
        .collect();
    let totals: Vec<Value> = portfolio
        .sums
        .iter()
        .map(|(currency, sums)| {
            let [old, new, difference] = shown(sums);
            json!({ "currency": currency, "old": old, "new": new, "difference": difference })
        })
        .collect();
    json!({
        "cases": portfolio.cases, "withheld_by_both": portfolio.withheld_by_both,
        "changed": changed, "totals": totals,
    })
}
