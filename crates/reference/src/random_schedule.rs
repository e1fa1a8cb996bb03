//! Random schedules that the checker accepts.

use chrono::{Days, NaiveDate};

use super::exact::{Exact, decimal, fraction, scaled, whole, zero};
use super::rng::Rng;
use super::rules::{
    Action, Amount, Anchor, Compare, Condition, Currency, Line, LineKind, Price, Rate, Schedule,
    Span, SpanUnit, Test, Trigger, Unit,
};

const ACTIONS: [&str; 7] = [
    "Premier rendez-vous",
    "Bilan final",
    "Étude de projet",
    "Atelier collectif",
    "Point \"étape\"",
    "Jury, deuxième session",
    "Lot #2: remise",
];
pub(super) const DELIVERABLES: [&str; 3] = ["Livret 1", "Synthèse signée", "Dossier\\Annexe"];
pub(super) const EVENTS: [&str; 3] = ["Emploi trouvé", "Accord du financeur", "Suspension"];
const PERCENTS: [&str; 14] = [
    "5", "10", "20", "25", "30", "40", "50", "33.33", "33.3333", "12.5", "66.667", "0.01",
    "99.9999", "100",
];
const LABELS: [&str; 6] = [
    "Acompte",
    "Étude de faisabilité",
    "Solde final",
    "Abandon",
    "Réalisé du mois",
    "Tranche \"A\"",
];

/// An amount that a line of this kind may have in a schedule.
pub fn amount_of(rng: &mut Rng, kind: LineKind, schedule: &Schedule) -> Amount {
    amount(rng, kind, &Ground::of(schedule))
}

/// What a schedule's lines may lean on.
pub(super) struct Ground {
    decimals: u32,
    total_known: bool,
    has_work: bool,
    pub(super) actions: Vec<String>,
}

impl Ground {
    pub(super) fn of(schedule: &Schedule) -> Ground {
        let actions = &schedule.actions;
        Ground {
            decimals: schedule.currency.decimals,
            total_known: match schedule.price {
                Price::Fixed(_) => true,
                Price::Hourly { .. } => schedule.planned_hours.is_some(),
                Price::PerAction => false,
            },
            has_work: !matches!(schedule.price, Price::Fixed(_)),
            actions: if actions.is_empty() {
                ACTIONS.iter().map(|name| (*name).to_owned()).collect()
            } else {
                actions.iter().map(|action| action.name.clone()).collect()
            },
        }
    }
}

/// A random schedule.
pub fn schedule(rng: &mut Rng) -> Schedule {
    let currency = currency(rng);
    let price = price(rng, currency.decimals);
    let actions = actions(rng, &price, currency.decimals);
    let mut schedule = Schedule {
        name: format!("Parcours {}", rng.between(1, 999)),
        unit: if rng.chance(20) { Unit::Group } else { Unit::Case },
        currency,
        price,
        actions,
        planned_hours: rng.chance(80).then(|| planned_hours(rng)),
        planned_months: rng.chance(75).then(|| 1 + u32_below(rng, 14)),
        whole_percent: rng.chance(30),
        lines: Vec::new(),
    };
    let ground = Ground::of(&schedule);
    let count = 3 + rng.below(6);
    schedule.lines = (0..count).map(|index| line(rng, index, &ground)).collect();
    schedule
}

fn u32_below(rng: &mut Rng, n: usize) -> u32 {
    u32::try_from(rng.below(n)).unwrap_or(0)
}

fn currency(rng: &mut Rng) -> Currency {
    let all = [("EUR", 2), ("JPY", 0), ("TND", 3)];
    let (code, decimals) = all[rng.weighted(&[60, 20, 20])];
    Currency { code, decimals }
}

/// An amount above zero, of a random size, that the currency can write.
fn money(rng: &mut Rng, decimals: u32) -> Exact {
    let units = match rng.below(5) {
        0 => scaled(rng.between(1, 9), decimals),
        1 => whole(rng.between(1, 30) * 100),
        2 => whole(rng.between(1, 200)),
        _ => scaled(rng.between(1, 500_000), decimals),
    };
    if units == zero() { whole(1) } else { units }
}

fn rate(rng: &mut Rng, decimals: u32) -> Exact {
    if rng.chance(60) { whole(rng.between(4, 90)) } else { scaled(rng.between(1, 9999), decimals) }
}

fn price(rng: &mut Rng, decimals: u32) -> Price {
    match rng.weighted(&[40, 32, 28]) {
        0 => Price::Fixed(money(rng, decimals)),
        1 => {
            let at_least = rng.chance(45).then(|| fraction(rng.between(2, 40), 2));
            let above = at_least.clone().unwrap_or_else(|| whole(1));
            let at_most = rng.chance(45).then(|| above + fraction(rng.between(0, 30), 4));
            Price::Hourly { rate: rate(rng, decimals), at_least, at_most }
        }
        _ => Price::PerAction,
    }
}

