//! What an administrator writes as it stands in a contract: the sentence that is answered, and that it works.

use crate::edits::assert_edits_work;
use crate::program::{file, jalon};

/// What stands above a line, and what would be missing without.
const FRENCH: &str = "échéancier \"A\"
  tarif forfait 1000 EUR
  prévu 10 heures
  payeur \"OPCO\" : 70 %
  payeur \"Employeur\" : reste
  action \"Séance\"
  solde \"Fin\" : reste à la fin ou à l'abandon
";
const ENGLISH: &str = "schedule \"A\"
  price fixed 1000 EUR
  planned 10 hours
  payer \"Fund\": 70 %
  payer \"Employer\": remainder
  action \"Session\"
  balance \"Last\": remainder on end or abandonment
";

/// What is said of a line below a schedule.
fn said(test: &str, above: &str, line: &str, lang: &str) -> String {
    let text = format!("{above}  {line}\n");
    assert_edits_work(&text, lang);
    let path = file("contracts", &format!("{test}.jalon"), text);
    let outcome = jalon(&["check", "--no-verify", "--format", "json", "--lang", lang, &path]);
    assert_eq!(outcome.err, "", "{line}");
    outcome.out
}

/// A line as it was written, what its help quotes, and the line as that says: it is sound.
const LINES: [(&str, &str, &str); 72] = [
    (
        "balance \"N\": nothing on abandonment within 14 days",
        "`on abandonment if since signature < 14 days` from the signature",
        "balance \"N\": nothing on abandonment if since signature < 14 days",
    ),
    (
        "solde \"N\" : 40 % à l'abandon après 3 mois",
        "`à l'abandon si durée >= 3 mois` depuis le démarrage",
        "solde \"N\" : 40 % à l'abandon si durée >= 3 mois",
    ),
    (
        "installment \"M\": 10 EUR each session",
        "`each action \"session\"` if it is an action",
        "installment \"M\": 10 EUR each action \"session\"",
    ),
    (
        "échéance \"M\" : 10 % après 5 heures",
        "`à l'action \"Séance\" si heures >= 5 heures`",
        "échéance \"M\" : 10 % à l'action \"Séance\" si heures >= 5 heures",
    ),
    (
        "installment \"M\": 10 % after 5 hours",
        "`on action \"Session\" if hours >= 5 hours`",
        "installment \"M\": 10 % on action \"Session\" if hours >= 5 hours",
    ),
    (
        "échéance \"M\" : 10 % à la fin si trois séances ont eu lieu",
        "`action \"Séance\" faite au moins 3 fois` pour autant ou davantage",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite au moins 3 fois",
    ),
    (
        "installment \"M\": 10 % on end if exactly 3 sessions took place",
        "action \"Session\" done at least 3 times and not action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on end if action \"Session\" done at least 3 times and not action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si aucune séance n'a eu lieu",
        "non action \"Séance\" faite",
        "échéance \"M\" : 10 % à l'abandon si non action \"Séance\" faite",
    ),
    (
        "installment \"M\": 10 % on end if action \"Session\" done more than 3 times",
        "action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on end if action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite exactement 3 fois ou démarré",
        "(action \"Séance\" faite au moins 3 fois et non action \"Séance\" faite au moins 4 fois)",
        "échéance \"M\" : 10 % à la fin si (action \"Séance\" faite au moins 3 fois et non action \"Séance\" faite au moins 4 fois) ou démarré",
    ),
    (
        "échéance \"M\" : 10 % à la fin si les séances ont eu lieu",
        "action \"Séance\" faite",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandonné après plus de 4 mois",
        "durée > 4 mois",
        "échéance \"M\" : 10 % à l'abandon si durée > 4 mois",
    ),
    (
        "installment \"M\": 10 % on abandonment if abandoned after more than 3 sessions",
        "action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on abandonment if action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % le 1er de chaque mois",
        "100 % en 10 fois le 1 de chaque mois",
        "échéance \"M\" : 100 % en 10 fois le 1 de chaque mois",
    ),
    (
        "installment \"M\": 6 x 100 EUR on day 5",
        "100 EUR on day 5 of each month, at most 6 times",
        "installment \"M\": 100 EUR on day 5 of each month, at most 6 times",
    ),
    (
        "échéance \"M\" : 3 x 10 % le 5",
        "30 % en 3 fois le 5 de chaque mois",
        "échéance \"M\" : 30 % en 3 fois le 5 de chaque mois",
    ),
    (
        "installment \"M\": 30 % in 12 payments",
        "in 12 parts each month end",
        "installment \"M\": 30 % in 12 parts each month end",
    ),
    (
        "échéance \"M\" : trois mensualités de 100 EUR",
        "100 EUR à chaque fin de mois, au plus 3 fois",
        "échéance \"M\" : 100 EUR à chaque fin de mois, au plus 3 fois",
    ),
    (
        "échéance \"M\" : en trois mensualités",
        "100 % en 3 fois à chaque fin de mois",
        "échéance \"M\" : 100 % en 3 fois à chaque fin de mois",
    ),
    (
        "installment \"M\": 10 % on end if duration is over 4 months",
        "duration > 4 months",
        "installment \"M\": 10 % on end if duration > 4 months",
    ),
    (
        "échéance \"M\" : 10 % à la fin si la durée dépasse 4 mois",
        "durée > 4 mois",
        "échéance \"M\" : 10 % à la fin si durée > 4 mois",
    ),
    (
        "arrhes \"A\" : 30 % à la signature",
        "acompte \"Arrhes\": 30 % à la signature",
        "acompte \"Arrhes\" : 30 % à la signature",
    ),
    (
        "arrhes : 30 %",
        "le client qui se dédit les perd",
        "solde \"Dédit\" : jusqu'à 30 %, sans remboursement, à l'événement \"Dédit\"",
    ),
    (
        "échéance \"M\" : 3 x 10 % à chaque fin de mois",
        "30 % en 3 fois à chaque fin de mois",
        "échéance \"M\" : 30 % en 3 fois à chaque fin de mois",
    ),
    (
        "installment \"M\": 3 x 10 % each month end",
        "30 % in 3 parts each month end",
        "installment \"M\": 30 % in 3 parts each month end",
    ),
    (
        "installment \"M\": 10 % on abandonment if abandoned within 14 days of signature",
        "since signature < 14 days",
        "installment \"M\": 10 % on abandonment if since signature < 14 days",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandon dans les 14 jours de la signature",
        "depuis la signature < 14 jours",
        "échéance \"M\" : 10 % à l'abandon si depuis la signature < 14 jours",
    ),
    (
        "installment \"M\": 10 % on abandonment if notice is at most 36 hours",
        "36 hours are no whole days: decide how many it is, as in `notice <= 2 days`",
        "installment \"M\": 10 % on abandonment if notice <= 2 days",
    ),
    (
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, pour \"Employeur\"",
        ", à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"F\" : 50 EUR à la signature pour \"Employeur\"",
        ", en sus du prix, à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"F\" : 50 EUR à la charge de l'employeur à la signature",
        ", en sus du prix, à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"M\" : 50 % à mi-parcours",
        "à l'événement \"Mi-parcours\"",
        "échéance \"M\" : 50 % à l'événement \"Mi-parcours\"",
    ),
    (
        "échéance \"M\" : 50 % à mi-parcours",
        "à l'avancement si avancement >= 50 %",
        "échéance \"M\" : 50 % à l'avancement si avancement >= 50 %",
    ),
    (
        "échéance \"M\" : 50 % à 30 % d'avancement",
        "à l'avancement si avancement >= 30 %",
        "échéance \"M\" : 50 % à l'avancement si avancement >= 30 %",
    ),
    (
        "échéance \"M\" : 10 % après la 5e séance",
        "à l'action \"Séance\" si action \"Séance\" faite au moins 5 fois",
        "échéance \"M\" : 10 % à l'action \"Séance\" si action \"Séance\" faite au moins 5 fois",
    ),
    (
        "échéance \"M\" : 10 % à la fin si plus de 3 séances faites",
        "action \"Séance\" faite au moins 4 fois",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite au moins 4 fois",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandon après 4 mois",
        "durée >= 4 mois",
        "échéance \"M\" : 10 % à l'abandon si durée >= 4 mois",
    ),
    (
        "échéance \"M\" : 10 % à la fin si le montant dépasse 500 EUR",
        "si événement \"Grosse commande\" survenu",
        "échéance \"M\" : 10 % à la fin si événement \"Grosse commande\" survenu",
    ),
    (
        "acompte \"D\" : 20 % à la signature, non remboursable",
        "solde \"Abandon\": jusqu'à 20 %, sans remboursement, à l'abandon si signé",
        "solde \"Abandon\" : jusqu'à 20 %, sans remboursement, à l'abandon si signé",
    ),
    (
        "échéance \"I\" : 100 EUR à la signature, non remboursable",
        "retirez ces mots : ce que facture une échéance n'est rendu que par",
        "échéance \"I\" : 100 EUR à la signature",
    ),
    (
        "acompte \"D\" : 20 % à la signature, à déduire",
        "retirez ces mots",
        "acompte \"D\" : 20 % à la signature",
    ),
    ("solde \"B\" : solde à la fin", "reste", "solde \"B\" : reste à l'événement \"B\""),
    ("solde \"B\" : le reste dû à la fin", "reste", "solde \"B\" : reste à l'événement \"B\""),
    (
        "solde \"B\" : au prorata des heures réalisées à la fin",
        "prorata assiduité",
        "solde \"B\" : prorata assiduité à l'événement \"B\"",
    ),
    (
        "action \"Visite\" : 70 €",
        "action \"Visite\" forfait 70 €",
        "action \"Visite\" forfait 70 €",
    ),
    ("action \"Visite\" 70 € la visite", "forfait 70 €", "action \"Visite\" forfait 70 €"),
    (
        "acompte \"D\" : 20 % le jour de la signature",
        "à la signature",
        "acompte \"D\" : 20 % à la signature",
    ),
    ("acompte \"D\" : 20 % payable à la signature", "paiement à 30 jours", "paiement à 30 jours"),
    (
        "remise \"R\" : 10 % pour inscription avant le 01/09/2025",
        "à la signature si signé avant le 01/09/2025",
        "remise \"R\" : 10 % à la signature si signé avant le 01/09/2025",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si délai < 48 heures",
        "délai avant le démarrage < 2 jours",
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 2 jours",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 48 heures",
        "2 jours",
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 2 jours",
    ),
    (
        "échéance \"M\" : 100 EUR/mois",
        "100 EUR à chaque fin de mois",
        "échéance \"M\" : 100 EUR à chaque fin de mois",
    ),
    (
        "échéance \"M\" : 3 x 100 EUR à chaque fin de mois",
        "100 EUR à chaque fin de mois, au plus 3 fois",
        "échéance \"M\" : 100 EUR à chaque fin de mois, au plus 3 fois",
    ),
    ("indexation 2 % par an", "échéancier \"…\" en vigueur à compter du 01/01/2026", ""),
    ("admet fuite", "admet fuite \"…\"", "admet fuite \"clos à la main\""),
    (
        "installment \"F\": 50 EUR on signature, beside the price, paid by \"Employer\"",
        ", charged to \"Employer\"",
        "installment \"F\": 50 EUR on signature, beside the price, charged to \"Employer\"",
    ),
    (
        "installment \"M\": 50 % halfway",
        "on event \"Halfway\"",
        "installment \"M\": 50 % on event \"Halfway\"",
    ),
    (
        "installment \"M\": 50 % at the halfway point",
        "3 months after start",
        "installment \"M\": 50 % 3 months after start",
    ),
    (
        "installment \"M\": 50 % after 10 sessions",
        "on action \"Session\" if action \"Session\" done at least 10 times",
        "installment \"M\": 50 % on action \"Session\" if action \"Session\" done at least 10 times",
    ),
    (
        "installment \"M\": 10 % on end if fewer than 3 sessions",
        "not action \"Session\" done at least 3 times",
        "installment \"M\": 10 % on end if not action \"Session\" done at least 3 times",
    ),
    (
        "installment \"M\": 10 % on end if the amount exceeds 500 EUR",
        "if event \"Large order\" happened",
        "installment \"M\": 10 % on end if event \"Large order\" happened",
    ),
    (
        "installment \"M\": 10 % on abandonment if notice is no more than 72 hours",
        "notice <= 3 days",
        "installment \"M\": 10 % on abandonment if notice <= 3 days",
    ),
    (
        "deposit \"D\": 20 % on signature, non-refundable",
        "balance \"Withdrawal\": up to 20 %, no refund, on abandonment if signed",
        "balance \"Withdrawal\": up to 20 %, no refund, on abandonment if signed",
    ),
    (
        "deposit \"D\": 300 EUR on signature, non-refundable",
        "balance \"Withdrawal\": 300 EUR on abandonment if signed",
        "balance \"Withdrawal\": 300 EUR on abandonment if signed",
    ),
    (
        "installment \"R\": 100 EUR on signature, non-refundable",
        "leave it out: what an installment bills is given back only by",
        "installment \"R\": 100 EUR on signature",
    ),
    (
        "deposit \"D\": 20 % on signature, to be deducted",
        "leave it out",
        "deposit \"D\": 20 % on signature",
    ),
    ("balance \"B\": balance on end", "remainder", "balance \"B\": remainder on event \"B\""),
    (
        "balance \"B\": 100 % minus the deposit on end",
        "leave it out",
        "balance \"B\": 100 % on event \"B\"",
    ),
    (
        "deposit \"D\": 20 % on the day of signature",
        "on signature",
        "deposit \"D\": 20 % on signature",
    ),
    (
        "late fee 2 %",
        "installment \"Late fee\": … EUR on event \"Late payment\", beside the price",
        "installment \"Late payment\": 40 EUR on event \"Late payment\", beside the price",
    ),
    (
        "cancellation policy: 48 hours",
        "balance \"Cancellation\": … on abandonment if notice < 2 days",
        "balance \"Cancellation\": 50 % on abandonment if notice < 2 days",
    ),
    ("client \"Smith\"", "payer \"Fund\": 70 %", ""),
];

