//! Whole programs from start to end, in processor time, as the system counts it for programs that have ended.

use super::rounds::{Rounds, row};
use super::workload::{self, Folder};
use jalon::Plan;
use jalon::model::Milestone;
use jalon::money::Hours;
use jalon::{Date, Event, EventKind};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// The program, in the folder of the package.
pub fn jalon(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// What it writes; it has to end well.
pub fn output(arguments: &[&str]) -> Vec<u8> {
    let output = jalon(arguments).stderr(Stdio::null()).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}");
    output.stdout
}

/// The processor time of programs that have ended, in seconds: the system gives it in hundredths.
fn of_ended() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = status.rsplit_once(") ").expect("a name in brackets");
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |place: usize| fields[place].parse::<f64>().expect("a number");
    (ticks(13) + ticks(14)) / 100.0
}

/// What one run takes, of so many.
fn spent(arguments: &[&str], times: u32) -> f64 {
    let before = of_ended();
    for _ in 0..times {
        let status = jalon(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.expect("it runs").success(), "{arguments:?}");
    }
    (of_ended() - before) / f64::from(times)
}

/// Two calls in turns.
pub fn pairs(rounds: usize, times: u32, own: &[&str], other: &[&str]) -> Rounds {
    Rounds::of_programs(rounds, || [spent(own, times), spent(other, times)])
}

/// Cold start, proofs, grouped files, issued lines, forecasts, many lines out.
pub fn programs(plans: &[&Plan], cases: usize) {
    let folder = Folder::new();
    start(&folder);
    verify();
    from_files(&folder, plans, cases);
    many_lines(&folder, cases);
}

pub fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn start(folder: &Folder) {
    let file = folder.file("three.ndjson");
    let events = concat!(
        "{\"case\":\"D-1\",\"date\":\"2025-01-13\",\"kind\":\"action\",\"name\":\"Entretien individuel\",\"hours\":1.5}\n",
        "{\"case\":\"D-1\",\"date\":\"2025-01-27\",\"kind\":\"action\",\"name\":\"Atelier CV\",\"hours\":2}\n",
        "{\"case\":\"D-1\",\"date\":\"2025-02-28\",\"kind\":\"end\"}\n",
    );
    std::fs::write(&file, events).expect("room for it");
    let run = ["run", "--schedule", "schedules/teo/heures-realisees.jalon"];
    let run = [&run[..], &["--as-of", "2025-12-31", "--events", path(&file)]].concat();
    assert_eq!(output(&run).iter().filter(|byte| **byte == b'\n').count(), 2);
    let mut rounds = pairs(9, 50, &run, &["--version"]);
    let what = "`jalon run` on three events, start to end ÷ `jalon --version`";
    rounds.print(what, 1.0, "ms", 1e3, "≤ 1.5 ms · ≤ 1 ms");
}

fn verify() {
    let (verify, check) = (["verify", "schedules"], ["check", "schedules"]);
    let mut rounds = pairs(9, 20, &verify, &check);
    rounds.print("`jalon verify schedules` ÷ `jalon check schedules`", 1.0, "ms", 1e3, "");
    let verify = ["verify", "schedules/teo"];
    let mut rounds = pairs(9, 20, &verify, &["check", "schedules/teo"]);
    let what = "`jalon verify schedules/teo`, 21 files ÷ `jalon check schedules/teo`";
    rounds.print(what, 1.0, "ms", 1e3, "≤ 4 ms · ≤ 2 ms");
}

