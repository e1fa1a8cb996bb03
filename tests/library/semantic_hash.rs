//! Semantic hashes: what is no part of billing does not change them, and any change of billing does.

use jalon::syntax::format;
use jalon::{Lang, compile, semantic_hash};
use reference::{generate, write};
use std::collections::BTreeMap;

/// The schedules of the guide: file and text.
fn teo() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The hashes of the schedules of a source, by name; `None` if it has errors.
fn compiled(source: &str) -> Option<BTreeMap<String, String>> {
    let plans = compile("a schedule", source).ok()?.schedules;
    let schedules = plans.into_iter().map(|plan| plan.schedule);
    Some(schedules.map(|each| (each.name.clone(), semantic_hash(&each).to_string())).collect())
}

fn hashes(source: &str) -> BTreeMap<String, String> {
    compiled(source).unwrap_or_else(|| panic!("not sound:\n{source}"))
}

fn only(source: &str) -> String {
    let hashes = hashes(source);
    assert_eq!(hashes.len(), 1);
    hashes.into_values().next().unwrap()
}

/// The text with one piece exchanged, which stands in it once.
fn with(source: &str, piece: &str, other: &str) -> String {
    assert_eq!(source.matches(piece).count(), 1, "`{piece}` in {source}");
    source.replacen(piece, other, 1)
}

#[test]
fn vocabulary_layout_and_comments_do_not_change_the_hash() {
    for (name, source) in &teo() {
        let hash = hashes(source);
        for lang in [Lang::En, Lang::Fr] {
            let twin = format(source, Some(lang)).ok().unwrap();
            assert_eq!(hashes(&twin), hash, "{name} in {}", lang.code());
        }
        let squeezed = source.replace("  ", " ").replace('\n', "\n  # a comment\n\n");
        assert_eq!(hashes(&squeezed), hash, "{name} in another layout");
        let accepts =
            source.replacen("\nscenario ", "\naccepts leak \"for a reason\"\nscenario ", 1);
        assert_eq!(hashes(&accepts), hash, "{name} with an acceptance");
        let bare = source.split("\nscenario ").next().unwrap();
        let bare = bare.split("\nscénario ").next().unwrap();
        for (schedule, digits) in hashes(bare) {
            assert_eq!(hash.get(&schedule), Some(&digits), "{name} without scenarios");
        }
    }
    for seed in 0..400 {
        let schedule = generate::pair(seed).0;
        let text = |language| write::source(std::slice::from_ref(&schedule), language, None);
        let english = hashes(&text(write::Language::English));
        assert_eq!(english, hashes(&text(write::Language::French)), "seed {seed}");
    }
}

const WHOLE: &str = r#"
schedule "Parcours"
  price per action, in EUR
    action "Bilan"   hourly 70
    action "Entretien" flat 300, ends case
    action "Accueil" not billed
  planned 10 hours
  planned 12 months
  attendance in whole %
  deposit     "Acompte":  100 EUR on signature
  installment "Mois":     work on month end
  installment "Livrable": 50 EUR on deliverable "Rapport" or event "Jury"
  balance     "Sortie":   work itemised on abandonment if duration from 2 to 10 months and (hours < 1h20 or attendance >= 25 %)
  balance     "Fin":      work on end if not action "Accueil" done, stays open
  balance     "Reste":    nothing on 3 months after start or 2025-09-01
"#;

#[test]
fn what_has_no_order_does_not_change_the_hash() {
    let hash = only(WHOLE);
    let bilan = "    action \"Bilan\"   hourly 70\n";
    let accueil = "    action \"Accueil\" not billed\n";
    let livrable =
        "  installment \"Livrable\": 50 EUR on deliverable \"Rapport\" or event \"Jury\"\n";
    let reste = "  balance     \"Reste\":    nothing on 3 months after start or 2025-09-01\n";
    let group = "(hours < 1h20 or attendance >= 25 %)";
    let window = "duration from 2 to 10 months and";
    let moved =
        |piece: &str, after: &str| with(&with(WHOLE, piece, ""), after, &format!("{after}{piece}"));
    for source in [
        moved(bilan, accueil),
        moved("  planned 10 hours\n", reste),
        // A balance fires after the other lines wherever it stands.
        moved(livrable, reste),
        with(WHOLE, group, "(attendance >= 25 % or hours < 1h20)"),
        with(WHOLE, group, "((attendance >= 25 %) or (hours < 80 minutes or hours < 1h20))"),
        with(WHOLE, window, "duration from 2 months to under 10 months and"),
        with(
            &with(WHOLE, &format!("{window} {group}"), &format!("{group} and ({window} started)")),
            "started)",
            "duration from 2 to 10 months)",
        ),
        with(WHOLE, "planned 12 months", "planned 1 year"),
        with(WHOLE, "hourly 70", "hourly 70.00 EUR"),
        with(WHOLE, "planned 10 hours", "planned 10.0 hours"),
        with(WHOLE, "on month end", "on month end or month end"),
    ] {
        assert_eq!(only(&source), hash, "{source}");
    }
    let two = format!("{WHOLE}{}", WHOLE.replace("\"Parcours\"", "\"Parcours 2\""));
    let turned = format!("{}{WHOLE}", WHOLE.replace("\"Parcours\"", "\"Parcours 2\""));
    assert_eq!(hashes(&two), hashes(&turned));
}