/// Clauses as contracts have them, each a line below a schedule.
const ENGLISH_CLAUSES: [&str; 78] = [
    "cancellation after the start: 100 %",
    "cancellation between 30 and 15 days before: 50 %",
    "cancellation after 3 months: 30 %",
    "cancellation fee 50 EUR if cancelled after start",
    "cancellation: 50 % refund",
    "20 % VAT, 5 % discount",
    "payment in two parts: 300 EUR on 2026-03-15, 400 EUR on 2026-05-15",
    "balance \"A\": refund of 30 % on abandonment",
    "installment \"A\": 50 EUR twice a month",
    "discount \"Loyal\": 5 % on signature if paid within 8 days",
    "penalty \"Late\": 15 EUR",
    "cancellation fee 50 EUR",
    "termination indemnity 100 EUR",
    "no-show fee 25 EUR",
    "late cancellation: 30 EUR",
    "kill fee 25 %",
    "setup fee 90 EUR",
    "0.60 EUR/km",
    "30 EUR per night",
    "installment \"Km\": 0.60 EUR/km on end",
    "installment \"Nights\": 30 EUR per night on end",
    "action \"Km\" 0.45 EUR per km",
    "action \"Wait\" 0.45 EUR per minute",
    "payers: Fund 60%",
    "payers: Fund 60 %, Employer 40 %",
    "retention 10% for 6 months",
    "installment \"R\": 5 % retention",
    "cancellation: 30 % if less than 7 days before",
    "free cancellation up to 7 days before",
    "minimum term 24 months",
    "every month 100 EUR for 10 months",
    "100 EUR per month for 10 months",
    "security deposit 500",
    "pick-up charge 3.50 EUR",
    "installment \"P\": 100 % in three payments on 1 March, 1 April and 1 May",
    "installment \"P\": 10 % on end if 50 % attendance or less",
    "installment \"P\": 10 % on signature if after January 10",
    "installment \"P\": 25 % on weekends",
    "installment \"P\": 40 % halfway through the works",
    "monthly subscription 49 EUR pro rata",
    "balance \"P\": 10 % on abandonment if cancelled more than 60 days before",
    "balance \"P\": 10 % if cancelled more than 60 days before",
    "installment \"L\": 40 EUR if unpaid",
    "installment \"L\": 40 EUR if overdue",
    "balance \"L\": 40 EUR if late",
    "price fixed 2,400 EUR",
    "installment \"P\": 10 % on 31 April 2026",
    "installment \"P\": 10 % on 2025-02-29",
    "installment \"P\": 10 % on 5/13/2026",
    "installment \"P\": 30 % in 0 parts each month end",
    "installment \"P\": 30 % in 1201 parts each month end",
    "payer \"Fund\": max 70 %",
    "split 60/40 between Fund and Employer",
    "split 30/70 between signature and delivery",
    "Fund 70%, Employer 30%",
    "Order 30 %, Delivery 70 %",
    "30 % within 30 days of signature",
    "installment \"P\": 30 % within 30 days of signature",
    "installment \"P\": 30 % before 2026-05-01",
    "price: 1500 EUR in 3 payments",
    "price fixed 1500 EUR payable on signature",
    "action \"Lesson\" flat 60 first 3 then 40",
    "10 sessions at 45 EUR",
    "20 hours at 45 EUR",
    "extra hours 55 EUR",
    "overtime: 55 EUR per hour",
    "collection 50 EUR on signature",
    "early cancellation: 50 EUR",
    "no refund after start",
    "price per word",
    "price 0.12 EUR per word",
    "excess 150 EUR",
    "rental 60 EUR per day per person",
    "withdrawal period 14 days",
    "milestone 1: 30 % on signature",
    "milestone 1: 30 % on delivery",
    "bonus 100 EUR if finished before 2026-06-01",
    "installment \"P\": 10 % on 30 February",
];
/// The same, below a French one.
const FRENCH_CLAUSES: [&str; 76] = [
    "annulation après le démarrage : 100 %",
    "annulation entre 30 et 15 jours avant : 50 %",
    "annulation la veille : 100 %",
    "frais d'annulation : 50 EUR si annulation à moins de 7 jours",
    "50 % le 15 mars 2026, 50 % le 15 mai 2026",
    "300 EUR le 15/03/2026, 400 EUR le 15/05/2026",
    "solde \"A\" : remboursement de 30 % à l'abandon",
    "échéance \"A\" : 50 EUR le 15 de chaque trimestre",
    "frais d'annulation 50 EUR",
    "indemnité de rupture 100 EUR",
    "pénalité \"Casse\": 50 EUR",
    "pénalité \"Retard\" : 15 EUR",
    "frais de dossier 50 EUR",
    "0,60 EUR/km",
    "30 EUR par nuit",
    "échéance \"Km\" : 0,60 EUR/km",
    "échéance \"Nuits\" : 30 EUR par nuit à la fin",
    "action \"Km\" 0,45 EUR par km",
    "payeurs : OPCO 60 %",
    "retenue de garantie 10 % pendant 6 mois",
    "échéance \"R\" : 5 % de retenue de garantie",
    "annulation : 30 % à moins de 7 jours",
    "annulation gratuite",
    "annulation gratuite jusqu'à 7 jours avant",
    "engagement 24 mois",
    "tous les mois 100 EUR pendant 10 mois",
    "100 EUR par mois pendant 10 mois",
    "caution 500",
    "caution 500 EUR",
    "prise en charge 3,50 EUR",
    "prise en charge OPCO 60 %",
    "échéance \"P\" : 100 % en trois fois le 1er mars, le 1er avril et le 1er mai",
    "échéance \"P\" : 10 % à la fin si 50 % d'assiduité ou moins",
    "échéance \"P\" : 10 % à la signature si après le 10 janvier",
    "échéance \"P\" : 25 % le week-end",
    "échéance \"P\" : 40 % à mi-chantier",
    "abonnement mensuel 49 EUR au prorata",
    "solde \"P\" : 10 % à l'abandon si annulé plus de 60 jours avant",
    "solde \"P\" : 10 % si annulé plus de 60 jours avant",
    "échéance \"L\" : 40 EUR si impayé",
    "échéance \"L\" : 40 EUR en cas d'impayé",
    "solde \"L\" : 40 EUR si retard",
    "acompte \"A\" : 100 EUR à l'inscription, non remboursables",
    "échéance \"P\" : 10 % le 31 avril 2026",
    "échéance \"P\" : 10 % le 29/02/2025",
    "échéance \"P\" : 30 % en 0 fois à chaque fin de mois",
    "échéance \"P\" : 30 % en 1201 fois à chaque fin de mois",
    "payeur \"OPCO\" : max 70 %",
    "partage 60/40 entre OPCO et Employeur",
    "partage 30/70 entre signature et livraison",
    "OPCO 12,5 %, Client 87,5 %",
    "Signature 30 %, démarrage 40 %, fin 30 %",
    "30 % dans les 30 jours de la signature",
    "échéance \"P\" : 30 % dans les 30 jours de la signature",
    "échéance \"P\" : 30 % dans les 2 mois du démarrage",
    "solde \"P\" : 30 % dans les 10 jours de la signature",
    "prix : 1500 EUR en 3 fois",
    "tarif forfait 1500 EUR payable à la signature",
    "action \"Atelier\" forfait 60 les 3 premières puis 40",
    "10 séances à 45 EUR",
    "10 heures à 45 EUR",
    "heures supplémentaires 55 EUR",
    "recouvrement 50 EUR à la signature",
    "annulation anticipée : 50 EUR",
    "aucun remboursement après le démarrage",
    "prix par bloc",
    "prix au mot : 0,12 EUR",
    "0,50 EUR le km",
    "franchise 150 EUR",
    "location 60 EUR par jour et par personne",
    "délai de rétractation 14 jours",
    "jalon 1 : 30 % à la signature",
    "jalon 1 : 30 % à la livraison",
    "bonus 100 EUR si terminé avant le 01/06/2026",
    "échéance \"P\" : 10 % le 30 février",
    "retard de plus de 15 minutes : 10 EUR",
];