fn actions(rng: &mut Rng, price: &Price, decimals: u32) -> Vec<Action> {
    let per_action = *price == Price::PerAction;
    if !per_action && rng.chance(55) {
        return Vec::new();
    }
    let mut names = ACTIONS;
    rng.shuffle(&mut names);
    let count = 2 + rng.below(3);
    let mut action = |name: &&str| Action {
        name: (*name).to_owned(),
        rate: match (per_action, rng.weighted(&[60, 25, 15])) {
            (false, _) => Rate::Declared,
            (true, 0) => Rate::Hourly(self::rate(rng, decimals)),
            (true, 1) => Rate::Flat(money(rng, decimals)),
            (true, _) => Rate::NotBilled,
        },
        ends_case: rng.chance(18),
    };
    names.iter().take(count).map(&mut action).collect()
}

pub(super) fn planned_hours(rng: &mut Rng) -> Exact {
    match rng.below(4) {
        0 => whole(10),
        1 => whole(rng.between(1, 40)),
        2 => fraction(rng.between(4, 80), 4),
        _ => scaled(rng.between(10_000, 300_000), 4),
    }
}

fn line(rng: &mut Rng, index: usize, ground: &Ground) -> Line {
    let kind = *pick_weighted(
        rng,
        &[(LineKind::Deposit, 24), (LineKind::Installment, 34), (LineKind::Balance, 42)],
    );
    let stays_open = kind == LineKind::Balance && rng.chance(45);
    let closing = kind == LineKind::Balance && !stays_open;
    let mut triggers: Vec<Trigger> = Vec::new();
    for _ in 0..=rng.weighted(&[60, 28, 12]) {
        let trigger = if closing { late_trigger(rng, ground) } else { any_trigger(rng, ground) };
        if !triggers.contains(&trigger) {
            triggers.push(trigger);
        }
    }
    Line {
        kind,
        label: format!("{} {}", rng.pick(&LABELS), index + 1),
        amount: amount(rng, kind, ground),
        triggers,
        condition: rng.chance(40).then(|| condition(rng, 2, ground)),
        stays_open,
    }
}

fn pick_weighted<'a, T>(rng: &mut Rng, choices: &'a [(T, usize)]) -> &'a T {
    let weights: Vec<usize> = choices.iter().map(|(_, weight)| *weight).collect();
    &choices[rng.weighted(&weights)].0
}

fn amount(rng: &mut Rng, kind: LineKind, ground: &Ground) -> Amount {
    let deposit = kind == LineKind::Deposit;
    let priced = |weight: usize| if ground.total_known { weight } else { 0 };
    let settling = |weight: usize| if deposit { 0 } else { priced(weight) };
    let worked = |weight: usize| {
        if deposit || !ground.has_work { 0 } else { weight }
    };
    let weights = [
        priced(36),
        if deposit { 25 } else { 12 },
        worked(16),
        worked(16),
        settling(9),
        settling(8),
        if deposit { 0 } else { 4 },
        priced(8),
        priced(8),
    ];
    match rng.weighted(&weights) {
        0 => Amount::Percent(share(rng)),
        1 => Amount::Money(money(rng, ground.decimals)),
        2 => Amount::Work,
        3 => Amount::WorkItemised,
        4 => Amount::UpTo(share(rng)),
        5 => Amount::Remainder,
        6 => Amount::Nothing,
        7 => Amount::ProRataAttendance,
        _ => Amount::ProRataDuration,
    }
}

/// A percentage above 0 and at most 100, with up to four decimals.
fn share(rng: &mut Rng) -> Exact {
    if rng.chance(75) {
        decimal(rng.pick::<&str>(&PERCENTS)).unwrap_or_else(|| whole(50))
    } else {
        scaled(rng.between(1, 1_000_000), 4)
    }
}

/// The triggers of a closing balance: mostly those that come late.
fn late_trigger(rng: &mut Rng, ground: &Ground) -> Trigger {
    match rng.weighted(&[50, 34, 16]) {
        0 => Trigger::End,
        1 => Trigger::Abandonment,
        _ => any_trigger(rng, ground),
    }
}

fn any_trigger(rng: &mut Rng, ground: &Ground) -> Trigger {
    match rng.weighted(&[9, 12, 9, 7, 18, 9, 8, 10, 14, 6]) {
        0 => Trigger::Signature,
        1 => Trigger::Start,
        2 => Trigger::End,
        3 => Trigger::Abandonment,
        4 => Trigger::Action(rng.pick(&ground.actions).clone()),
        5 => Trigger::Deliverable((*rng.pick(&DELIVERABLES)).to_owned()),
        6 => Trigger::Event((*rng.pick(&EVENTS)).to_owned()),
        7 => Trigger::MonthEnd,
        8 => {
            let anchor = if rng.chance(70) { Anchor::Start } else { Anchor::Signature };
            Trigger::After(span(rng), anchor)
        }
        _ => Trigger::On(day(rng)),
    }
}

