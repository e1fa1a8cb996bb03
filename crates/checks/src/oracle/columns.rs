//! What columns are called, in both languages, and what a cell below them says in the words of JSON.

use super::values::{date_of, is_digits};

/// What tools write where there is nothing.
const NOTHING: &str = "\\N NULL Null null NaN nan NaT None <NA> #N/A (null)";

/// What a cell says, in the words of JSON; none if it may not stand there.
pub(super) fn said(name: &str, cell: String, french: bool) -> Option<String> {
    const NUMBERS: &str =
        "hours minutes planned_hours planned_months price rate quantity amount percent";
    if NOTHING.split(' ').any(|word| word == cell.trim()) || cell.contains(['\n', '\r']) {
        return None;
    }
    match name {
        "kind" => {
            let typed = folded(&cell);
            let is = |(french, ours): &&(&str, &str)| folded(french) == typed || *ours == typed;
            let kinds = FRENCH_KINDS.iter().find(is);
            Some(kinds.map_or(cell, |(_, ours)| (*ours).to_owned()))
        }
        "date" | "planned_start" | "planned_end" => {
            let text = cell.trim().to_owned();
            let (date, time) = text.split_once(' ').unwrap_or((&text, "0:00"));
            let signs = ['/', '-', '.'];
            let parts: Vec<Vec<&str>> = signs.map(|by| date.split(by).collect()).into();
            let Some(parts) = parts.into_iter().find(|parts| parts.len() == 3) else {
                return Some(cell);
            };
            let year_first = parts[0].len() > 2 && !date.contains('/');
            if year_first || !parts.iter().all(|part| is_digits(part)) {
                return Some(cell);
            }
            let day = format!("{}-{}-{}", parts[2], parts[1], parts[0]);
            let midnight = ["0:00", "00:00", "0:00:00", "00:00:00"].contains(&time);
            (french && midnight && parts[0].len() == 2 && date_of(&day).is_some()).then_some(day)
        }
        _ if french && NUMBERS.split(' ').any(|number| number == name) => {
            // A point or a comma before three digits is as likely to set thousands apart, but in percentages.
            let thousands = |whole: &str, part: &str| {
                let three = is_digits(part) && part.len() == 3;
                three && whole.len() < 4 && whole != "0" && name != "percent"
            };
            if let Some((whole, part)) = cell.split_once('.')
                && is_digits(whole)
                && thousands(whole, part)
            {
                return None;
            }
            let groups_end = cell.find(',').unwrap_or(cell.len());
            let (whole, part) = cell.split_at(groups_end);
            let part = part.strip_prefix(',');
            let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
            let grouped = groups.len() > 1;
            let sound = groups.iter().all(|group| is_digits(group))
                && (!grouped
                    || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3)));
            match part {
                _ if !sound => Some(cell),
                None => Some(groups.concat()),
                Some(part) if !is_digits(part) => Some(cell),
                Some(part) if !grouped && thousands(whole, part) => None,
                Some(part) => Some(format!("{}.{part}", groups.concat())),
            }
        }
        _ => Some(cell),
    }
}

const FRENCH_KINDS: [(&str, &str); 13] = [
    ("ouverture", "opened"),
    ("signature", "signature"),
    ("démarrage", "start"),
    ("action", "action"),
    ("livrable", "deliverable"),
    ("événement", "event"),
    ("fin", "end"),
    ("abandon", "abandonment"),
    ("retrait", "void"),
    ("avenant", "amendment"),
    ("avancement", "progress"),
    ("suspension", "suspension"),
    ("reprise", "resumption"),
];

pub(super) const FRENCH_FIELDS: [(&str, &str); 19] = [
    ("dossier", "case"),
    ("date", "date"),
    ("nature", "kind"),
    ("identifiant", "id"),
    ("nom", "name"),
    ("heures", "hours"),
    ("minutes", "minutes"),
    ("échéancier", "schedule"),
    ("heures prévues", "planned_hours"),
    ("mois prévus", "planned_months"),
    ("référence", "ref"),
    ("prix", "price"),
    ("taux", "rate"),
    ("parts", "shares"),
    ("début prévu", "planned_start"),
    ("fin prévue", "planned_end"),
    ("quantité", "quantity"),
    ("montant", "amount"),
    ("pourcentage", "percent"),
];

/// In place of the field of a column that is not read.
pub(super) const REMARK: &str = "a remark";
const REMARKS: &str = "remark remarks comment comments note notes remarque remarques commentaire commentaires observation observations";

/// The field that a column of a header stands for.
pub fn field_of(name: &str) -> String {
    if REMARKS.split(' ').any(|word| word == jalon::diagnostic::fold_for_likeness(name)) {
        return REMARK.to_owned();
    }
    if FRENCH_FIELDS.iter().any(|(_, ours)| *ours == name) {
        return name.to_owned();
    }
    let typed = folded(name);
    let is = |(french, ours): &&(&str, &str)| folded(french) == typed || folded(ours) == typed;
    let found = FRENCH_FIELDS.iter().find(is);
    found.map_or(name.to_owned(), |(_, ours)| (*ours).to_owned())
}

/// Without capitals, accents and what joins words.
fn folded(word: &str) -> String {
    jalon::diagnostic::fold_for_likeness(word.trim()).replace(['_', '-', '\u{a0}'], " ")
}