/// What stands above a line, in its language.
fn above(line: &str) -> (&'static str, &'static str) {
    let french = FRENCH_WORDS.iter().any(|word| line.starts_with(word));
    if french { (FRENCH, "fr") } else { (ENGLISH, "en") }
}

/// Each line as it was written, in a schedule.
pub fn inputs() -> Vec<String> {
    let lines = LINES.into_iter().map(|(wrong, ..)| (above(wrong).0, wrong));
    let english = ENGLISH_CLAUSES.into_iter().map(|line| (ENGLISH, line));
    let french = FRENCH_CLAUSES.into_iter().map(|line| (FRENCH, line));
    let all = lines.chain(english).chain(french);
    all.map(|(above, line)| format!("{above}  {line}\n")).collect()
}

#[test]
fn each_line_gets_the_sentence_that_works() {
    for (number, (wrong, sentence, right)) in LINES.into_iter().enumerate() {
        let (above, lang) = above(wrong);
        let test = number.to_string();
        let told = said(&test, above, wrong, lang);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let help = |found: &serde_json::Value| found["help"].as_str().unwrap_or("").to_owned();
        let helps: Vec<String> = told["diagnostics"].as_array().unwrap().iter().map(help).collect();
        assert!(helps.iter().any(|help| help.contains(sentence)), "{wrong}\n{told:#}");
        let sound = said(&test, above, right, lang);
        assert!(sound.contains("\"errors\": 0"), "{right}\n{sound}");
    }
}

