//! What can stand at a place, as an error names it: the words with which a rule's text begins, one
//! by one or together.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::grammar::Rule;
use super::words::{PERIOD_ENDS, PERIOD_RATES, PROPERTIES, spelling};
use crate::lang::Lang;

/// The words with which a rule's text can begin, as rules of words or of quantities: what an error
/// names where the whole rule was possible: those that are stated here, or else the one word with which the grammar begins it.
/// `None` for a rule that is its own beginning.
pub fn of(rule: Rule) -> Option<&'static [Rule]> {
    use Rule as R;
    Some(match rule {
        R::amount => &[
            R::percentage_hint,
            R::sum_hint,
            R::kw_work,
            R::kw_up_to,
            R::kw_remainder,
            R::kw_nothing,
            R::kw_pro_rata,
        ],
        R::deposit_amount => &[R::percentage_hint, R::sum_hint, R::kw_pro_rata],
        R::sum => &[R::percentage_hint, R::sum_hint],
        R::property => &PROPERTIES,
        R::discount_amount => &[R::percentage_hint, R::sum_hint],
        R::progress => &[R::kw_progress],
        R::vat => &[R::kw_vat],
        R::line_option => &[R::kw_stays_open],
        // What may be added, and seldom is: a list of all that can stand is too long to be heard.
        R::in_parts | R::part_option | R::amount_option | R::kw_cut_in | R::kw_of_progress => &[],
        R::each_moment => {
            &[R::period_end, R::kw_progress, R::kw_action, R::kw_event, R::kw_deliverable]
        }
        R::recurrence => &[R::number, R::unit_month, R::unit_week, R::unit_day, R::unit_year],
        R::anchor => &[
            R::kw_start,
            R::kw_end,
            R::kw_signature,
            R::kw_abandonment,
            R::kw_planned_start,
            R::kw_planned_end,
            R::kw_action,
            R::kw_event,
            R::kw_deliverable,
        ],
        R::before => &[R::after_hint],
        R::dates => &[R::date],
        R::day_test => &[R::kw_signed, R::kw_started, R::kw_date],
        R::in_force_from => &[R::kw_in_force_from],
        R::period_end => &PERIOD_ENDS,
        R::period_price => &PERIOD_RATES,
        R::sum_bound => &[R::kw_at_least, R::kw_at_most],
        R::tiers => &[R::number],
        R::step => &[R::kw_by],
        R::action_option => {
            &[R::kw_ends_case, R::kw_by, R::kw_each_month, R::kw_at_most, R::kw_vat]
        }
        R::payer_share => &[R::percentage_hint, R::sum_hint, R::kw_as_agreed, R::kw_remainder],
        R::payer_option => &[R::kw_at_most, R::kw_due],
        R::payment_term => &[R::number, R::kw_month_end],
        R::first_trigger | R::kw_on => &[R::trigger_hint],
        R::trigger | R::moment => &[
            R::kw_signature,
            R::kw_start,
            R::kw_end,
            R::kw_abandonment,
            R::kw_action,
            R::kw_event,
            R::kw_deliverable,
            R::kw_month_end,
            R::after_hint,
            R::date,
        ],
        R::after => &[R::after_hint],
        R::happening => &[
            R::kw_signature,
            R::kw_start,
            R::kw_end,
            R::kw_abandonment,
            R::kw_action,
            R::kw_deliverable,
            R::kw_event,
        ],
        R::condition | R::all_of | R::negation | R::test | R::group => &[
            R::kw_duration,
            R::kw_attendance,
            R::kw_hours,
            R::kw_started,
            R::kw_signed,
            R::kw_ended,
            R::kw_abandoned,
            R::kw_action,
            R::kw_deliverable,
            R::kw_event,
            R::kw_not,
            R::parenthesis_hint,
        ],
        R::measured => &[R::kw_duration, R::kw_attendance, R::kw_hours],
        R::comparator => &[R::comparator_hint],
        R::hours | R::share | R::length | R::planned_quantity => &[R::number],
        R::clock => &[],
        R::hours_bound => &[R::kw_at_least, R::kw_at_most],
        R::rate => &[R::kw_hourly, R::kw_flat, R::kw_not_billed],
        R::step_trigger => &[R::step_hint, R::kw_in_case_of, R::kw_each],
        R::step_after | R::step_before => &[R::step_hint],
        R::step_turn => &[R::kw_in_case_of],
        R::step_anchor => {
            &[R::kw_due_day, R::kw_issue, R::kw_sending, R::kw_receipt, R::kw_rejection, R::kw_step]
        }
        R::step_option => &[R::kw_hands_over, R::kw_at_most],
        R::step_condition | R::step_all_of | R::step_negation | R::step_test | R::step_group => &[
            R::kw_open_sum,
            R::kw_total,
            R::kw_is_sent,
            R::kw_sent_by,
            R::kw_is_received,
            R::kw_is_accepted,
            R::kw_is_rejected,
            R::kw_is_disputed,
            R::kw_is_promised,
            R::kw_is_paid_in_part,
            R::kw_step,
            R::kw_not,
            R::parenthesis_hint,
        ],
        R::sum_test => &[R::kw_open_sum, R::kw_total],
        R::invoice_due => &[R::kw_due_day],
        R::expected_step => &[R::date],
        // Said in scenarios of follow-ups only, where all of them are named: see INVOICE_EVENTS.
        R::invoice_event | R::sent_event | R::promised_event | R::money_event => &[],
        R::expected_line => &[R::date],
        // Whatever is missing, another item may follow, or an article stand: not worth saying.
        R::article | R::begins_item | R::EOI => &[],
        // Read only to be refused with better words: never offered.
        R::misplaced_unit | R::misplaced_amount | R::misplaced_stays_open => &[],
        _ => return first_word(rule),
    })
}

