//! Work: what an action adds, in its steps, tiers and caps, and what work comes to once it is billed.
//!
//! In: one action after another, in the order of moments. Out: entries of one rate each, and, when a
//! line bills them, items with amounts, within the bounds of the price. Each item is rounded once.

use crate::calendar::Date;
use crate::model::program::{Form, Measure, Name, Price, Program, Rate, TaxId, Tiers, Worked};
use crate::money::{Exact, Hours, Money, Percent};

/// What an action states besides its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Its hours.
    pub hours: Option<Hours>,
    /// Its quantity, in ten-thousandths.
    pub quantity: Option<i64>,
    /// Its amount.
    pub amount: Option<Money>,
}

/// How much of what, and at which rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Hours at a rate.
    Hours(Hours, Rate),
    /// Ten-thousandths of a unit at a rate.
    Units(i64, Rate),
    /// So many times a sum.
    Times(i64, Rate),
    /// A share of an amount.
    Of(Money, Percent),
    /// What is missing to the least that a price bills, as money.
    Missing(Money),
}

impl Quantity {
    /// The rate as a thing to be compared, whatever the quantity.
    fn rate(self) -> (u8, i64) {
        match self {
            Quantity::Hours(_, rate) => (0, rate.0),
            Quantity::Units(_, rate) => (1, rate.0),
            Quantity::Times(_, rate) => (2, rate.0),
            Quantity::Of(_, share) => (3, share.0),
            Quantity::Missing(_) => (4, 0),
        }
    }

    /// Whether there is nothing of it.
    fn is_none(self) -> bool {
        match self {
            Quantity::Hours(hours, _) => hours == Hours::ZERO,
            Quantity::Units(count, _) | Quantity::Times(count, _) => count == 0,
            Quantity::Of(amount, _) | Quantity::Missing(amount) => amount == Money::ZERO,
        }
    }

    /// Both together, of one rate.
    fn plus(self, other: Quantity) -> Option<Quantity> {
        Some(match (self, other) {
            (Quantity::Hours(a, rate), Quantity::Hours(b, _)) => Quantity::Hours(a.plus(b)?, rate),
            (Quantity::Units(a, rate), Quantity::Units(b, _)) => {
                Quantity::Units(a.checked_add(b)?, rate)
            }
            (Quantity::Times(a, rate), Quantity::Times(b, _)) => {
                Quantity::Times(a.checked_add(b)?, rate)
            }
            (Quantity::Of(a, share), Quantity::Of(b, _)) => Quantity::Of(a.plus(b)?, share),
            (Quantity::Missing(a), Quantity::Missing(b)) => Quantity::Missing(a.plus(b)?),
            _ => return None,
        })
    }

    /// What it comes to, rounded once.
    pub fn amount(self, program: &Program) -> Option<Money> {
        let (count, (numerator, denominator), unit) = match self {
            Quantity::Hours(hours, rate) => (hours.0, program.minor(rate), Hours::ONE.0),
            Quantity::Units(count, rate) => (count, program.minor(rate), UNIT),
            Quantity::Times(count, rate) => (count, program.minor(rate), 1),
            Quantity::Of(amount, share) => {
                return Exact::from_money(amount).share(share);
            }
            Quantity::Missing(amount) => return Some(amount),
        };
        let denominator = denominator * i128::from(unit);
        Exact::new(numerator.checked_mul(i128::from(count))?, denominator)?.round()
    }
}

/// Ten-thousandths in one unit of a quantity.
pub const UNIT: i64 = 10_000;

/// Work of one rate that is not billed yet.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The place of its event; none for what is missing to the least.
    pub event: Option<u32>,
    /// The action.
    pub name: Name,
    /// Its day.
    pub date: Date,
    /// How much.
    pub quantity: Quantity,
    /// Its own tax.
    pub tax: Option<TaxId>,
    /// Whether it belongs to the price.
    pub of_price: bool,
    /// In which tier of its rates it lies, from 0.
    pub tier: u16,
}

/// An entry of which something else is billed than was sent: in the smallest unit of its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The place of its event.
    pub event: u32,
    /// What did it.
    pub by: CutBy,
    /// What there was.
    pub given: i64,
    /// What counts.
    pub counted: i64,
}

/// What changes how much of an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutBy {
    /// Hours are rounded up to whole steps.
    Step,
    /// The action's cap.
    Cap,
    /// The most hours of the price.
    Price,
}