/// With what a line begins that is French.
const FRENCH_WORDS: [&str; 9] = [
    "arrhes",
    "échéance",
    "acompte",
    "solde",
    "action \"Visite\"",
    "remise",
    "indexation 2 % par an",
    "admet",
    "paiement",
];

#[test]
fn a_colon_stands_behind_labels_alone() {
    for (wrong, right) in [
        ("prévu : 3 mois", "prévu 3 mois"),
        ("admet fuite : \"clos à la main\"", "admet fuite \"clos à la main\""),
        ("action \"Visite\" : horaire 70", "action \"Visite\" horaire 70"),
    ] {
        let above = FRENCH.replace("  prévu 10 heures\n", "");
        let told: serde_json::Value =
            serde_json::from_str(&said("colon", &above, wrong, "fr")).unwrap();
        let found = &told["diagnostics"][0];
        assert_eq!(found["message"], "aucun deux-points ne se met ici", "{wrong}\n{told:#}");
        assert!(!found["edit"].is_null(), "{told:#}");
        let sound = said("colon", &above, right, "fr");
        assert!(sound.contains("\"errors\": 0"), "{right}\n{sound}");
    }
}

#[test]
fn a_line_of_a_contract_is_not_told_as_the_rest_of_the_line_before() {
    for line in [
        "durée prévue : 6 mois",
        "fin le 30/06/2026",
        "délai de rétractation 14 jours",
        "heures 20 30",
    ] {
        let told = said("beginnings", &FRENCH.replace("  prévu 10 heures\n", ""), line, "fr");
        assert!(!told.contains("attendu ici"), "{line}\n{told}");
        assert!(!told.contains("n'est pas compris ici"), "{line}\n{told}");
    }
}

