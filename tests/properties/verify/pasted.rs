//! Lines that help proposes, pasted: the file checks, what was found is gone, and no balance gets in
//! another one's way.

use super::shown::{Referee, Shown};
use super::sound_schedules;
use crate::generated::histories::{Grid, history};
use crate::generated::schedules::Random;
use crate::{from_environment, sample, spread};
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::verify::{self, Finding, Key, Options, Property, Verification};
use jalon::{Code, Lang, Plan, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn plan(source: &str) -> Plan {
    let compiled = compile("a.jalon", source)
        .unwrap_or_else(|report| panic!("{source}\n{:?}", report.diagnostics));
    compiled.schedules.into_iter().next().expect("a schedule")
}

fn errors(of: &Verification) -> Vec<Key> {
    let keys = of.findings.iter().map(|finding| finding.key);
    keys.filter(|key| [Property::Overlap, Property::DeadLine].contains(&key.property())).collect()
}

/// Pastes the line of each help on its own. Answers how many there were, and in how many cases they
/// changed a bill.
fn paste_each(source: &str, lang: Lang) -> (usize, usize) {
    let plan = plan(source);
    let before = verify::verify(&plan, &Options::default());
    let (mut pasted, mut changed) = (0, 0);
    for finding in &before.findings {
        let said = verify::say(&plan, finding, before.total, lang);
        let Some((at, line)) = said.insert else { continue };
        assert!(said.help.contains(line.trim()), "{}", said.help);
        let mut text = source.to_owned();
        text.insert_str(at.end as usize, &line);
        judge(&text, &before, finding);
        warns_of_nothing_new(source, &text, &said.help);
        changed += changes_only_what_was_wrong(&plan, &text, &[finding.property()]);
        pasted += 1;
    }
    (pasted, changed)
}

/// What `check` warns of in a file, and how often.
fn warned(source: &str) -> BTreeMap<Code, usize> {
    let mut compiled = compile("a.jalon", source).expect("it is sound");
    compiled.warn_of_cases();
    let mut codes = BTreeMap::new();
    for warning in compiled.warnings.diagnostics {
        *codes.entry(warning.code).or_insert(0) += 1;
    }
    codes
}

/// A line that is offered leads to no other warning: following one finding raises no other one. That a deposit is
/// given back is said with the line.
fn warns_of_nothing_new(source: &str, text: &str, help: &str) {
    let before = warned(source);
    for (code, count) in warned(text) {
        let is_nothing = help.contains(": nothing on") || help.contains(": rien à");
        let said = code == Code::DepositGivenBack && is_nothing;
        // What is offered is in the words of its reader.
        let said = said || code == Code::MixedVocabularies;
        // A sum that is what an action is worth may be that action or not: its author is asked once work is billed as well.
        let said = said || code == Code::BillsTwice;
        let known = before.get(&code).copied().unwrap_or(0);
        assert!(said || count <= known, "{code:?} {count} > {known}\n{help}\n{text}");
    }
}

/// Random histories on a schedule and on the one with the line, by the naive reference: what is
/// billed otherwise, net by day, did what was found, and does it no more. Answers how many there were.
fn changes_only_what_was_wrong(before: &Plan, text: &str, properties: &[Property]) -> usize {
    let after = plan(text);
    let hours = before.schedule.planned_hours.or(Hours::read("10").ok());
    let terms = PlannedTerms { hours, months: before.schedule.planned_months.or(Some(6)) };
    let referees = [Referee::new(before, terms), Referee::new(&after, terms)];
    let grid = Grid::of(before).and(Grid::of(&after));
    let seed = u64::try_from(text.len()).expect("small");
    let mut random = Random::new(seed.wrapping_mul(7_919) + 1);
    let mut changed = 0;
    for _ in 0..from_environment("JALON_PASTED_HISTORIES", 400) {
        let events = history(&mut random, &grid);
        let [Some(was), Some(is)] = referees.each_ref().map(|one| one.judge(&events)) else {
            continue;
        };
        if was.days == is.days {
            continue;
        }
        changed += 1;
        let does = |shown: &Shown, property: &Property| match property {
            Property::Leak | Property::Gap | Property::NeverStarted => shown.leaks,
            other => shown.properties.contains(other),
        };
        let what = format!("{properties:?}\n{text}\n{events:?}\n{:?}\n{:?}", was.days, is.days);
        let mut did = properties.iter().filter(|property| does(&was, property)).peekable();
        assert!(did.peek().is_some(), "the bill of a case that was right has changed: {what}");
        assert!(did.all(|property| !does(&is, property)), "it is still there: {what}");
    }
    changed
}

fn judge(text: &str, before: &Verification, finding: &Finding) {
    let only = vec![finding.property(), Property::Overlap, Property::DeadLine, Property::Credit];
    let after = verify::verify(&plan(text), &Options { only, ..Options::default() });
    let still = after.findings.iter().any(|known| known.key == finding.key);
    assert!(!still, "{:?} is still there\n{text}", finding.key);
    let known = errors(before);
    let new: Vec<Key> = errors(&after).into_iter().filter(|key| !known.contains(key)).collect();
    assert!(new.is_empty(), "{new:?} for {:?}\n{text}", finding.key);
    if let Key::StrandedDeposit(..) = finding.key {
        let credits = |of: &Verification| {
            of.findings.iter().filter(|known| known.property() == Property::Credit).count()
        };
        assert!(credits(&after) <= credits(before), "gives something back\n{text}");
    }
}

/// What leaves a case open when it is over.
const LEFT_OPEN: [Property; 3] = [Property::Leak, Property::Gap, Property::NeverStarted];

/// Pastes all lines that are shown for a schedule at once, but those that say that they stand instead of others. Answers how
/// many there were, where there were several, and what is found then.
fn paste_all(source: &str, lang: Lang) -> Option<(usize, Vec<Key>)> {
    let before = plan(source);
    let verified = verify::verify(&before, &Options::default());
    let said = verify::say_all(&before, &verified.findings, verified.total, lang);
    let answered = said.iter().filter(|(_, said)| {
        let known = said.help.contains(", proposed for ") || said.help.contains(", proposé");
        said.insert.is_some() && !said.is_instead || known && said.insert.is_none()
    });
    let answered: Vec<&Finding> = answered.map(|(finding, _)| *finding).collect();
    let lines = said.iter().filter(|(_, said)| !said.is_instead);
    let inserts: Vec<_> = lines.filter_map(|(_, said)| said.insert.as_ref()).collect();
    if inserts.len() < 2 {
        return None;
    }
    let mut text = source.to_owned();
    for (at, line) in inserts.iter().rev() {
        text.insert_str(at.end as usize, line);
    }
    let after = verify::verify(&plan(&text), &Options::default());
    let left: Vec<Key> = after.findings.iter().map(|found| found.key).collect();
    for finding in &answered {
        assert!(!left.contains(&finding.key), "{:?} is still there\n{text}", finding.key);
    }
    let known = errors(&verified);
    let new: Vec<Key> = errors(&after).into_iter().filter(|key| !known.contains(key)).collect();
    assert!(new.is_empty(), "{new:?}\n{text}");
    let was: Vec<Key> = verified.findings.iter().map(|found| found.key).collect();
    let is_new = |key: &&Key| LEFT_OPEN.contains(&key.property()) && !was.contains(key);
    let open: Vec<&Key> = left.iter().filter(is_new).collect();
    assert!(open.is_empty(), "{open:?}\n{text}");
    let helps: Vec<&str> = said.iter().map(|(_, said)| said.help.as_str()).collect();
    warns_of_nothing_new(source, &text, &helps.join("\n"));
    let properties: Vec<Property> = answered.iter().map(|finding| finding.property()).collect();
    changes_only_what_was_wrong(&before, &text, &properties);
    Some((inserts.len(), left))
}

/// All lines that are shown for a schedule leave nothing open.
fn paste_together(source: &str, lang: Lang) {
    let (_, left) = paste_all(source, lang).unwrap_or_else(|| panic!("few lines\n{source}"));
    let open = [&LEFT_OPEN[..], &[Property::UnbilledWork]].concat();
    assert!(!left.iter().any(|key| open.contains(&key.property())), "{source}\n{left:?}");
}

#[test]
fn lines_for_several_findings_stand_together() {
    let windows = [
        "duration >= 4 months and duration <= 6 months",
        "duration >= 4 months and duration <= 4 months",
        "duration < 4 months",
        // What two gaps are told apart by is long.
        "attendance < 112345.333333 % or attendance >= 223456.444444 % and attendance <= 334567.666666 % or attendance > 445678.777777 %",
    ];
    for window in windows {
        let source = format!(
            "schedule \"A\"\n  price fixed 1000 EUR\n  planned 1 hour\n  balance \"B\": 100 % on end\n  balance \"L\": up to 30 % on abandonment if {window}\n"
        );
        paste_together(&source, Lang::En);
    }
}

/// Where the price is that of work, no line that is offered gives work away that another one bills.
#[test]
fn lines_for_work_bill_it() {
    let prices = ["hourly 70 EUR", "per action, in EUR\n    action \"Visit\" flat 100"];
    let conditions = ["duration < 4 months", "duration from 2 months to under 4 months"];
    for (price, condition) in prices.iter().flat_map(|price| conditions.map(|of| (price, of))) {
        for work in ["work", "work itemised"] {
            let source = format!(
                "schedule \"A\"\n  price {price}\n  balance \"B\": {work} on end\n  balance \"L\": {work} on abandonment if {condition}\n"
            );
            paste_together(&source, Lang::En);
            paste_together(&source, Lang::Fr);
            let source = source.replace("on abandonment", "on end").replacen(
                "on end",
                "on event \"Done\"",
                1,
            );
            paste_each(&source, Lang::En);
        }
    }
}

#[test]
fn lines_for_random_schedules_mend_what_was_found() {
    let count = from_environment("JALON_VERIFY_SCHEDULES", sample(30));
    let sources = sound_schedules(count).map(|(source, _, _)| source);
    let counts = spread(sources, |source| paste_each(&source, Lang::En));
    let (lines, cases): (Vec<usize>, Vec<usize>) = counts.into_iter().unzip();
    let (pasted, changed): (usize, usize) = (lines.iter().sum(), cases.iter().sum());
    println!("{pasted} lines, {changed} cases billed otherwise");
    assert!(pasted > 10 && changed > 10, "{pasted} {changed}");
}

#[test]
fn lines_for_random_schedules_stand_together() {
    let count = from_environment("JALON_VERIFY_SCHEDULES", sample(30));
    let sources = sound_schedules(count).map(|(source, _, _)| source);
    let counts = spread(sources, |source| paste_all(&source, Lang::En));
    let counts: Vec<usize> = counts.into_iter().flatten().map(|(lines, _)| lines).collect();
    println!("{} lines in {} schedules", counts.iter().sum::<usize>(), counts.len());
    assert!(counts.len() > 3, "{counts:?}");
}

#[test]
fn lines_for_the_guides_schedules_mend_what_was_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut pasted = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let source = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file");
        let meant = |line: &&str| {
            let line = line.trim_start();
            !line.starts_with("admet ") && !line.starts_with("accepts ")
        };
        let bare: Vec<&str> = source.lines().filter(meant).collect();
        let scenario = |line: &&str| line.starts_with("scénario") || line.starts_with("scenario");
        let end = bare.iter().position(scenario).unwrap_or(bare.len());
        let bare = bare.get(..end).expect("some lines").join("\n");
        pasted += paste_each(&format!("{bare}\n"), Lang::Fr).0;
    }
    assert!(pasted > 5, "{pasted}");
}