/// Work on a line: one entry, or those of one action and rate together.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// What it is of; several entries of one action and rate count together.
    pub entry: Entry,
    /// The days of the work on it.
    pub days: Option<(Date, Date)>,
    /// What it comes to.
    pub amount: Money,
    /// What it would come to without the bounds in money of the price.
    pub full: Money,
}

/// What is counted of an action for its tiers and its cap.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    month: u32,
    reached: i64,
}

/// The work of a case.
#[derive(Clone, Debug, Default)]
pub struct Work {
    counts: Vec<Count>,
    /// Hours of the price, after steps, within the most that it bills.
    hours: Hours,
    /// Whether work was done while no rate was stated.
    unrated: bool,
    /// Work billed in all, in money.
    billed: Money,
    month: u32,
    /// Work billed of that month, in money.
    billed_in_month: Money,
    /// Not billed yet, in the order of moments.
    pub entries: Vec<Entry>,
    /// Entries of which not all is billed, or more than was sent.
    pub cuts: Vec<Cut>,
}

/// What is amiss with an action's work, or remarkable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// It is billed by its hours and states none.
    NoHours,
    /// It is billed by its quantity and states none.
    NoQuantity,
    /// It is billed by its amount and states none.
    NoAmount,
    /// It states a quantity that is not used.
    UnusedQuantity,
    /// It states an amount that is not used.
    UnusedAmount,
}

/// Why work could not be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWork {
    /// The rate is agreed by the case and not stated yet.
    NoRate,
    /// A sum is too large.
    TooLarge,
}

impl Work {
    /// Nothing has been done yet.
    pub fn reset(&mut self, names: usize) {
        self.counts.clear();
        self.counts.resize(names, Count::default());
        self.hours = Hours::ZERO;
        self.unrated = false;
        self.billed = Money::ZERO;
        self.month = 0;
        self.billed_in_month = Money::ZERO;
        self.entries.clear();
        self.cuts.clear();
    }

    /// Adds what an action comes to; `rate` is that of an hourly price on this day.
    pub fn add(
        &mut self,
        program: &Program,
        worked: &Worked,
        of: (Option<u32>, Name, Date),
        stated: Stated,
        rate: Option<Rate>,
    ) -> Result<(), NoWork> {
        let (event, name, date) = of;
        let large = NoWork::TooLarge;
        let (tax, of_price) = (worked.tax, worked.of_price);
        let mut push = |quantity: Quantity, tier: u16| {
            if !quantity.is_none() {
                self.entries.push(Entry { event, name, date, quantity, tax, of_price, tier });
            }
        };
        let cuts = &mut self.cuts;
        let mut cut = |by: CutBy, given: i64, counted: i64| {
            if given != counted
                && let Some(event) = event
            {
                cuts.push(Cut { event, by, given, counted });
            }
        };
        match &worked.measure {
            Measure::Nothing => {}
            Measure::Priced { step } => {
                let sent = stated.hours.unwrap_or(Hours::ZERO);
                let hours = stepped(sent, *step).ok_or(large)?;
                cut(CutBy::Step, sent.0, hours.0);
                let most = program.price.most_hours().unwrap_or(Hours(i64::MAX));
                let billed = hours.min(Hours(most.0 - self.hours.0));
                self.hours = self.hours.plus(billed).ok_or(large)?;
                cut(CutBy::Price, hours.0, billed.0);
                match rate {
                    Some(rate) => push(Quantity::Hours(billed, rate), 0),
                    None => self.unrated = true,
                }
            }
            Measure::Hours { step, tiers } => {
                let sent = stated.hours.unwrap_or(Hours::ZERO);
                let hours = stepped(sent, *step).ok_or(large)?;
                cut(CutBy::Step, sent.0, hours.0);
                let count = count_of(&mut self.counts, name, worked, date);
                let before = count.reached;
                split(tiers, count, hours.0, worked.at_most, |tier, part, rate| {
                    push(Quantity::Hours(Hours(part), rate), tier);
                })
                .ok_or(large)?;
                cut(CutBy::Cap, hours.0, count.reached - before);
            }
            Measure::Quantity(tiers) => {
                let quantity = stated.quantity.unwrap_or(0);
                let count = count_of(&mut self.counts, name, worked, date);
                let before = count.reached;
                split(tiers, count, quantity, worked.at_most, |tier, part, rate| {
                    push(Quantity::Units(part, rate), tier);
                })
                .ok_or(large)?;
                cut(CutBy::Cap, quantity, count.reached - before);
            }
            Measure::Times(amount) => {
                let count = count_of(&mut self.counts, name, worked, date);
                if worked.at_most.is_none_or(|most| count.reached < most) {
                    count.reached += 1;
                    push(Quantity::Times(1, *amount), 0);
                } else {
                    cut(CutBy::Cap, 1, 0);
                }
            }
            Measure::Amount(share) => {
                push(Quantity::Of(stated.amount.unwrap_or(Money::ZERO), *share), 0);
            }
        }
        Ok(())
    }

