//! The statuses of the platforms for electronic invoices in France: in, a code as platforms exchange it; out, the kind of
//! event that it is. `docs/follow-up.md` has the same table. It was compared with what two providers publish
//! of the standard (AFNOR XP Z12-012), which the page names; the standard itself was not at hand.

/// A code, the kind of event, and what the status is called.
pub const STATUSES: [(&str, &str, &str); 15] = [
    ("200", "sent", "Déposée"),
    ("201", "sent", "Émise par la plateforme"),
    ("202", "sent", "Reçue par la plateforme"),
    ("203", "received", "Mise à disposition"),
    ("204", "received", "Prise en charge"),
    ("205", "accepted", "Approuvée"),
    ("206", "accepted", "Approuvée partiellement"),
    ("207", "disputed", "En litige"),
    ("208", "disputed", "Suspendue"),
    ("209", "resolved", "Complétée"),
    ("210", "rejected", "Refusée"),
    ("211", "promised", "Paiement transmis"),
    ("212", "payment", "Encaissée"),
    ("213", "undelivered", "Rejetée"),
    ("501", "undelivered", "Irrecevable"),
];

/// The channel of what is sent with such a status, where none is stated.
pub const CHANNEL: &str = "platform";

/// The kind of event that a status is. A payment that is announced is promised where it is told up to when; else it
/// shows no more than that the invoice has arrived.
pub fn kind_of(code: &str, has_until: bool) -> Option<&'static str> {
    let (_, kind, _) = STATUSES.into_iter().find(|(known, ..)| *known == code)?;
    Some(if kind == "promised" && !has_until { "received" } else { kind })
}