/// A date of the years in which the histories lie, month ends and 29 February more often.
pub(super) fn day(rng: &mut Rng) -> NaiveDate {
    let january = |year, day| NaiveDate::from_ymd_opt(year, 1, day).unwrap_or_default();
    let year = *rng.pick(&[2023, 2024, 2024, 2025]);
    match rng.below(5) {
        0 => january(year, *rng.pick(&[28, 29, 30, 31])),
        1 => NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default(),
        2 => {
            let start = january(year, 31);
            Span::months(u32_below(rng, 12)).after(start).unwrap_or(start)
        }
        _ => {
            let start = january(year, 1);
            start.checked_add_days(Days::new(rng.below(365) as u64)).unwrap_or(start)
        }
    }
}

fn span(rng: &mut Rng) -> Span {
    let (unit, most) = match rng.weighted(&[22, 12, 60, 6]) {
        0 => (SpanUnit::Days, 60),
        1 => (SpanUnit::Weeks, 12),
        2 => (SpanUnit::Months, 10),
        _ => (SpanUnit::Years, 1),
    };
    Span { count: 1 + u32_below(rng, most), unit }
}

/// A window of durations whose lower bound comes first from whatever start.
fn window(rng: &mut Rng) -> Test<Span> {
    let low = span(rng);
    let longer = match (low.unit, rng.below(3)) {
        (SpanUnit::Days, 0) => Span::months(low.count / 28 + 1),
        (SpanUnit::Weeks, 0) => Span::months(low.count / 4 + 1),
        (SpanUnit::Months, 0) => Span { count: low.count / 12 + 1, unit: SpanUnit::Years },
        (unit, _) => Span { count: low.count + 1 + u32_below(rng, 8), unit },
    };
    Test::From(low, longer)
}

fn compare(rng: &mut Rng) -> Compare {
    *rng.pick(&[Compare::Less, Compare::AtMost, Compare::AtLeast, Compare::AtLeast, Compare::More])
}

fn condition(rng: &mut Rng, depth: usize, ground: &Ground) -> Condition {
    let nested = if depth == 0 { 0 } else { 12 };
    let some = |rng: &mut Rng| -> Vec<Condition> {
        (0..2 + rng.weighted(&[75, 25])).map(|_| condition(rng, depth - 1, ground)).collect()
    };
    match rng.weighted(&[nested, nested, nested, 60]) {
        0 => Condition::Not(Box::new(condition(rng, depth - 1, ground))),
        1 => Condition::And(some(rng)),
        2 => Condition::Or(some(rng)),
        _ => leaf(rng, ground),
    }
}

fn leaf(rng: &mut Rng, ground: &Ground) -> Condition {
    match rng.weighted(&[30, 16, 18, 5, 5, 7, 7, 8, 5, 5]) {
        0 if rng.chance(45) => Condition::Duration(window(rng)),
        0 => Condition::Duration(Test::Is(compare(rng), span(rng))),
        1 => Condition::Hours(number(rng, hours_bound)),
        2 => Condition::Attendance(number(rng, attendance_bound)),
        3 => Condition::Started,
        4 => Condition::Signed,
        5 => Condition::Ended,
        6 => Condition::Abandoned,
        7 => Condition::ActionDone(rng.pick(&ground.actions).clone()),
        8 => Condition::DeliverableReceived((*rng.pick(&DELIVERABLES)).to_owned()),
        _ => Condition::EventHappened((*rng.pick(&EVENTS)).to_owned()),
    }
}

fn number(rng: &mut Rng, bound: fn(&mut Rng) -> Exact) -> Test<Exact> {
    if rng.chance(60) {
        return Test::Is(compare(rng), bound(rng));
    }
    let (one, other) = (bound(rng), bound(rng));
    match one.cmp(&other) {
        std::cmp::Ordering::Less => Test::From(one, other),
        std::cmp::Ordering::Equal => Test::Is(Compare::AtLeast, one),
        std::cmp::Ordering::Greater => Test::From(other, one),
    }
}

/// Above zero; a whole number of minutes or of ten-thousandths of an hour.
fn hours_bound(rng: &mut Rng) -> Exact {
    match rng.below(4) {
        0 => fraction(rng.between(1, 18) * 10, 60),
        1 => fraction(rng.between(1, 60), 4),
        _ => whole(rng.between(1, 12)),
    }
}

fn attendance_bound(rng: &mut Rng) -> Exact {
    match rng.below(4) {
        0 => scaled(rng.between(1, 1000), 1),
        1 => whole(rng.between(1, 110)),
        _ => whole(*rng.pick(&[10, 25, 50, 75, 80, 100])),
    }
}