    /// Everything that is not billed yet, as items; it is billed then. An error, where any of it was done while no rate
    /// was stated.
    pub fn bill(
        &mut self,
        program: &Program,
        form: Form,
        items: &mut Vec<Item>,
    ) -> Result<(), NoWork> {
        if self.unrated {
            return Err(NoWork::NoRate);
        }
        items.clear();
        // A bound in money looks at each entry as it comes; without one, those of one line are valued together.
        let together = form == Form::ByAction && program.price.most_work().is_none();
        let billed = if together {
            self.bill_together(program, items)
        } else {
            self.bill_entries(program, form, items)
        };
        billed.ok_or(NoWork::TooLarge)
    }

    fn bill_together(&mut self, program: &Program, items: &mut Vec<Item>) -> Option<()> {
        for entry in self.entries.drain(..) {
            let date = entry.date;
            match items.iter_mut().find(|item| item.is_like(&entry)) {
                Some(item) => {
                    item.entry.quantity = item.entry.quantity.plus(entry.quantity)?;
                    item.days = item.days.map(|(first, last)| (first.min(date), last.max(date)));
                }
                None => {
                    let (days, amount) = (Some((date, date)), Money::ZERO);
                    items.push(Item { entry, days, amount, full: amount });
                }
            }
        }
        for item in items {
            item.full = item.entry.quantity.amount(program)?;
            item.amount = self.bound(program, &item.entry, item.full)?;
        }
        Some(())
    }

    /// What is missing to the least that the price bills, as one more item of that day; `rate` is
    /// that of an hourly price then. To be asked once everything else is billed.
    pub fn missing(
        &mut self,
        program: &Program,
        date: Date,
        rate: Option<Rate>,
    ) -> Result<Option<Item>, NoWork> {
        let hours = program.price.least_hours().filter(|least| self.hours < *least);
        let work = program.price.least_work().filter(|least| self.billed < *least);
        let quantity = if let Some(least) = hours {
            let missing = Hours(least.0 - self.hours.0);
            self.hours = least;
            Quantity::Hours(missing, rate.ok_or(NoWork::NoRate)?)
        } else if let Some(least) = work {
            let missing = least.minus(self.billed).ok_or(NoWork::TooLarge)?;
            self.billed = least;
            Quantity::Missing(missing)
        } else {
            return Ok(None);
        };
        let amount = quantity.amount(program).ok_or(NoWork::TooLarge)?;
        let entry = Entry {
            event: None,
            name: Name(u32::MAX),
            date,
            quantity,
            tax: None,
            of_price: true,
            tier: 0,
        };
        let days = (amount != Money::ZERO).then_some((date, date));
        Ok(Some(Item { entry, days, amount, full: amount }))
    }

    fn bill_entries(&mut self, program: &Program, form: Form, items: &mut Vec<Item>) -> Option<()> {
        let entries = std::mem::take(&mut self.entries);
        for entry in &entries {
            let same = match form {
                Form::ByAction => items.iter_mut().find(|item| item.is_like(entry)),
                Form::Whole | Form::Itemised => None,
            };
            // What the quantity before came to is the sum of what each of its entries added.
            let (quantity, before) = match &same {
                Some(item) => (item.entry.quantity.plus(entry.quantity)?, item.full),
                None => (entry.quantity, Money::ZERO),
            };
            let full = quantity.amount(program)?.minus(before)?;
            let amount = self.bound(program, entry, full)?;
            // What adds less than its cent is work on the line, too; what a bound cuts away as a whole is none.
            let on_it = amount != Money::ZERO || form == Form::ByAction && full == Money::ZERO;
            let days = on_it.then_some((entry.date, entry.date));
            match same {
                Some(item) => {
                    item.entry.quantity = quantity;
                    item.amount = item.amount.plus(amount)?;
                    item.full = item.full.plus(full)?;
                    item.days = match (item.days, days) {
                        (Some((first, last)), Some((day, _))) => {
                            Some((first.min(day), last.max(day)))
                        }
                        (one, None) | (None, one) => one,
                    };
                }
                None => items.push(Item { entry: *entry, days, amount, full }),
            }
        }
        self.entries = entries;
        self.entries.clear();
        Some(())
    }