const SWAPS: &[(&str, &str)] = &[
    ("\"Parcours\"", "\"Parcours 2\""),
    ("  price per action", "  billed per group\n  price per action"),
    ("hourly 70", "hourly 70.01"),
    ("hourly 70", "flat 70"),
    ("hourly 70", "not billed"),
    ("flat 300, ends case", "flat 300"),
    ("flat 300, ends case", "flat 301, ends case"),
    ("not billed", "not billed, ends case"),
    ("    action \"Bilan\"   hourly 70\n", ""),
    ("planned 10 hours", "planned 10.0001 hours"),
    ("  planned 10 hours\n", ""),
    ("planned 12 months", "planned 13 months"),
    ("  planned 12 months\n", ""),
    ("  attendance in whole %\n", ""),
    ("deposit     \"Acompte\"", "installment \"Acompte\""),
    ("\"Acompte\"", "\"Acompte \u{e0}\""),
    ("100 EUR", "100.01 EUR"),
    ("on signature", "on start"),
    ("on month end", "on month end or start"),
    ("\"Mois\":     work ", "\"Mois\":     work itemised "),
    ("work on month end", "5 EUR on month end"),
    ("50 EUR", "51 EUR"),
    ("deliverable \"Rapport\" or event \"Jury\"", "event \"Jury\" or deliverable \"Rapport\""),
    ("deliverable \"Rapport\"", "deliverable \"rapport\""),
    ("deliverable \"Rapport\"", "event \"Rapport\""),
    ("deliverable \"Rapport\" or ", ""),
    ("event \"Jury\"", "event \"Jurys\""),
    ("on abandonment", "on end"),
    ("from 2 to", "from 3 to"),
    ("to 10 months", "to 11 months"),
    ("from 2 to 10 months", "from 2 to 10 weeks"),
    ("duration from 2 to 10 months and", "duration from 2 to 10 months or"),
    ("duration from 2 to 10 months and ", ""),
    ("hours < 1h20", "hours < 1h21"),
    ("hours < 1h20", "hours <= 1h20"),
    ("hours < 1h20", "hours > 1h20"),
    ("hours < 1h20", "hours >= 1h20"),
    ("hours < 1h20", "not hours < 1h20"),
    ("1h20 or attendance", "1h20 and attendance"),
    (">= 25 %", ">= 25.000000001 %"),
    ("not action \"Accueil\" done", "action \"Accueil\" done"),
    ("not action \"Accueil\" done", "not action \"Bilan\" done"),
    ("not action \"Accueil\" done", "not deliverable \"Accueil\" received"),
    ("not action \"Accueil\" done", "not event \"Accueil\" happened"),
    ("not action \"Accueil\" done", "not started"),
    ("not action \"Accueil\" done", "not signed"),
    ("not action \"Accueil\" done", "not ended"),
    ("not action \"Accueil\" done", "not abandoned"),
    (" if not action \"Accueil\" done", ""),
    (", stays open", ""),
    ("3 months after start", "4 months after start"),
    ("3 months after start", "3 weeks after start"),
    ("3 months after start", "3 months after signature"),
    ("2025-09-01", "2025-09-02"),
    ("nothing on 3", "1 EUR on 3"),
    ("  deposit     \"Acompte\":  100 EUR on signature\n", ""),
    ("  installment \"Mois\":     work on month end\n", ""),
    ("\"Reste\"", "\"Restes\""),
];

