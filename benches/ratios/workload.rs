//! Cases of four schedules, always the same: eight to thirty events each, with a realistic mix.

use jalon::model::Milestone;
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::{Date, Event, EventKind, Plan};
use std::io::Write;
use std::path::PathBuf;

/// The schedules, as they stand in `schedules/`.
pub const SCHEDULES: [(&str, &str); 4] = [
    ("parcours", include_str!("../../schedules/teo/parcours-emploi-sante.jalon")),
    ("vae", include_str!("../../schedules/teo/vae-totalite.jalon")),
    ("amorce", include_str!("../../schedules/teo/amorce-de-parcours.jalon")),
    ("cpf", include_str!("../../schedules/teo/cpf-assiduite.jalon")),
];

/// Their files.
pub const FILES: [&str; 4] = [
    "schedules/teo/parcours-emploi-sante.jalon",
    "schedules/teo/vae-totalite.jalon",
    "schedules/teo/amorce-de-parcours.jalon",
    "schedules/teo/cpf-assiduite.jalon",
];

/// The actions of each schedule: first those of every day, then the one with which cases end.
pub const ACTIONS: [&[&str]; 4] = [
    &[
        "Premier rendez-vous",
        "Entretien de suivi",
        "Atelier",
        "Entretien Diag de clôture",
        "Entretien Bilan Final",
    ],
    &[
        "Entretien étude de projet",
        "Entretien faisabilité",
        "Accompagnement individuel Acc VAE",
        "Accompagnement collectif Acc VAE",
        "Entretien complémentaire Acc VAE",
        "Entretien post jury (fin faisabilité)",
        "Entretien de Jury (action de fin)",
    ],
    &[
        "Entretien d'information",
        "Présence en centre",
        "Présence en stage",
        "Foad",
        "Rendez-vous individuel",
        "Bilan intermédiaire",
        "Bilan",
    ],
    &["Formation", "Entretien"],
];

/// The day up to which cases are billed.
pub fn as_of() -> Date {
    Date::parse("2027-12-31").expect("a date")
}

/// Numbers that look random and are always the same.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `most`.
    pub fn roll(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }
}

/// The events of one case of a schedule, in order.
pub fn case(which: usize, number: usize, schedule: &str) -> Vec<Event> {
    let mut dice = Dice::new((number * 4 + which + 1) as u64);
    let name = format!("D-{number:07}");
    let mut day = Date::parse("2025-01-01").expect("a date");
    let mut skip = |dice: &mut Dice, most: u64| {
        for _ in 0..dice.roll(most) {
            day = day.next();
        }
        day
    };
    skip(&mut dice, 360);
    let mut events = Vec::new();
    let mut push = |date: Date, kind: EventKind| {
        let id = Some(format!("ev-{number}-{}", events.len()));
        events.push(Event { case: name.clone(), date, id, kind });
    };
    let opened =
        EventKind::Opened { schedule: schedule.to_owned(), planned: PlannedTerms::default() };
    push(skip(&mut dice, 3), opened);
    push(skip(&mut dice, 10), EventKind::Milestone(Milestone::Signature));
    let actions = ACTIONS[which];
    let action = |place: usize, hours: u64| EventKind::Action {
        name: actions[place].to_owned(),
        hours: Some(Hours(hours as i64 * 7_500)),
    };
    let daily = (actions.len() - 1).clamp(1, 5);
    let sessions = 5 + dice.roll(22);
    for session in 0..sessions {
        let place = dice.roll(daily as u64) as usize;
        // The last of the daily actions of the first schedule closes the case: it comes late.
        let place = if which == 0 && place == 3 && session + 2 < sessions {
            1
        } else {
            place.min(daily - 1)
        };
        let longest = if which == 3 { 4 } else { 14 };
        push(skip(&mut dice, 14), action(place, 1 + dice.roll(longest)));
    }
    let date = skip(&mut dice, 30);
    match dice.roll(4) {
        0 => push(date, EventKind::Milestone(Milestone::Abandonment)),
        1 => push(date, EventKind::Milestone(Milestone::End)),
        _ => push(date, action(actions.len() - 1, 4)),
    }
    events
}

/// Event lines of so many cases of all four schedules, interleaved over `at_once` cases at a time.
pub fn ndjson(cases: usize, at_once: usize, names: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    for start in (0..cases).step_by(at_once) {
        out.append(&mut window(start, (start + at_once).min(cases), names));
    }
    out
}

/// Event lines of so many cases, in random order: only those of each case keep theirs.
pub fn shuffled(cases: usize, names: &[String]) -> Vec<u8> {
    let lines = ndjson(cases, 1, names);
    let (mut starts, mut begins, mut order) = (vec![0], Vec::new(), Vec::new());
    for number in 0..cases {
        begins.push(starts.len() - 1);
        for _ in case(number % 4, number, &names[number % 4]) {
            let start = starts[starts.len() - 1];
            let length = memchr::memchr(b'\n', &lines[start..]).expect("a line") + 1;
            starts.push(start + length);
            order.push(number as u32);
        }
    }
    let mut dice = Dice::new(1);
    for place in (1..order.len()).rev() {
        order.swap(place, dice.roll(place as u64 + 1) as usize);
    }
    let mut out = Vec::with_capacity(lines.len());
    for number in order {
        let next = &mut begins[number as usize];
        out.extend_from_slice(&lines[starts[*next]..starts[*next + 1]]);
        *next += 1;
    }
    out
}

