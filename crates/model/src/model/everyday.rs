//! Words with which people name what happens to a case, and that are no kinds of event: in, a word as it stands in a file; out, the
//! kind that comes nearest. They are advised and never read, since what they mean is for whoever wrote them to say: a cancellation may
//! leave the case for good, or be an event of it.

use super::Kind;
use super::french::folded;

/// The names of kinds, each with the words that come nearest to it.
const WORDS: [(&str, &str); 11] = [
    (
        "opened",
        "creation, created, new case, nouveau dossier, dossier ouvert, file opened, devis, quote",
    ),
    (
        "signature",
        "signed, signe, devis signe, contrat signe, inscription, enrolment, enrollment, registration, booking, \
         reservation, commande, order, contrat, contract, adhesion, acceptation, acceptance, accord",
    ),
    (
        "start",
        "debut, started, demarre, commencement, beginning, begin, kickoff, lancement, launch, entree, rentree, debut de formation, \
         premier jour, first day",
    ),
    (
        "action",
        "visite, visit, seance, session, cours, lesson, intervention, prestation, travail, work, heures, hours, rendez vous, \
         appointment, consultation, atelier, workshop, jour, day, deplacement, travel, frais, expense, soin, care",
    ),
    ("deliverable", "livraison, delivery, livre, delivered, remise, document, rapport, report"),
    (
        "end",
        "termine, fini, finished, completed, completion, achevement, acheve, cloture, closing, closed, sortie, fin de formation, \
         dernier jour, last day",
    ),
    (
        "abandonment",
        "annulation, annule, cancellation, cancelled, canceled, rupture, resiliation, termination, terminated, desistement, \
         withdrawal, withdrawn, retractation, depart, departure, left, dropout, abandonne, abandoned, no show, absence",
    ),
    ("amendment", "modification, change, changement, nouveau prix, new price, amended"),
    ("progress", "situation, situation de travaux, percent complete, certificate, certificat"),
    (
        "suspension",
        "freeze, frozen, gel, gele, pause, hold, on hold, arret, suspendu, suspended, hospitalisation",
    ),
    (
        "resumption",
        "resume, resumed, restart, restarted, unfreeze, degel, reprend, repris, redemarrage",
    ),
];

/// The kind of event that an everyday word comes nearest to.
pub(super) fn kind_meant(word: &str) -> Option<Kind> {
    let word = folded(word);
    let means = |(_, words): &&(&str, &str)| words.split(", ").any(|known| known == word);
    WORDS.iter().find(means).and_then(|(kind, _)| Kind::find(kind))
}
