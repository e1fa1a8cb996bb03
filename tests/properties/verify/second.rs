//! Schedules of the second part: verdicts against brute force. Random schedules that a proof covers, and
//! histories of them with what comes after the end, through the second naive reading, judged by
//! definitions of this file. No proof may have a counter-example, and each witness shows there what is
//! claimed.

use crate::{from_environment, sample};
use chrono::{Datelike, NaiveDate};
use jalon::model::More;
use jalon::scenario::Outcome;
use jalon::situations::Situations;
use jalon::verify::{self, Property, Verdict, Verification, Witness};
use jalon::{Event, EventKind, Plan};
use reference::exact::{Exact, decimal, fraction, round, zero};
use reference::second::rules::{
    Amount, Case, Event as Sent, Kind, Line, Measure, Named, Price, Schedule, Share, Terms,
    Trigger, What,
};
use reference::second::walk::{Billed, evaluate_told};
use reference::second::{random, random_first, random_usual};
use reference::second::{text, told::Told};
use std::collections::{BTreeMap, BTreeSet};

/// What a history shows.
#[derive(Default)]
struct Shown {
    properties: BTreeSet<Property>,
    /// Over, never closed, and something is left.
    leaks: bool,
    fired: BTreeSet<usize>,
    days: BTreeMap<String, Exact>,
    billed: Exact,
}

/// The price of a case, where its total is known.
fn total(schedule: &Schedule, case: &Case) -> Option<Exact> {
    let opened = case.events.iter().find_map(|event| match &event.what {
        What::Opened(terms) => Some(terms),
        _ => None,
    });
    // What is said of an agreed price is said of cases that do not amend it.
    if amends(case) {
        return None;
    }
    let total = match &schedule.price {
        Price::Fixed(price) => price.clone(),
        Price::Agreed { .. } => opened?.price.clone()?,
        Price::Hourly { rate, .. } => {
            let rate = rate.clone().or_else(|| opened?.rate.clone())?;
            rate * schedule.planned_hours.clone()?
        }
        Price::Period { .. } | Price::PerAction { .. } => return None,
    };
    Some(round(&total, 2))
}

/// Whether a case amends its price or its rate.
fn amends(case: &Case) -> bool {
    case.events.iter().any(|event| match &event.what {
        What::Amendment(terms) => terms.price.is_some() || terms.rate.is_some(),
        _ => false,
    })
}

/// Whether a case of a price by the period is closed at its end, and days on which it ran are billed by no line. Of a case
/// that is suspended or amended this does not tell.
fn leaves_days(schedule: &Schedule, case: &Case, lines: &[Billed], told: &[Told]) -> bool {
    let Price::Period { months, amount: Some(amount) } = &schedule.price else { return false };
    let stops = |event: &Sent| matches!(event.what, What::Suspension | What::Resumption);
    let ended = told.last().is_some_and(|last| last.closed && last.over == Some(true));
    if !ended || amends(case) || case.events.iter().any(stops) {
        return false;
    }
    let days = |is: &dyn Fn(&What) -> bool| {
        let of = case.events.iter().filter(|event| event.date <= case.as_of && is(&event.what));
        of.map(|event| event.date).min()
    };
    let over = days(&|what| matches!(what, What::End | What::Abandonment));
    let begun = days(&|what| {
        matches!(what, What::Start | What::Worked(..) | What::Named(Named::Action, _))
    });
    let Some((begun, over)) = begun.zip(over).filter(|(begun, over)| begun <= over) else {
        return false;
    };
    let mut due: BTreeMap<(i32, u32), i64> = BTreeMap::new();
    for day in begun.iter_days().take_while(|day| *day <= over) {
        *due.entry((day.year(), day.month0() / months)).or_default() += 1;
    }
    let due = due.into_iter().map(|((year, period), run)| {
        let first = NaiveDate::from_ymd_opt(year, period * months + 1, 1).expect("a day");
        let next = first + chrono::Months::new(*months);
        round(&(amount.clone() * fraction(run, (next - first).num_days())), 2)
    });
    let due = due.fold(zero(), |sum, amount| sum + amount);
    let of_price = |line: &&Billed| {
        let mut lines = schedule.lines.iter();
        lines.any(|other| other.label == line.line && matches!(other.amount, Amount::Price))
    };
    let billed =
        lines.iter().filter(of_price).map(|line| decimal(&line.amount).expect("an amount"));
    billed.fold(zero(), |sum, amount| sum + amount) < due
}

