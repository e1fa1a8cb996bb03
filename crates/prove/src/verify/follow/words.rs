//! Findings of follow-ups in words: what goes wrong, and what to do.

use super::{FollowFinding, FollowKey};
use crate::lang::{Lang, say as both};
use crate::model::{FollowUp, Schedule};
use crate::span::Span;
use crate::verify::Said;

/// What a finding is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A follow-up.
    FollowUp(&'a FollowUp),
    /// The payers of a schedule.
    Payers(&'a Schedule),
}

impl<'a> Subject<'a> {
    /// Its name.
    pub fn name(self) -> &'a str {
        match self {
            Subject::FollowUp(follow_up) => &follow_up.name,
            Subject::Payers(schedule) => &schedule.name,
        }
    }

    fn span(self) -> Span {
        match self {
            Subject::FollowUp(follow_up) => follow_up.span,
            Subject::Payers(schedule) => schedule.span,
        }
    }

    fn step(self, step: usize) -> (&'a str, Span) {
        let found = match self {
            Subject::FollowUp(follow_up) => follow_up.steps.get(step),
            Subject::Payers(_) => None,
        };
        found.map_or(("", self.span()), |step| (step.label.as_str(), step.span))
    }

    fn payer(self, payer: usize) -> &'a str {
        let Subject::Payers(schedule) = self else { return "" };
        let names = schedule.second.as_ref().map(|program| &program.payer_names);
        names.and_then(|names| names.get(payer)).map_or("", String::as_str)
    }
}

/// Puts a finding in words.
pub fn say(subject: Subject<'_>, finding: &FollowFinding, lang: Lang) -> Said {
    let (message, lines, help) = match finding.key {
        FollowKey::Forgotten(last) => {
            let open = finding.witness.as_ref().map_or(String::new(), |witness| {
                let currency = witness.lived.currency;
                let digits = lang.digits(currency.show(witness.history.end.open));
                format!("{digits} {}", currency.code())
            });
            forgotten(subject, last, &open, lang)
        }
        FollowKey::Never(step) => {
            let (label, span) = subject.step(step);
            let message = both!(
                lang,
                "no life of an invoice reaches step `{label}`",
                "aucune vie de facture n'atteint l'étape `{label}`"
            );
            (message, vec![span], never(lang))
        }
        FollowKey::PassedOver { step, by } => passed_over(subject, step, by, lang),
        FollowKey::BeforeReceipt(step) => before_receipt(subject, step, lang),
        FollowKey::GapOfPayer(payer) => {
            let (payer, schedule) = (subject.payer(payer), subject.name());
            let message = both!(
                lang,
                "payer `{payer}` of schedule `{schedule}` has no follow-up",
                "le payeur `{payer}` de l'échéancier `{schedule}` n'a pas de suivi"
            );
            let help = both!(
                lang,
                "add `follow-up \"…\" for payer \"{payer}\"`, or one without `for`, which is for every invoice",
                "ajoutez `suivi \"…\" pour le payeur \"{payer}\"`, ou un suivi sans `pour`, qui vaut pour toute facture"
            );
            (message, vec![subject.span()], help)
        }
    };
    Said { message, lines, help, ..Said::default() }
}

fn forgotten(
    subject: Subject<'_>,
    last: Option<usize>,
    open: &str,
    lang: Lang,
) -> (String, Vec<Span>, String) {
    let Some(last) = last else {
        let message = both!(
            lang,
            "{open} stays open, and no step ever comes",
            "il reste dû {open}, et aucune étape ne vient jamais"
        );
        let help = both!(
            lang,
            "let a step count from a day that every invoice has, without a condition: `step \"…\": each 30 days after due`",
            "faites partir une étape d'un jour que toute facture a, sans condition : `étape \"…\" : tous les 30 jours après l'échéance`"
        );
        return (message, vec![subject.span()], help);
    };
    let (label, span) = subject.step(last);
    let message = both!(
        lang,
        "after step `{label}`, {open} stays open and no step ever comes again",
        "après l'étape `{label}`, il reste dû {open} et plus aucune étape ne vient"
    );
    let help = both!(
        lang,
        "let a step that hands over follow it, or one that comes again and again: `step \"…\": each 30 days after step \"{label}\"`",
        "faites-la suivre d'une étape qui transmet au recouvrement, ou d'une qui revient sans fin : `étape \"…\" : tous les 30 jours après l'étape \"{label}\"`"
    );
    (message, vec![span], help)
}

fn never(lang: Lang) -> String {
    both!(
        lang,
        "its conditions never hold together when it is looked at, or a step below comes each time that it does, and passes it over; a dated step fires only while something is open, and not while the invoice is disputed or promised: change the condition, or remove the step",
        "ses conditions ne sont jamais vraies ensemble quand elle est examinée, ou une étape plus bas vient chaque fois en même temps qu'elle, et la dépasse ; une étape datée n'a lieu que s'il reste dû quelque chose, et pas pendant un litige ou une promesse : changez la condition, ou retirez l'étape"
    )
}

fn passed_over(
    subject: Subject<'_>,
    step: usize,
    by: usize,
    lang: Lang,
) -> (String, Vec<Span>, String) {
    let ((label, span), (below, other)) = (subject.step(step), subject.step(by));
    let message = both!(
        lang,
        "step `{label}` can be passed over by `{below}`, which stands below it",
        "l'étape `{label}` peut être dépassée par `{below}`, qui est plus bas"
    );
    let help = both!(
        lang,
        "of the dated steps that could fire in one evening, the last in the text does, and those above it are passed over for good; if both are to come, let `{below}` count from the other, as in `8 days after step \"{label}\"`; if this is meant, add `accepts passed-over on \"{label}\" \"why\"`",
        "des étapes datées qui pourraient avoir lieu un même soir, seule la dernière du texte a lieu, et celles d'au-dessus sont dépassées pour de bon ; si les deux doivent avoir lieu, comptez `{below}` à partir de l'autre, comme dans `8 jours après l'étape \"{label}\"` ; si c'est voulu, ajoutez `admet dépassée pour \"{label}\" \"pourquoi\"`"
    );
    (message, vec![span, other], help)
}

fn before_receipt(subject: Subject<'_>, step: usize, lang: Lang) -> (String, Vec<Span>, String) {
    let (label, span) = subject.step(step);
    let message = both!(
        lang,
        "step `{label}` can fire though nothing shows that the invoice arrived, and no step asks",
        "l'étape `{label}` peut avoir lieu alors que rien ne montre que la facture est arrivée, et aucune étape ne le demande"
    );
    let help = both!(
        lang,
        "let a step ask in time: `step \"Check receipt\": 5 days before due if not received`",
        "qu'une étape le demande à temps : `étape \"Contrôle de réception\" : 5 jours avant l'échéance si non reçue`"
    );
    (message, vec![span], help)
}