fn helps(source: &str, property: Property) -> Vec<(String, bool)> {
    let plan = plan(source);
    let verification = verify::verify(&plan, &Options::default());
    paste_each(source, Lang::En);
    let found = verification.findings.iter().filter(|finding| finding.property() == property);
    let said = found.map(|finding| verify::say(&plan, finding, verification.total, Lang::En));
    said.map(|said| (said.help, said.insert.is_some())).collect()
}

#[test]
fn bounds_are_those_of_the_lines() {
    let windows = [
        ("hours < 5 hours", "hours > 5 hours", "hours >= 5 hours and hours <= 5 hours"),
        ("hours <= 5.25 hours", "hours > 6 hours", "hours > 5.25 hours and hours <= 6 hours"),
        (
            "attendance <= 49.5 %",
            "attendance > 49.6 %",
            "attendance > 49.5 % and attendance <= 49.6 %",
        ),
        ("attendance < 50 %", "hours > 6 hours", "attendance >= 50 % and hours <= 6 hours"),
        (
            "duration <= 4 months",
            "duration > 6 months",
            "duration > 4 months and duration <= 6 months",
        ),
    ];
    for (low, high, missing) in windows {
        let source = format!(
            "schedule \"A\"\n  price fixed 800 EUR\n  planned 10 hours\n  balance \"Low\": 50 % on end if {low}\n  balance \"High\": 100 % on end if {high}\n  balance \"Gone\": nothing on abandonment\n"
        );
        let helps = helps(&source, Property::Gap);
        let wanted = format!("add `balance \"End, {missing}\": nothing on end if {missing}`");
        assert!(matches!(&*helps, [(help, true)] if help.starts_with(&wanted)), "{helps:?}");
    }
}