fn judge(schedule: &Schedule, case: &Case) -> Option<Shown> {
    let (lines, told) = evaluate_told(schedule, case)?;
    let total = total(schedule, case);
    let mut shown = Shown { billed: zero(), ..Shown::default() };
    let mut invoices: BTreeMap<usize, Exact> = BTreeMap::new();
    for Billed { date, amount, invoice, .. } in &lines {
        let amount = decimal(amount).expect("an amount");
        *shown.days.entry(date.clone()).or_insert_with(zero) += &amount;
        *invoices.entry(*invoice).or_insert_with(zero) += &amount;
        shown.billed += amount;
    }
    if bills_on(schedule, &told) {
        shown.properties.insert(Property::Endless);
    }
    if leaves_parts(schedule, &told) {
        shown.properties.insert(Property::PartsLeft);
    }
    shown.days.retain(|_, amount| *amount != zero());
    if invoices.values().any(|amount| *amount < zero()) {
        shown.properties.insert(Property::Credit);
    }
    let mut over: Option<bool> = None;
    for moment in &told {
        if moment.closed && moment.too_late > 0 {
            shown.properties.insert(Property::Overlap);
        }
        for (place, bills) in &moment.fired {
            shown.fired.insert(*place);
            let line = &schedule.lines[*place];
            let share = !matches!(line.amount, Amount::Work(_) | Amount::Nothing);
            if over.is_some() && !moment.of_event && share && *bills {
                shown.properties.insert(Property::AfterTerminal);
            }
        }
        if total.as_ref().is_some_and(|total| moment.of_price > *total) {
            shown.properties.insert(Property::Overbilling);
        }
        over = moment.over;
        let below = total.as_ref().is_some_and(|total| moment.of_price < *total);
        if moment.closed && over != Some(false) && below {
            shown.properties.insert(Property::Underbilling);
        }
    }
    // Work beside the price, when the case is closed; or work that is billed as it goes, when it is closed by a balance of nothing.
    let loses = |moment: &&Told| {
        let of_nothing = |(place, _): &(usize, bool)| {
            let line = &schedule.lines[*place];
            line.kind == Kind::Balance && !line.stays_open && matches!(line.amount, Amount::Nothing)
        };
        let only_closes = bills_work_as_it_goes(schedule) && moment.fired.iter().any(of_nothing);
        moment.unbilled && (!values_work(schedule) || only_closes)
    };
    if told.iter().find(|moment| moment.closed).filter(loses).is_some() {
        shown.properties.insert(Property::UnbilledWork);
    }
    if leaves_days(schedule, case, &lines, &told) {
        shown.properties.insert(Property::Underbilling);
    }
    let last = told.last()?;
    if last.over.is_some() && !last.closed {
        let left = total.is_some_and(|total| last.of_price < total);
        shown.leaks = left || last.unbilled || !last.deposits.is_empty();
        if !last.deposits.is_empty() {
            shown.properties.insert(Property::StrandedDeposit);
        }
        if last.unbilled {
            shown.properties.insert(Property::UnbilledWork);
        }
    }
    Some(shown)
}

/// Whether the price itself is one of work.
fn values_work(schedule: &Schedule) -> bool {
    matches!(schedule.price, Price::Hourly { .. } | Price::PerAction { .. })
}

/// Whether some line of work leaves the case open, and waits for more than that it is over.
fn bills_work_as_it_goes(schedule: &Schedule) -> bool {
    let over = |trigger: &Trigger| matches!(trigger, Trigger::End | Trigger::Abandonment);
    schedule.lines.iter().any(|line| {
        matches!(line.amount, Amount::Work(_))
            && (line.kind != Kind::Balance || line.stays_open)
            && !line.triggers.iter().all(over)
    })
}

/// Whether a case that is over and open is billed by the calendar on its last days.
fn bills_on(schedule: &Schedule, told: &[Told]) -> bool {
    let Some(last) = told.last().filter(|last| last.over.is_some() && !last.closed) else {
        return false;
    };
    let bills = |moment: &&Told| {
        let each = |(place, bills): &(usize, bool)| *bills && repeats(&schedule.lines[*place]);
        moment.over.is_some() && !moment.of_event && moment.fired.iter().any(each)
    };
    let lasts = told.iter().rev().take_while(|moment| (last.date - moment.date).num_days() < 370);
    lasts.filter(bills).count() > 0
}