// `first_word`, as the grammar tells it.
include!(concat!(env!("OUT_DIR"), "/beginnings.rs"));

/// With what an event of the invoice of a scenario can begin.
pub const INVOICE_EVENTS: &[Rule] = &[
    Rule::kw_is_sent,
    Rule::kw_sent_by,
    Rule::kw_undelivered,
    Rule::kw_is_received,
    Rule::kw_is_accepted,
    Rule::kw_is_rejected,
    Rule::kw_is_disputed,
    Rule::kw_resolved,
    Rule::kw_is_promised,
    Rule::kw_payment,
    Rule::kw_returned,
    Rule::kw_refund,
    Rule::kw_written_off,
    Rule::kw_moved,
    Rule::kw_replaced,
    Rule::kw_handed_over,
    Rule::kw_taken_back,
];

/// How a possible beginning is named to the user.
pub fn shown(rule: Rule, lang: Lang) -> String {
    if let Some((english, french)) = spelling(rule) {
        return format!("`{}`", lang.pick(english, french));
    }
    match rule {
        Rule::text => lang.pick("a name in quotes", "un nom entre guillemets"),
        Rule::number => lang.pick("a number", "un nombre"),
        Rule::date => lang.pick("a date (`2025-07-05`)", "une date (`05/07/2025`)"),
        Rule::currency => lang.pick("a currency (`EUR`)", "une devise (`EUR`)"),
        Rule::percentage_hint => lang.pick("a percentage (`30 %`)", "un pourcentage (`30 %`)"),
        Rule::sum_hint => lang.pick("an amount (`750 EUR`)", "un montant (`750 EUR`)"),
        Rule::after_hint => lang.pick("`3 months after start`", "`3 mois après le démarrage`"),
        Rule::step_hint => lang.pick("`8 days after due`", "`8 jours après l'échéance`"),
        Rule::trigger_hint => {
            lang.pick("when it is billed (`on end`)", "le moment où facturer (`à la fin`)")
        }
        Rule::parenthesis_hint => "`(`",
        Rule::comparator_hint => {
            lang.pick("a comparison (`<`, `>=`)", "une comparaison (`<`, `>=`)")
        }
        _ => lang.pick("something else", "autre chose"),
    }
    .to_owned()
}

/// Rules whose beginnings are named together where all of them are possible: one by one they are too
/// many to be heard.
pub const TOGETHER: &[Rule] =
    &[Rule::amount, Rule::moment, Rule::happening, Rule::condition, Rule::step_condition];

/// How the beginnings of such a rule are named together: all of them, or some with what follows.
pub fn together(rule: Rule, lang: Lang) -> String {
    match rule {
        Rule::amount => lang.pick(
            "how much is billed (`30 %`, `750 EUR`, `work`, `up to 40 %`, `remainder`, `nothing`, `pro rata duration`)",
            "combien facturer (`30 %`, `750 EUR`, `réalisé`, `jusqu'à 40 %`, `reste`, `rien`, `prorata durée`)",
        )
        .to_owned(),
        Rule::condition => lang.pick(
            "a condition (`duration < 4 months`, `attendance >= 80 %`, `started`, `action \"…\" done`, `event \"…\" happened`, `not …`)",
            "une condition (`durée < 4 mois`, `assiduité >= 80 %`, `démarré`, `action \"…\" faite`, `événement \"…\" survenu`, `non …`)",
        )
        .to_owned(),
        Rule::step_condition => lang.pick(
            "a condition (`open >= 5 EUR`, `received`, `sent by \"…\"`, `rejected`, `disputed`, `promised`, `paid in part`, `step \"…\" done`, `not …`)",
            "une condition (`restant dû >= 5 EUR`, `reçue`, `envoyée par \"…\"`, `rejetée`, `contestée`, `promise`, `payée en partie`, `étape \"…\" faite`, `non …`)",
        )
        .to_owned(),
        Rule::moment => all(rule, lang.pick("the moment", "le moment"), lang),
        _ => all(rule, lang.pick("what happened", "ce qui a eu lieu"), lang),
    }
}

/// All beginnings of a rule; those that take a name with one.
fn all(rule: Rule, called: &str, lang: Lang) -> String {
    let named = [Rule::kw_action, Rule::kw_event, Rule::kw_deliverable];
    let one = |rule: &Rule| match *rule {
        Rule::date => lang.pick("a date `2025-07-05`", "une date `05/07/2025`").to_owned(),
        rule if named.contains(&rule) => {
            format!("{} \"…\"`", shown(rule, lang).trim_end_matches('`'))
        }
        rule => shown(rule, lang),
    };
    let beginnings: Vec<String> = of(rule).unwrap_or_default().iter().map(one).collect();
    format!("{called} ({})", beginnings.join(", "))
}