#[test]
fn what_is_expected_before_or_after_tax_is_answered() {
    let scenario = "schedule \"A\"\n  price fixed 1000 EUR\n  balance \"B\": remainder on end or abandonment\nscenario \"s\"\n  2025-01-01 start\n  2025-02-01 end";
    for taxed in ["excl. VAT", "HT", "TTC"] {
        let line = format!("expect 2025-02-01 \"B\" 1000.00 {taxed}");
        let told = said("taxed", &format!("{scenario}\n"), &line, "en");
        assert!(told.contains("what is expected is the amount of the line"), "{taxed}\n{told}");
    }
}

/// A term of payment that is not understood is told at its place, and not as the end of the line before.
#[test]
fn a_term_of_payment_is_told_at_its_place() {
    let follow_up = "suivi \"Clients\"\n  étape \"Rappel\" : 8 jours après l'échéance\n";
    for (above, line, sentence) in [
        (follow_up, "paiement 30j", "écrivez `paiement à 30 jours`"),
        (follow_up, "paiement sous 30 j", "écrivez `paiement à 30 jours`"),
        (FRENCH, "paiement 30jours", "écrivez `paiement à 30 jours`"),
        (FRENCH, "paiement \"Second\" : 10 % au démarrage", "une `échéance` (une part du tarif"),
        (FRENCH, "paiement le mois suivant", "un seul délai vaut pour toutes les factures"),
    ] {
        let told = said("payment", above, line, "fr");
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let found = &told["diagnostics"][0];
        assert!(found["help"].as_str().unwrap_or("").contains(sentence), "{line}\n{told:#}");
        let own = above.lines().count() + 1;
        assert_eq!(found["place"]["line"], own, "{line}\n{told:#}");
    }
}