#[test]
fn a_line_that_keeps_a_deposit_gives_nothing_else_back() {
    let start = "schedule \"Keep\"\n  price fixed 1500 EUR\n  deposit \"Deposit\": 25 % on start\n";
    let end = "  balance \"Balance\": remainder on end\n";
    let alone = helps(&format!("{start}{end}"), Property::StrandedDeposit);
    let wanted = "add `balance \"Abandonment, keeps Deposit\": up to 25 % on abandonment if started`, which keeps it";
    assert!(matches!(&*alone, [(help, true)] if help.starts_with(wanted)), "{alone:?}");
    // Where nothing can ask whether it has come due, no line is offered.
    let later = start.replace("on start", "on 1 month after start");
    let later = helps(&format!("{later}{end}"), Property::StrandedDeposit);
    assert!(matches!(&*later, [(_, false)]), "{later:?}");
    let month = "  installment \"First month\": 10 % on 1 month after start\n";
    let beside = helps(&format!("{start}{month}{end}"), Property::StrandedDeposit);
    assert!(matches!(&*beside, [(_, false)]), "{beside:?}");
    let early = "  balance \"Early\": 50 % on abandonment if duration < 4 months\n";
    let windows = helps(&format!("{start}{end}{early}"), Property::StrandedDeposit);
    assert!(
        matches!(&*windows, [(help, true)] if help.contains("if started and duration >= 4 months`")),
        "{windows:?}"
    );
}