fn from_files(folder: &Folder, plans: &[&Plan], cases: usize) {
    let names = workload::names(plans);
    let files = ["grouped.ndjson", "issued.ndjson"].map(|name| folder.file(name));
    let bytes = workload::ndjson(cases, 1, &names);
    std::fs::write(&files[0], &bytes).expect("room for it");
    let with = |first: &[&'static str], as_of: &'static str| {
        let mut arguments = first.to_vec();
        arguments.push("--schedule");
        arguments.extend(workload::FILES);
        arguments.extend(["--threads", "1", "--as-of", as_of]);
        arguments
    };
    let events = ["--events", path(&files[0])];
    let run = [with(&["run"], "2027-12-31").as_slice(), &events].concat();
    let grouped = [&run[..], &["--grouped"]].concat();
    let all = output(&run);
    assert!(all == output(&grouped), "--grouped gives the same lines");
    let mut rounds = pairs(9, 1, &grouped, &run);
    let size = bytes.len() as f64 / 1e6;
    let what = format!("`jalon run --grouped` ({size:.0} MB) ÷ `jalon run`, one thread");
    rounds.print(&what, 1.0, "ms", 1e3, "");
    let medians = rounds.medians();
    let speed = |seconds: f64| format!("{:.2} GB/s", size / 1e3 / seconds);
    row("  bytes read", &speed(medians[0]), &speed(medians[1]), "", "≥ 1.0 GB/s");

    let before = [with(&["run"], "2025-12-31").as_slice(), &events].concat();
    let earlier = output(&before);
    std::fs::write(&files[1], &earlier).expect("room for it");
    let issued = [&run[..], &["--issued", path(&files[1])]].concat();
    let later = output(&issued);
    let both: BTreeSet<String> = ids(&earlier).union(&ids(&later)).cloned().collect();
    assert!(both == ids(&all), "issued lines and new ones are all lines");
    let mut rounds = pairs(9, 1, &issued, &run);
    let count = ids(&earlier).len();
    let what = format!("`jalon run --issued` ({count} lines issued) ÷ `jalon run`, one thread");
    rounds.print(&what, 1.0, "ms", 1e3, "");

    let forecast = [with(&["forecast"], "2025-06-30").as_slice(), &events].concat();
    let forecast = [&forecast[..], &["--until", "2025-12-31"]].concat();
    let foreseen = fields(&output(&forecast), "case");
    let known: BTreeSet<&String> = foreseen.iter().collect();
    assert!(
        known.len() == foreseen.len() && known.len() > cases / 2,
        "a forecast for each open case"
    );
    let mut rounds = pairs(5, 1, &forecast, &run);
    rounds.print("`jalon forecast` ÷ `jalon run`, one thread", 1.0, "ms", 1e3, "");
}

/// The ids of lines.
fn ids(lines: &[u8]) -> BTreeSet<String> {
    fields(lines, "id").into_iter().collect()
}

/// A field of each object.
fn fields(lines: &[u8], name: &str) -> Vec<String> {
    let text = std::str::from_utf8(lines).expect("UTF-8");
    let field = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value[name].as_str().expect("a text").to_owned()
    };
    text.lines().map(field).collect()
}

/// Itemised work: each action is a line, longer than its event.
fn many_lines(folder: &Folder, cases: usize) {
    let file = folder.file("itemised.ndjson");
    let (mut events, mut count, mut sum) = (Vec::new(), 0, 0);
    for number in 0..cases / 5 {
        let mut dice = workload::Dice::new(number as u64 + 1);
        let mut date = Date::parse("2025-01-01").expect("a date");
        let mut push = |date: Date, kind: EventKind, id: String| {
            let event = Event { case: format!("D-{number:07}"), date, id: Some(id), kind };
            workload::write_event(&mut events, &event);
        };
        for session in 0..8 + dice.roll(22) {
            (0..dice.roll(9)).for_each(|_| date = date.next());
            let quarters = 1 + dice.roll(14) as i64;
            let (name, hours) = ("Entretien individuel".to_owned(), Some(Hours(quarters * 7_500)));
            push(date, EventKind::Action { name, hours }, format!("ev-{number}-{session}"));
            (count, sum) = (count + 1, sum + quarters * 1_750);
        }
        push(date, EventKind::Milestone(Milestone::End), format!("ev-{number}-end"));
    }
    std::fs::write(&file, &events).expect("room for it");
    let run = ["run", "--schedule", "schedules/teo/heures-realisees.jalon", "--threads", "1"];
    let run = [&run[..], &["--as-of", "2027-12-31", "--events", path(&file)]].concat();
    let lines = output(&run);
    let amount = |line: &[u8]| {
        let line: serde_json::Value = serde_json::from_slice(line).expect("JSON");
        let amount = line["amount"].as_str().expect("an amount").replace('.', "");
        amount.parse::<i64>().expect("cents")
    };
    let billed: Vec<i64> = lines.split_inclusive(|byte| *byte == b'\n').map(amount).collect();
    assert_eq!((billed.len(), billed.iter().sum::<i64>()), (count, sum));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/ratios/json_loads.py");
    let python = || {
        let output = Command::new("python3").arg(script).arg(&file).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok()
    };
    let sizes = [events.len(), lines.len()].map(|size| size / 1_000_000);
    let what =
        format!("itemised: {} MB of events to {} MB of lines, one thread", sizes[0], sizes[1]);
    if python().is_none() {
        return row(&what, "no python3", "", "", "");
    }
    let mut rounds = Rounds::of_programs(9, || [python().expect("seconds"), spent(&run, 1)]);
    let what = format!("Python's json.loads of the events alone ÷ {what}");
    rounds.print(&what, 1.0, "ms", 1e3, "≥ 12");
}