/// Whether a line may come by itself for ever.
fn repeats(line: &Line) -> bool {
    let by_itself = |trigger: &Trigger| matches!(trigger, Trigger::DayOfMonth(_));
    let listed = |trigger: &Trigger| matches!(trigger, Trigger::Dates(_));
    let ends = line.at_most.is_some()
        || line.triggers.iter().all(listed)
        || matches!(
            line.amount,
            Amount::Work(_) | Amount::PercentInParts(..) | Amount::SumInParts(..)
        );
    (line.each || line.triggers.iter().any(by_itself)) && !ends
}

/// Whether a balance that does not bill up to a share closes the case before all parts of some line.
fn leaves_parts(schedule: &Schedule, told: &[Told]) -> bool {
    let Some(closing) = told.iter().position(|moment| moment.closed) else { return false };
    let up_to = |(place, _): &(usize, bool)| {
        let line = &schedule.lines[*place];
        let closes = line.kind == Kind::Balance && !line.stays_open;
        closes && matches!(line.amount, Amount::UpTo(_) | Amount::Remainder)
    };
    if told[closing].fired.iter().any(up_to) {
        return false;
    }
    let fired = || told[..=closing].iter().flat_map(|moment| &moment.fired);
    (0..).zip(&schedule.lines).any(|(place, line): (usize, &Line)| match line.amount {
        Amount::PercentInParts(_, parts) | Amount::SumInParts(_, parts) => {
            let times = fired().filter(|(other, _)| *other == place).count();
            times < usize::try_from(parts).expect("few")
        }
        _ => false,
    })
}

/// Whether some two events of one day bill other sums in the other order.
fn order_matters(schedule: &Schedule, case: &Case, shown: &Shown) -> bool {
    let other = |event: &Sent| matches!(event.what, What::Named(..) | What::Worked(..));
    let pairs = case
        .events
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].date == pair[1].date && other(&pair[0]) && other(&pair[1]));
    pairs.map(|(place, _)| place).any(|place| {
        let mut swapped = case.clone();
        swapped.events.swap(place, place + 1);
        judge(schedule, &swapped).is_some_and(|swapped| swapped.days != shown.days)
    })
}

/// Whether leaving later pays less, or leaving more than finishing.
fn has_a_cliff(schedule: &Schedule, case: &Case, later: u64) -> bool {
    let mut begun = case.clone();
    let terminal = |event: &Sent| matches!(event.what, What::End | What::Abandonment);
    begun.events.retain(|event| !terminal(event));
    let last = begun.events.iter().map(|event| event.date).max().expect("an opening");
    let with = |what: What, date: NaiveDate| {
        let mut case = begun.clone();
        case.events.push(Sent { date, what });
        judge(schedule, &case).map(|shown| shown.billed)
    };
    let day = last + chrono::Days::new(later);
    let (now, ended) = (with(What::Abandonment, last), with(What::End, last));
    let afterwards = with(What::Abandonment, day);
    let (Some(now), Some(ended), Some(afterwards)) = (now, ended, afterwards) else { return false };
    // Nothing else may have closed the case before.
    let open = judge(schedule, &begun).is_some() && {
        let (_, told) =
            evaluate_told(schedule, &Case { as_of: day, ..begun.clone() }).expect("sound");
        !told.iter().any(|moment: &Told| moment.closed)
    };
    open && (afterwards < now || now > ended)
}

fn verdict(verification: &Verification, property: Property) -> Verdict {
    let found = verification.proofs.iter().find(|proof| proof.property == property);
    found.expect("every property").verdict
}

