//! Events of the second part in a few words: in, what an event states; out, a half sentence, lower case.

use crate::lang::{Lang, plain, say};
use crate::model::{Agreement, More};

/// An event of the second part in a few words.
pub fn more_words(more: &More, lang: Lang) -> String {
    let figure = |value: i64, decimals: u32| {
        lang.digits(rust_decimal::Decimal::new(value, decimals).normalize())
    };
    match more {
        More::Opened { agreement, .. } => {
            format!("{}{}", lang.pick("opened", "ouverture"), agreed_words(agreement, lang))
        }
        More::Amendment(agreement) => {
            format!("{}{}", lang.pick("amendment", "avenant"), agreed_words(agreement, lang))
        }
        More::Action { name, hours, beside } => {
            let mut words = plain(name);
            if let Some(hours) = hours {
                words += &format!(" ({} h)", lang.digits(hours));
            }
            if let Some(quantity) = beside.quantity {
                words += &format!(" × {}", figure(quantity, 4));
            }
            if let Some(amount) = beside.amount {
                words += &format!(" ({})", figure(amount.0, 4));
            }
            words
        }
        More::Progress(percent) => {
            let percent = lang.digits(percent);
            say!(lang, "progress {percent} %", "avancement {percent} %")
        }
        More::Suspension => say!(lang, "suspension", "suspension"),
        More::Resumption => say!(lang, "resumption", "reprise"),
    }
}

/// What an opening or an amendment states, in a few words.
fn agreed_words(agreement: &Agreement, lang: Lang) -> String {
    let figure = |value: i64, decimals: u32| {
        lang.digits(rust_decimal::Decimal::new(value, decimals).normalize())
    };
    let mut words = Vec::new();
    if let Some(price) = agreement.price {
        words.push(format!("{} {}", lang.pick("price", "prix"), figure(price.0, 4)));
    }
    if let Some(rate) = agreement.rate {
        words.push(format!("{} {}", lang.pick("rate", "taux"), figure(rate.0, 6)));
    }
    if let Some(day) = agreement.planned_start {
        let day = lang.date(day);
        words.push(say!(lang, "planned start {day}", "démarrage prévu le {day}"));
    }
    if let Some(day) = agreement.planned_end {
        let day = lang.date(day);
        words.push(say!(lang, "planned end {day}", "fin prévue le {day}"));
    }
    if let Some(hours) = agreement.planned.hours {
        let hours = lang.digits(hours);
        words.push(say!(lang, "planned {hours} h", "prévu {hours} h"));
    }
    if let Some(months) = agreement.planned.months {
        words.push(say!(lang, "planned {months} months", "prévu {months} mois"));
    }
    for (payer, _) in &agreement.shares {
        words.push(plain(payer));
    }
    words.iter().map(|word| format!(", {word}")).collect()
}