/// A word that says how many is no event's name.
#[test]
fn what_counts_is_no_name() {
    for (line, lang, not) in [
        ("échéance \"M\" : 10 % à la fin si aucune réponse", "fr", "événement \"aucune\""),
        ("échéance \"M\" : 10 % à la fin si trois lots livrés", "fr", "événement \"trois\""),
        ("installment \"M\": 10 % on end if exactly two parcels", "en", "event \"exactly\""),
        ("installment \"M\": 10 % on end if every parcel", "en", "event \"every\""),
        ("arrhes \"A\" : 30 % à la signature", "fr", "vouliez-vous dire"),
    ] {
        let told = said("counts", if lang == "fr" { FRENCH } else { ENGLISH }, line, lang);
        assert!(told.contains("\"help\": \"") && !told.contains(not), "{line}\n{told}");
        assert!(!told.contains(&not.replace('"', "\\\"")), "{line}\n{told}");
    }
}

/// What would count from something else, cut a date or bound how often an action comes is not offered as an edit.
#[test]
fn what_a_clause_does_not_say_is_no_edit() {
    for (line, lang, not) in [
        ("discount \"R\": 10 % for signing before September 1, 2025", "en", "before 1`"),
        (
            "remise \"R\" : 50 EUR pour inscription avant le 1er septembre 2025",
            "fr",
            "avant le 1er`",
        ),
        ("installment \"M\": 10 % on end if no more than 3 sessions were held", "en", ", at most"),
        ("action \"Visit\" 50 EUR, no more than 10 sessions", "en", "at most"),
        (
            "installment \"M\": 10 % on abandonment if abandoned within 14 days of delivery",
            "en",
            "duration < 14",
        ),
    ] {
        let above = if lang == "fr" { FRENCH } else { ENGLISH };
        let told = said("no-edit", above, line, lang);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let found = told["diagnostics"].as_array().unwrap();
        assert!(!found.is_empty(), "{line}");
        for found in found {
            assert!(!found["help"].as_str().unwrap_or("").contains(not), "{line}\n{found:#}");
        }
    }
}