/// Lines that stand instead of each other, as a balance that gives a deposit back and the one that keeps it, or what a leak
/// and work that is left are offered: no two that differ have one label.
#[test]
fn no_two_lines_that_are_offered_have_one_label() {
    let lines = [
        "price fixed 1500 EUR\n  deposit \"One\": 25 % on start\n  balance \"Balance\": remainder on end",
        "price hourly 70 EUR\n  balance \"Balance\": work on end if duration >= 2 months",
        "price hourly 70 EUR\n  balance \"Late\": work on 2 months after signature",
        "price hourly 70 EUR\n  deposit \"One\": 50 EUR on start\n  balance \"Late\": work on 2 months after signature",
    ];
    for lines in lines {
        let offered = offered(&format!("schedule \"Keep\"\n  {lines}\n"));
        let distinct: BTreeSet<&str> = offered.iter().map(|(_, line)| line.as_str()).collect();
        let labels: BTreeSet<&str> =
            distinct.iter().filter_map(|line| line.split('"').nth(1)).collect();
        assert!(labels.len() > 1 && distinct.len() == labels.len(), "{offered:?}");
    }
}

/// The lines that are offered for a schedule, by property.
fn offered(source: &str) -> Vec<(Property, String)> {
    let plan = plan(source);
    let verification = verify::verify(&plan, &Options::default());
    paste_each(source, Lang::En);
    let said = |finding: &Finding| {
        let said = verify::say(&plan, finding, verification.total, Lang::En);
        said.insert.map(|(_, line)| (finding.property(), line.trim().to_owned()))
    };
    verification.findings.iter().filter_map(said).collect()
}

#[test]
fn a_line_that_takes_a_bill_away_is_narrowed_or_not_offered() {
    // Who has signed and ends before the last term still owes it.
    let plan = "schedule \"Plan\"\n  price fixed 600 EUR\n\
        installment \"First\": 300 EUR on signature\n\
        balance \"Second\": 300 EUR on 2 months after signature\n";
    let lines = offered(plan);
    let leak = |line: &str| (Property::Leak, line.to_owned());
    assert!(
        lines.contains(&leak("balance \"End, not signed\": nothing on end if not signed")),
        "{lines:?}"
    );
    let left = "balance \"Abandonment, not signed\": nothing on abandonment if not signed";
    assert!(lines.contains(&leak(left)), "{lines:?}");
    // The certificate may come after the end, and settles the case.
    let certificate = "schedule \"Certificate\"\n  price fixed 8000 EUR\n\
        deposit \"Start\": 40 % on start\n\
        deposit \"Middle\": 30 % on 4 months after start\n\
        balance \"Certificate\": 100 % on 12 months after start\n\
        balance \"Left\": pro rata duration on abandonment\n  planned 12 months\n";
    for (property, line) in offered(certificate) {
        assert!(!line.contains(" on end") || line.contains("not started"), "{property:?} {line}");
    }
}