    /// What of an amount the bounds of the price leave, and what is billed then.
    fn bound(&mut self, program: &Program, entry: &Entry, full: Money) -> Option<Money> {
        let Price::PerAction { at_most, each_month, .. } = program.price else { return Some(full) };
        let month = entry.date.month_index();
        if self.month != month {
            (self.month, self.billed_in_month) = (month, Money::ZERO);
        }
        let billed = if each_month { self.billed_in_month } else { self.billed };
        let amount = match at_most {
            Some(most) => full.min(most.minus(billed)?).max(Money::ZERO),
            None => full,
        };
        self.billed = self.billed.plus(amount)?;
        self.billed_in_month = self.billed_in_month.plus(amount)?;
        Some(amount)
    }
}

impl Item {
    /// Whether an entry is of the same action and rate.
    fn is_like(&self, entry: &Entry) -> bool {
        let own = &self.entry;
        own.name == entry.name && own.quantity.rate() == entry.quantity.rate()
    }

    /// Whether a bound in money of the price has cut it.
    pub fn is_cut(&self) -> bool {
        self.amount != self.full
    }
}

/// The count of an action, begun anew with the month where its tiers and its cap are of each month.
fn count_of<'c>(
    counts: &'c mut Vec<Count>,
    name: Name,
    worked: &Worked,
    date: Date,
) -> &'c mut Count {
    let place = name.0 as usize;
    if counts.len() <= place {
        counts.resize(place + 1, Count::default());
    }
    let month = if worked.each_month { date.month_index() } else { 0 };
    // The place is there: it has just been made.
    #[expect(clippy::indexing_slicing, reason = "resized above to hold the place")]
    let count = &mut counts[place];
    if count.month != month {
        *count = Count { month, reached: 0 };
    }
    count
}

/// Hours rounded up to whole steps.
fn stepped(hours: Hours, step: Option<Hours>) -> Option<Hours> {
    match step {
        Some(step) if step > Hours::ZERO => {
            let steps = hours.0.checked_add(step.0 - 1)? / step.0;
            steps.checked_mul(step.0).map(Hours)
        }
        Some(_) | None => Some(hours),
    }
}

/// Cuts a quantity at the bounds that its count passes, and at the cap; `each` is given the tier of each part,
/// how much it is, and its rate.
fn split(
    tiers: &Tiers,
    count: &mut Count,
    quantity: i64,
    at_most: Option<i64>,
    mut each: impl FnMut(u16, i64, Rate),
) -> Option<()> {
    let end = count.reached.checked_add(quantity)?;
    let capped = at_most.map_or(end, |most| end.min(most.max(count.reached)));
    let mut from = count.reached;
    let mut tier = 0_u16;
    for (bound, rate) in &tiers.below {
        if from < *bound && from < capped {
            let to = capped.min(*bound);
            each(tier, to - from, *rate);
            from = to;
        }
        tier = tier.saturating_add(1);
    }
    if from < capped {
        each(tier, capped - from, tiers.last);
    }
    count.reached = capped;
    Some(())
}

/// What is missing that is billed, or stated that is not.
pub(super) fn amiss(worked: &Worked, stated: Stated, mut each: impl FnMut(Amiss)) {
    let (hours, quantity, amount) = match worked.measure {
        Measure::Priced { .. } | Measure::Hours { .. } => (true, false, false),
        Measure::Quantity(_) => (false, true, false),
        Measure::Amount(_) => (false, false, true),
        Measure::Times(_) | Measure::Nothing => (false, false, false),
    };
    let mut check = |is_amiss: bool, amiss: Amiss| {
        if is_amiss {
            each(amiss);
        }
    };
    check(hours && stated.hours.is_none(), Amiss::NoHours);
    check(quantity && stated.quantity.is_none(), Amiss::NoQuantity);
    check(amount && stated.amount.is_none(), Amiss::NoAmount);
    check(!quantity && stated.quantity.is_some(), Amiss::UnusedQuantity);
    check(!amount && stated.amount.is_some(), Amiss::UnusedAmount);
}