/// What a case states stands before its first day: where that is written wrongly, it alone is told.
#[test]
fn a_wrong_day_behind_the_terms_of_a_case_is_told_alone() {
    for (lang, above, right) in [
        (
            "fr",
            "échéancier \"A\"\n  tarif forfait convenu, en EUR\n  solde \"S\": reste à la fin ou à l'abandon\n\nscénario \"s\"\n",
            "  30/11/2025 fin\n  attendu 30/11/2025 \"S\" 1800,00\n",
        ),
        (
            "en",
            "schedule \"A\"\n  price fixed as agreed, in EUR\n  balance \"S\": remainder on end or abandonment\n\nscenario \"s\"\n",
            "  2025-11-30 end\n  expect 2025-11-30 \"S\" 1800.00\n",
        ),
    ] {
        let terms = if lang == "fr" {
            ["prix convenu 1800", "démarrage prévu le 15/09/2025", "fin prévue le 15/12/2025"]
        } else {
            ["agreed price 1800", "planned start 2025-09-15", "planned end 2025-12-15"]
        };
        let days = if lang == "fr" {
            ["3.3.2025 signature", "1er septembre 2025 signature", "signature 01/09/2025"]
        } else {
            ["3.3.2025 signature", "1 September 2025 signature", "signature 2025-09-01"]
        };
        for term in terms {
            for day in days {
                let text = format!("{above}  {term}\n  {day}\n{right}");
                let path = file("contracts-terms", "terms.jalon", &text);
                let call = ["check", "--no-verify", "--format", "short", "--lang", lang, &path];
                let told = jalon(&call);
                let place = format!("terms.jalon:{}:", above.lines().count() + 2);
                let errors = told.out.lines().filter(|line| line.contains(".jalon:"));
                for error in errors {
                    assert!(error.contains(&place), "{text}\n{}", told.out);
                }
                assert_eq!(told.code, 1, "{text}\n{}", told.out);
            }
        }
    }
}
