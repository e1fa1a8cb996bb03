//! Words with which people name what happens to a case, and that are no kinds of event: in, a word as it stands in a file; out, the
//! kind that comes nearest. They are advised and never read, since what they mean is for whoever wrote them to say: a cancellation may
//! leave the case for good, or be an event of it.

use super::french::folded;
use super::{Kind, Milestone, SubjectKind};

const WORDS: [(Kind, &str); 11] = [
    (
        Kind::Opened,
        "creation, created, new case, nouveau dossier, dossier ouvert, file opened, devis, quote",
    ),
    (
        Kind::Milestone(Milestone::Signature),
        "signed, signe, devis signe, contrat signe, inscription, enrolment, enrollment, registration, booking, \
         reservation, commande, order, contrat, contract, adhesion, acceptation, acceptance, accord",
    ),
    (
        Kind::Milestone(Milestone::Start),
        "debut, started, demarre, commencement, beginning, begin, kickoff, lancement, launch, entree, rentree, debut de formation, \
         premier jour, first day",
    ),
    (
        Kind::Subject(SubjectKind::Action),
        "visite, visit, seance, session, cours, lesson, intervention, prestation, travail, work, heures, hours, rendez vous, \
         appointment, consultation, atelier, workshop, jour, day, deplacement, travel, frais, expense, soin, care",
    ),
    (
        Kind::Subject(SubjectKind::Deliverable),
        "livraison, delivery, livre, delivered, remise, document, rapport, report",
    ),
    (
        Kind::Milestone(Milestone::End),
        "termine, fini, finished, completed, completion, achevement, acheve, cloture, closing, closed, sortie, fin de formation, \
         dernier jour, last day",
    ),
    (
        Kind::Milestone(Milestone::Abandonment),
        "annulation, annule, cancellation, cancelled, canceled, rupture, resiliation, termination, terminated, desistement, \
         withdrawal, withdrawn, retractation, depart, departure, left, dropout, abandonne, abandoned, no show, absence",
    ),
    (Kind::Amendment, "modification, change, changement, nouveau prix, new price, amended"),
    (Kind::Progress, "situation, situation de travaux, percent complete, certificate, certificat"),
    (
        Kind::Suspension,
        "freeze, frozen, gel, gele, pause, hold, on hold, arret, suspendu, suspended, hospitalisation",
    ),
    (
        Kind::Resumption,
        "resume, resumed, restart, restarted, unfreeze, degel, reprend, repris, redemarrage",
    ),
];

/// The kind of event that an everyday word comes nearest to.
pub(super) fn kind_meant(word: &str) -> Option<Kind> {
    let word = folded(word);
    let means = |(_, words): &&(Kind, &str)| words.split(", ").any(|known| known == word);
    WORDS.iter().find(means).map(|(kind, _)| *kind)
}