/// A witness as a case of the reference.
fn case_of(schedule: &Schedule, witness: &Witness, events: &[Event]) -> Case {
    let naive = |date: jalon::Date| date.to_string().parse::<NaiveDate>().expect("a date");
    let terms = Terms {
        price: witness
            .figure
            .filter(|_| witness.agreed.terms.price.is_some())
            .map(|figure| reference::exact::scaled(figure.0, 2)),
        rate: witness
            .figure
            .filter(|_| witness.agreed.terms.rate.is_some())
            .map(|figure| reference::exact::scaled(figure.0, 2)),
        shares: schedule
            .payers
            .iter()
            .enumerate()
            .filter_map(|(place, payer)| {
                use jalon::model::program::Share as Stated;
                let mut shares = witness.agreed.shares.iter();
                match shares.find(|(name, _)| *name == payer.name)?.1 {
                    Stated::Percent(share) => {
                        Some((place, Share::Percent(decimal(&share.to_string()).expect("a share"))))
                    }
                    Stated::Sum(sum) => {
                        Some((place, Share::Sum(reference::exact::scaled(sum.0, 2))))
                    }
                    Stated::Agreed | Stated::Remainder => None,
                }
            })
            .collect(),
        planned_start: witness.agreed.terms.planned_start.map(naive),
        planned_end: witness.agreed.terms.planned_end.map(naive),
    };
    let first = events.iter().map(|event| event.date).min().expect("an event");
    let mut all = vec![Sent { date: naive(first), what: What::Opened(terms) }];
    let known =
        |name: &str| ["Visit", "Lesson", "Report", "Call"].into_iter().find(|known| *known == name);
    for event in events {
        let what = match &event.kind {
            EventKind::Milestone(jalon::model::Milestone::Signature) => What::Signature,
            EventKind::Milestone(jalon::model::Milestone::Start) => What::Start,
            EventKind::Milestone(jalon::model::Milestone::End) => What::End,
            EventKind::Milestone(jalon::model::Milestone::Abandonment) => What::Abandonment,
            EventKind::Action { name, hours } => {
                let name = known(name).unwrap_or("Other");
                match hours {
                    None => What::Named(Named::Action, name),
                    Some(hours) => {
                        let hours = decimal(&hours.to_string()).expect("hours");
                        What::Worked(name, Measure::Hours(hours))
                    }
                }
            }
            EventKind::Deliverable { name } => {
                What::Named(Named::Deliverable, known(name).unwrap_or("Other"))
            }
            EventKind::Event { name } => What::Named(Named::Event, known(name).unwrap_or("Other")),
            EventKind::More(more) => match &**more {
                More::Progress(share) => {
                    What::Progress(decimal(&share.to_string()).expect("a share"))
                }
                More::Suspension => What::Suspension,
                More::Resumption => What::Resumption,
                More::Action { name, beside, .. } => {
                    let measure = match (beside.quantity, beside.amount) {
                        (Some(quantity), _) => {
                            Measure::Quantity(reference::exact::scaled(quantity, 4))
                        }
                        (None, Some(amount)) => {
                            Measure::Amount(reference::exact::scaled(amount.0, 4))
                        }
                        (None, None) => panic!("an action of neither"),
                    };
                    What::Worked(known(name).unwrap_or("Other"), measure)
                }
                other => panic!("no witness has {other:?}"),
            },
            other => panic!("no witness has {other:?}"),
        };
        all.push(Sent { date: naive(event.date), what });
    }
    Case { as_of: naive(witness.as_of), events: all }
}

/// What a verification says that the reference does not show.
fn witnesses(schedule: &Schedule, verification: &Verification, bad: &mut Vec<String>) -> u64 {
    let mut count = 0;
    for finding in &verification.findings {
        let Some(witness) = &finding.witness else { continue };
        count += 1;
        // A case may plan hours of its own.
        let planned = witness.terms.hours.map(|hours| decimal(&hours.to_string()).expect("hours"));
        let planned_hours = planned.or_else(|| schedule.planned_hours.clone());
        let planned_months = witness.terms.months.or(schedule.planned_months);
        let schedule = &Schedule { planned_hours, planned_months, ..schedule.clone() };
        let case = case_of(schedule, witness, &witness.events);
        let shown = judge(schedule, &case);
        let shows = shown.as_ref().is_some_and(|shown| match finding.property() {
            Property::Leak | Property::Gap => shown.leaks,
            Property::PastDate => {
                total(schedule, &case).is_none()
                    || shown.properties.contains(&Property::Underbilling)
            }
            // Work after closing is no matter of the last moment; a case that never started is.
            Property::NeverStarted => true,
            Property::UnbilledWork => {
                matches!(finding.key, verify::Key::WorkAfterClosing(_))
                    || shown.properties.contains(&Property::UnbilledWork)
            }
            Property::Order | Property::Cliff => witness.compared.as_ref().is_some_and(|other| {
                let other = case_of(schedule, witness, &other.events);
                judge(schedule, &other).is_some_and(|other| match finding.key {
                    verify::Key::Cliff(verify::Terminal::Abandonment) => {
                        shown.billed < other.billed
                    }
                    verify::Key::Cliff(verify::Terminal::End) => shown.billed > other.billed,
                    _ => shown.days != other.days,
                })
            }),
            property => shown.properties.contains(&property),
        });
        if !shows {
            let name = finding.property().name();
            bad.push(format!("a witness of {name} does not show it: {case:?}\n"));
        }
    }
    count
}

