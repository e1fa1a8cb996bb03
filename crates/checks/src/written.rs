//! Schedules made up by the generator, in either vocabulary and in any spelling: they are sound, and
//! stay what they are however they are laid out or translated.

use super::layout;
use reference::rng::Rng;
use reference::rules::Schedule;
use reference::write::{Language, source};
use reference::{generate, write_events};

/// Schedules that the choices give.
pub fn written(rng: &mut Rng) {
    let mut schedules: Vec<Schedule> = Vec::new();
    for place in 0..1 + rng.weighted(&[70, 20, 10]) {
        let mut schedule = generate::schedule(rng);
        schedule.name = format!("{} {place}", schedule.name);
        schedules.push(schedule);
    }
    let plain = source(&schedules, Language::English, None);
    let plain_meaning = layout::meaning(sound(&plain));
    for language in [Language::English, Language::French] {
        let spelt = source(&schedules, language, Some(rng.clone()));
        assert_eq!(plain_meaning, layout::meaning(sound(&spelt)), "{plain}\n{spelt}");
        layout::layout(&spelt);
        super::source::source(spelt.as_bytes());
    }
    let case = generate::case(rng, &schedules[0]);
    for line in write_events::events(&case, None) {
        assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{line}");
    }
}

fn sound(text: &str) -> jalon::Compiled {
    match jalon::compile("generated.jalon", text) {
        Ok(compiled) => compiled,
        Err(report) => panic!("{:#?}\n{text}", report.diagnostics),
    }
}