/// The helps for a property.
fn told(lines: &str, property: Property) -> Vec<String> {
    let source = format!("schedule \"S\"\n  price fixed 1000 EUR\n{lines}");
    helps(&source, property).into_iter().map(|(help, _)| help).collect()
}

#[test]
fn a_change_is_recommended_only_where_it_mends() {
    let all = "balance \"All\": 100 % on end\nbalance \"Left\": nothing on abandonment\n";
    let part = format!("installment \"Part\": 25 % on start\n{all}");
    let over = told(&part, Property::Overbilling);
    assert!(matches!(&*over, [help] if help.starts_with("bill `remainder` on `All`;")), "{over:?}");
    // The last line bills the remainder already; a sum that is no whole price may be meant.
    let rest = "installment \"A\": 1200 EUR on start\nbalance \"End\": 10 EUR on end\n";
    let over = told(rest, Property::Overbilling);
    assert!(matches!(&*over, [help] if help.starts_with("decide which of ")), "{over:?}");
    let under = told("balance \"Half\": 50 % on end\n", Property::Underbilling);
    assert!(matches!(&*under, [help] if help.starts_with("bill `remainder` on")), "{under:?}");
    // Who said that nothing is due is not told that all is.
    let under = told("balance \"Free\": nothing on end\n", Property::Underbilling);
    assert!(matches!(&*under, [help] if help.starts_with("decide whether")), "{under:?}");
    let late = format!("installment \"Late\": 10 % on 3 months after start\n{all}");
    let late = late
        .replace("balance \"Left\"", "installment \"Left\"")
        .replace("nothing on a", "10 EUR on a");
    let after = told(&late, Property::AfterTerminal);
    let ends = "add the condition `not ended and not abandoned` to the line";
    assert!(matches!(&*after, [help] if help.ends_with(ends)), "{after:?}");
    // What gives money back is named: a deposit only where there is one.
    let stages = "balance \"A\": up to 35 % on event \"A\", stays open\n\
        balance \"B\": up to 70 % on event \"B\", stays open\n";
    let credit = told(stages, Property::Credit);
    let says = |help: &String| help.contains("`A` gives back") && !help.contains("deposit");
    assert!(matches!(&*credit, [help] if says(help)), "{credit:?}");
    let deposit = "deposit \"D\": 25 % on start\nbalance \"Left\": nothing on abandonment\n";
    let credit = told(deposit, Property::Credit);
    assert!(matches!(&*credit, [help] if help.contains("the deposits")), "{credit:?}");
}

/// A deposit on signature, and a case that never starts: the line that keeps its deposit says so, and is not told to hold
/// before the start by accident.
#[test]
fn a_line_for_cases_that_never_start_says_so() {
    let begin =
        "schedule \"Keep\"\n  price fixed 1500 EUR\n  deposit \"Deposit\": 25 % on signature\n";
    let end = "  balance \"Balance\": remainder on end\n";
    let early = "  balance \"Early\": up to 40 % on abandonment if duration < 4 months\n";
    let late = "  balance \"Late\": up to 80 % on abandonment if duration >= 4 months\n";
    let window = early.replace("duration < 4 months", "duration from 2 to under 4 months");
    let wanted = [
        (format!("{early}{late}"), "if signed and not started`"),
        (early.to_owned(), "if signed and (not started or duration >= 4 months)`"),
        (late.to_owned(), "if signed and (not started or duration < 4 months)`"),
        (window, "if signed and (not started or duration < 2 months or duration >= 4 months)`"),
    ];
    for (lines, wanted) in wanted {
        let source = format!("{begin}{end}{lines}");
        let helps = helps(&source, Property::StrandedDeposit);
        let offered = format!("up to 25 % on abandonment {wanted}");
        assert!(matches!(&*helps, [(help, true)] if help.contains(&offered)), "{helps:?}\n{lines}");
    }
}