/// Proofs that a history speaks against.
fn against(
    (plan, schedule): (&Plan, &Schedule),
    verification: &Verification,
    cases: &[Case],
    bad: &mut Vec<String>,
) {
    let proved = |property| verdict(verification, property) == Verdict::Proved;
    let dead: Vec<usize> = verification
        .findings
        .iter()
        .filter_map(|finding| match finding.key {
            verify::Key::DeadLine(line) => plan.line(line).map(|line| line.index),
            _ => None,
        })
        .collect();
    for (number, case) in cases.iter().enumerate() {
        let Some(shown) = judge(schedule, case) else { continue };
        let mut counter: Vec<Property> =
            shown.properties.iter().copied().filter(|property| proved(*property)).collect();
        // A case that comes after the date of a line counts as that.
        if !proved(Property::PastDate) {
            counter.retain(|property| *property != Property::Underbilling);
        }
        if shown.leaks
            && [Property::Leak, Property::Gap, Property::NeverStarted].into_iter().all(proved)
        {
            counter.push(Property::Leak);
        }
        if proved(Property::Order) && order_matters(schedule, case, &shown) {
            counter.push(Property::Order);
        }
        let days = [1, 14, 15, 16, 30, 31, 60, 91];
        if proved(Property::Cliff) && has_a_cliff(schedule, case, days[number % days.len()]) {
            counter.push(Property::Cliff);
        }
        for property in counter {
            bad.push(format!("{} is proved, and {:?} shows it\n", property.name(), case.events));
        }
        for line in shown.fired.iter().filter(|line| dead.contains(line)) {
            bad.push(format!("line {line} is dead, and {:?} fires it\n", case.events));
        }
    }
}

#[test]
fn verdicts_on_the_second_part_agree_with_brute_force() {
    let schedules = from_environment("JALON_VERIFY_SCHEDULES", sample(30));
    let histories = from_environment("JALON_VERIFY_HISTORIES", 40);
    let seed = from_environment("JALON_VERIFY_SEED", 1).wrapping_mul(1_000_003);
    let mut verdicts: BTreeMap<(Property, Verdict), u32> = BTreeMap::new();
    let mut uncovered: BTreeMap<String, u32> = BTreeMap::new();
    let (mut bad, mut shown) = (Vec::new(), 0);
    for seed in seed..seed + schedules {
        let (schedule, cases) =
            random_first::sample(seed, usize::try_from(histories).expect("few"));
        let source = text::source(&schedule);
        let compiled = jalon::compile("second.jalon", &source)
            .unwrap_or_else(|report| panic!("{source}\n{:#?}", report.diagnostics));
        let plan = &compiled.schedules[0];
        let verification = verify::verify(plan, &verify::Options::default());
        if let Err(beyond) = plan.first_part() {
            *uncovered.entry(beyond.say(&plan.schedule, jalon::Lang::En)).or_default() += 1;
        }
        for proof in &verification.proofs {
            *verdicts.entry((proof.property, proof.verdict)).or_default() += 1;
        }
        let mut here = Vec::new();
        shown += witnesses(&schedule, &verification, &mut here);
        against((plan, &schedule), &verification, &cases, &mut here);
        bad.extend(here.into_iter().map(|what| format!("seed {seed}: {what}{source}\n")));
    }
    println!("{shown} witnesses\nnot covered: {uncovered:#?}");
    for ((property, verdict), count) in &verdicts {
        println!("{:18} {:8} {count}", property.name(), verdict.name());
    }
    let told: String = bad.iter().take(6).cloned().collect();
    assert!(bad.is_empty(), "{} disagreements:\n{told}", bad.len());
    let unknown = |((_, verdict), count): (&(Property, Verdict), &u32)| {
        (*verdict == Verdict::Unknown).then_some(*count)
    };
    let unknown: u32 = verdicts.iter().filter_map(unknown).sum();
    let all: u32 = verdicts.values().sum();
    println!("{unknown} of {all} verdicts unknown");
    assert!(schedules < 30 || unknown * 2 < all, "{unknown} of {all} verdicts are unknown");
}