/// The event lines of these cases, interleaved.
fn window(start: usize, end: usize, names: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut open: Vec<_> = (start..end)
        .map(|number| case(number % 4, number, &names[number % 4]).into_iter())
        .collect();
    loop {
        let before = out.len();
        for events in &mut open {
            if let Some(event) = events.next() {
                write_event(&mut out, &event);
            }
        }
        if out.len() == before {
            return out;
        }
    }
}

/// As a host writes it: hours as a JSON number.
pub fn write_event(out: &mut Vec<u8>, event: &Event) {
    let json = serde_json::to_string(event).expect("JSON");
    let json = match json.split_once("\"hours\":\"") {
        None => json,
        Some((before, after)) => {
            let (hours, rest) = after.split_once('"').expect("a quote");
            format!("{before}\"hours\":{hours}{rest}")
        }
    };
    out.extend_from_slice(json.as_bytes());
    out.push(b'\n');
}

/// A folder that goes when this goes.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        let folder = std::env::temp_dir().join(format!("jalon-ratios-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the folder goes");
    }
}

/// The names of the schedules.
pub fn names(plans: &[&Plan]) -> Vec<String> {
    plans.iter().map(|plan| plan.schedule.name.clone()).collect()
}

/// So many cases, interleaved, of so many events each, on the schedule `amorce`: the first opens the
/// case, the others are a day's presence each.
pub fn uniform(cases: usize, events: usize, names: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    for event in 0..events {
        for case in 0..cases {
            uniform_event(&mut out, case, event, &names[2]);
        }
    }
    out
}

fn uniform_event(out: &mut Vec<u8>, case: usize, event: usize, schedule: &str) {
    let written = match event {
        0 => writeln!(
            out,
            "{{\"case\":\"D-{case:07}\",\"date\":\"2025-01-01\",\"kind\":\"opened\",\"schedule\":\"{schedule}\"}}"
        ),
        _ => {
            let (month, day) = (event / 28 % 12 + 1, event % 28 + 1);
            writeln!(
                out,
                "{{\"case\":\"D-{case:07}\",\"date\":\"2025-{month:02}-{day:02}\",\"kind\":\"action\",\"name\":\"Présence en centre\",\"hours\":3.5,\"id\":\"ev-{event}\"}}"
            )
        }
    };
    written.expect("memory");
}

/// An event of a case as a file holds it, with an id of twelve characters or without.
pub fn plain_event(out: &mut Vec<u8>, case: usize, event: usize, id: bool) {
    let day = event % 28 + 1;
    let written = write!(
        out,
        "{{\"case\":\"D-{case:08}\",\"date\":\"2025-01-{day:02}\",\"kind\":\"action\",\"name\":\"Atelier\",\"hours\":1.5"
    );
    written.expect("memory");
    if id {
        write!(out, ",\"id\":\"e{case:08}-{event:02}\"").expect("memory");
    }
    out.extend_from_slice(b"}\n");
}

/// So many actions of one hour, one a day.
pub fn steps(count: usize) -> Vec<Event> {
    let mut date = Date::parse("2025-01-01").expect("a date");
    let step = |_| {
        date = date.next();
        let kind = EventKind::Action { name: "A".to_owned(), hours: Some(Hours::ONE) };
        Event { case: "D".to_owned(), date, id: None, kind }
    };
    (0..count).map(step).collect()
}

/// Writes an event file to standard output.
pub fn generate(arguments: &[&str]) {
    let random = arguments.contains(&"random");
    let numbers: Vec<usize> = arguments.iter().filter_map(|text| text.parse().ok()).collect();
    let names: Vec<String> = SCHEDULES
        .iter()
        .map(|(name, source)| jalon::compile(name, source).expect("a sound schedule"))
        .map(|compiled| compiled.schedules[0].schedule.name.clone())
        .collect();
    let mut out = std::io::stdout().lock();
    match numbers.as_slice() {
        [cases] if random => {
            out.write_all(&shuffled(*cases, &names)).expect("the file takes it");
        }
        [cases] => {
            for start in (0..*cases).step_by(10_000) {
                let written = window(start, (start + 10_000).min(*cases), &names);
                out.write_all(&written).expect("the file takes it");
            }
        }
        [cases, events] => {
            let mut written = Vec::new();
            for event in 0..*events {
                for case in 0..*cases {
                    uniform_event(&mut written, case, event, &names[2]);
                    if written.len() > 1 << 16 {
                        out.write_all(&written).expect("the file takes it");
                        written.clear();
                    }
                }
            }
            out.write_all(&written).expect("the file takes it");
        }
        _ => panic!("generate CASES [EVENTS | random]"),
    }
}