const FIXED: &str = r#"
schedule "Forfait"
  price fixed 1500 EUR
  planned 10 hours
  planned 6 months
  deposit "A": 25 % on start
  balance "B": up to 40 % on end
"#;

const FIXED_SWAPS: &[(&str, &str)] = &[
    ("1500 EUR", "1501 EUR"),
    ("1500 EUR", "1500 TND"),
    ("fixed 1500 EUR", "hourly 150 EUR"),
    ("25 %", "25.5 %"),
    ("25 %", "pro rata attendance"),
    ("25 %", "pro rata duration"),
    ("25 %", "375 EUR"),
    ("up to 40 %", "40 %"),
    ("up to 40 %", "up to 41 %"),
    ("up to 40 %", "remainder"),
    ("up to 40 %", "nothing"),
];

const HOURLY: &str = r#"
schedule "Heures"
  price hourly 70 EUR, at least 3 hours, at most 24 hours
  planned 10 hours
  balance "B": work on end
"#;

const HOURLY_SWAPS: &[(&str, &str)] = &[
    ("70 EUR", "71 EUR"),
    ("at least 3", "at least 4"),
    (", at least 3 hours", ""),
    ("at most 24", "at most 25"),
    (", at most 24 hours", ""),
    ("planned 10", "planned 11"),
    ("work", "work itemised"),
];

#[test]
fn any_change_of_billing_changes_the_hash() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut see = |source: String| {
        if let Some(same) = seen.insert(only(&source), source.clone()) {
            panic!("the same hash:\n{same}\n{source}");
        }
    };
    let bases = [(WHOLE, SWAPS), (FIXED, FIXED_SWAPS), (HOURLY, HOURLY_SWAPS)];
    for (base, swaps) in bases {
        see(base.to_owned());
        swaps.iter().for_each(|(piece, other)| see(with(base, piece, other)));
    }
    see(WHOLE.replace("EUR", "USD"));
    // Two balances that change places: only the first would fire. Two installments: they stand in
    // another order on an invoice.
    for label in ["\"Sortie\"", "\"Mois\""] {
        let lines: Vec<&str> = WHOLE.split_inclusive('\n').collect();
        let place = lines.iter().position(|line| line.contains(label)).unwrap();
        let mut swapped = lines.clone();
        swapped.swap(place, place + 1);
        see(swapped.concat());
    }
}

/// Every number, every name and every line of the schedules of the guide, one at a time.
#[test]
fn any_number_name_or_line_changed_changes_the_hash() {
    let (mut changed, mut refused) = (0, 0);
    for (name, source) in &teo() {
        let end = source.find("\nscenario ").or(source.find("\nscénario ")).unwrap();
        // Alone, without scenarios and remarks: what is left is all part of billing.
        let kept = |line: &&str| {
            let line = line.trim();
            !line.is_empty()
                && !line.starts_with(['#'])
                && !line.starts_with("accepts")
                && !line.starts_with("admet")
        };
        let code = |line: &str| line.split('#').next().unwrap().trim_end().to_owned();
        let lines: Vec<String> = source[..end].lines().filter(kept).map(code).collect();
        let base = hashes(&lines.join("\n"));
        let mut look = |lines: &[String], what: &str| match compiled(&lines.join("\n")) {
            Some(hashes) => {
                assert_ne!(hashes, base, "{name}: {what} changes nothing");
                changed += 1;
            }
            None => refused += 1,
        };
        for place in 0..lines.len() {
            let mut dropped = lines.clone();
            let line = dropped.remove(place);
            look(&dropped, &format!("without `{line}`"));
            for (at, _) in line.match_indices(|c: char| c.is_ascii_digit()) {
                let digit = line.as_bytes()[at];
                let other = if digit == b'9' { '8' } else { char::from(digit + 1) };
                let mut edited = lines.clone();
                edited[place].replace_range(at..=at, &other.to_string());
                look(&edited, &format!("`{}`", edited[place]));
            }
            for (at, _) in line.match_indices('"').step_by(2) {
                // The same name elsewhere goes with it, or the schedule has an error.
                let quoted = line[at + 1..].split('"').next().unwrap();
                let old = format!("\"{quoted}\"");
                let edited: Vec<String> = lines
                    .iter()
                    .map(|line| line.replace(&old, &format!("\"{quoted} x\"")))
                    .collect();
                look(&edited, &format!("`{quoted}` renamed"));
            }
        }
    }
    assert!(changed > 400 && refused < changed / 2, "{changed} changed, {refused} refused");
}