/// Of schedules that no proof covers, any and usual ones: what single lives show, and what follows without any.
#[test]
fn what_single_lives_tell_agrees_with_the_second_reading() {
    let schedules = from_environment("JALON_VERIFY_SCHEDULES", sample(120));
    let histories = from_environment("JALON_VERIFY_HISTORIES", 12);
    let histories = usize::try_from(histories).expect("few");
    let seed = from_environment("JALON_VERIFY_SEED", 1).wrapping_mul(1_000_003);
    let mut verdicts: BTreeMap<(Property, Verdict), u32> = BTreeMap::new();
    let (mut bad, mut shown) = (Vec::new(), 0);
    let (mut refused, mut looked_at) = (0, 0);
    for seed in seed..seed + schedules {
        let usual = seed % 2 == 1;
        let (schedule, cases) = if usual {
            random_usual::sample(seed, histories)
        } else {
            random::sample(seed, histories)
        };
        let source = text::source(&schedule);
        let compiled = match jalon::compile("second.jalon", &source) {
            Ok(compiled) => compiled,
            // A line that never comes in what it stands in, for instance.
            Err(_) if usual => {
                refused += 1;
                continue;
            }
            Err(report) => panic!("{source}\n{:#?}", report.diagnostics),
        };
        let plan = &compiled.schedules[0];
        if plan.first_part().is_ok() {
            continue;
        }
        looked_at += 1;
        let options = verify::Options { budget: 20_000, ..verify::Options::default() };
        let verification = verify::verify(plan, &options);
        for proof in &verification.proofs {
            *verdicts.entry((proof.property, proof.verdict)).or_default() += 1;
        }
        let mut here = Vec::new();
        shown += witnesses(&schedule, &verification, &mut here);
        against((plan, &schedule), &verification, &cases, &mut here);
        bad.extend(here.into_iter().map(|what| format!("seed {seed}: {what}{source}\n")));
    }
    println!(
        "{looked_at} schedules, {histories} histories each, {refused} refused; {shown} witnesses"
    );
    assert!(refused * 10 < schedules, "{refused} of {schedules} are no schedules");
    for ((property, verdict), count) in &verdicts {
        println!("{:18} {:8} {count}", property.name(), verdict.name());
    }
    let told: String = bad.iter().take(6).cloned().collect();
    assert!(bad.is_empty(), "{} disagreements:\n{told}", bad.len());
    let of = |property, verdict| verdicts.get(&(property, verdict)).copied().unwrap_or(0);
    let proved = [
        Property::Overbilling,
        Property::Underbilling,
        Property::Overlap,
        Property::PastDate,
        Property::Credit,
        Property::UnbilledWork,
        Property::DeadLine,
        Property::Endless,
        Property::Leak,
    ];
    for property in proved {
        assert!(of(property, Verdict::Proved) > 0, "{} is never proved", property.name());
    }
    for property in [Property::Overbilling, Property::Endless, Property::PartsLeft] {
        assert!(of(property, Verdict::Refuted) > 0, "{} is never refuted", property.name());
    }
}

/// A scenario is written for each situation; with them all are reached, and each passes.
#[test]
fn generated_scenarios_of_the_second_part_pass_and_leave_nothing_out() {
    let seed = from_environment("JALON_VERIFY_SEED", 1).wrapping_mul(1_000_003);
    let (mut situations, mut cut) = (0, 0);
    for seed in seed..seed + sample(40) {
        let (schedule, _) = random_first::sample(seed, 0);
        let source = text::source(&schedule);
        let compiled = jalon::compile("second.jalon", &source).expect("a sound schedule");
        let plan = &compiled.schedules[0];
        let found = Situations::of(plan);
        if plan.first_part().is_err() {
            assert!(found.cut && found.all.is_empty());
            continue;
        }
        let mut together = source;
        for (number, situation) in found.all.iter().enumerate() {
            let name = format!("number {number}");
            let lang = jalon::Lang::En;
            let scenario = found.scenario(&situation.example, &name, None, lang);
            together.push_str(&scenario.expect("the example is billed"));
        }
        let compiled = jalon::compile("second.jalon", &together)
            .unwrap_or_else(|report| panic!("{together}\n{:#?}", report.diagnostics));
        let mut again = Situations::of(&compiled.schedules[0]);
        for scenario in &compiled.scenarios {
            let outcome = jalon::scenario::run(&compiled.schedules[0], scenario);
            assert!(matches!(outcome, Outcome::Passed), "{outcome:?}\n{together}");
            again.reach(scenario);
        }
        assert!(again.all.iter().all(|situation| situation.reached), "{together}");
        assert_eq!(again.all.len(), found.all.len(), "{together}");
        situations += again.all.len();
        cut += usize::from(found.cut);
    }
    println!("{situations} situations, {cut} lists that may not be whole");
    assert!(situations > 100);
}
