//! Cases of four schedules, always the same: eight to thirty events each, with a realistic mix.

use jalon::money::Hours;
use jalon::{Date, Event, EventKind};

/// The schedules, as they stand in `schedules/`.
pub const SCHEDULES: [(&str, &str); 4] = [
    ("parcours", include_str!("../../schedules/teo/parcours-emploi-sante.jalon")),
    ("vae", include_str!("../../schedules/teo/vae-totalite.jalon")),
    ("amorce", include_str!("../../schedules/teo/amorce-de-parcours.jalon")),
    ("cpf", include_str!("../../schedules/teo/cpf-assiduite.jalon")),
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
    let opened = EventKind::Opened {
        schedule: schedule.to_owned(),
        planned_hours: None,
        planned_months: None,
    };
    push(skip(&mut dice, 3), opened);
    push(skip(&mut dice, 10), EventKind::Signature);
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
        0 => push(date, EventKind::Abandonment),
        1 => push(date, EventKind::End),
        _ => push(date, action(actions.len() - 1, 4)),
    }
    events
}

/// Event lines of so many cases of all four schedules, interleaved over `window` cases at a time.
pub fn ndjson(cases: usize, window: usize, names: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < cases {
        let mut open: Vec<_> = (start..(start + window).min(cases))
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
                break;
            }
        }
        start += window;
    }
    out
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
