//! What those ask of a program who look at every history: what its cases may agree, what stands beside the
//! price, who pays alone. In: a program. Out: figures and shares that a case may state.

use super::{Agreed, Amount, Kind, Line, Price, Program, Rate, Share, Test, When};
use crate::money::{Money, Percent};

impl Program {
    /// Whether a line that is added to the schedule as it is read, or changed there, bills what it does in
    /// the schedule itself.
    pub fn takes_edits(&self) -> bool {
        let plain = |line: &Line| {
            let no_refund = matches!(line.amount, Amount::UpTo { no_refund: true, .. });
            !line.beside && !no_refund && line.tax == self.tax
        };
        !self.price.is_agreed() && self.lines.iter().all(plain)
    }

    /// Whether a payer pays a line alone.
    pub fn is_charged(&self) -> bool {
        self.lines.iter().any(|line| line.charged_to.is_some())
    }

    /// Whether what each payer has on its invoices so far depends on nothing but what all have: there are no
    /// deposits, or nothing is billed beside them until a balance closes the case.
    pub fn payers_owe_by_the_sum(&self) -> bool {
        let deposits = self.lines.iter().any(|line| line.kind == Kind::Deposit);
        let between = self.lines.iter().any(|line| {
            line.kind != Kind::Deposit && !line.closes() && line.amount != Amount::Nothing
        });
        (!deposits || !between) && !self.is_charged()
    }

    /// Whether a line closes a case without its work, though that is due: beside a price, always; under a price of work, by a
    /// balance of nothing where work is billed as it goes, and not where a case is closed alone. Elsewhere such a balance says that none is due.
    pub fn loses_work(&self, line: &Line) -> bool {
        let over = |when: &When| matches!(when, When::Milestone(own) if own.is_terminal());
        let as_it_goes = |line: &Line| {
            matches!(line.amount, Amount::Work(_)) && !line.closes() && !line.whens.iter().all(over)
        };
        let only_closes = || line.amount == Amount::Nothing && self.lines.iter().any(as_it_goes);
        line.closes() && (!self.price.values_work() || only_closes())
    }

    /// Whether a line bills work.
    pub fn bills_work(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.amount, Amount::Work(_)))
    }

    /// Whether anything turns on what is certified.
    pub fn asks_for_progress(&self) -> bool {
        self.lines.iter().any(|line| {
            let mut asked = line.amount.measures_progress() || line.whens.contains(&When::Progress);
            if let Some(condition) = &line.condition {
                condition.each_test(&mut |test| asked |= matches!(test, Test::Progress(_)));
            }
            asked
        })
    }

    /// Whether anything turns on the hours that are done, apart from what they are billed.
    pub fn asks_for_hours(&self) -> bool {
        self.lines.iter().any(|line| {
            let mut asked = line.amount.measures_hours();
            if let Some(condition) = &line.condition {
                condition.each_test(&mut |test| asked |= test.measures_work());
            }
            asked
        })
    }

    /// Whether anything stands beside the price.
    pub fn has_beside(&self) -> bool {
        self.lines.iter().any(|line| line.beside)
    }

    /// A rate as a sum, if it has no more decimals than the currency.
    pub fn sum_of(&self, rate: Rate) -> Option<Money> {
        let unit = self.rate_of(Money(1))?.0;
        (rate.0 % unit == 0).then_some(Money(rate.0 / unit))
    }

    /// A sum as a rate.
    pub fn rate_of(&self, sum: Money) -> Option<Rate> {
        let unit = 10_i64.checked_pow(Rate::DECIMALS.checked_sub(self.currency.decimals())?)?;
        sum.0.checked_mul(unit).map(Rate)
    }

    /// Shares that a case may agree: what the stated percentages leave, in equal parts of whole percents; one
    /// of the currency each, where they leave nothing.
    pub fn some_shares(&self) -> Vec<(String, Share)> {
        let stated = self.payers.iter().filter_map(|payer| match payer.share {
            Share::Percent(share) => Some(share.0),
            Share::Sum(_) | Share::Agreed | Share::Remainder => None,
        });
        let left = Percent::WHOLE.0 - stated.fold(0, i64::saturating_add);
        let payers = self.payers.iter().zip(&self.payer_names);
        let agreed = payers.filter(|(payer, _)| payer.share == Share::Agreed);
        let names: Vec<&String> = agreed.map(|(_, name)| name).collect();
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX).saturating_add(1);
        let part = left / count / Percent::ONE * Percent::ONE;
        let share = if part > 0 {
            Share::Percent(Percent(part))
        } else {
            Share::Sum(Money(10_i64.pow(self.currency.decimals())))
        };
        names.into_iter().map(|name| (name.clone(), share)).collect()
    }

    /// The bounds of an agreed price or rate: the least and the most that a case may state.
    pub fn bounds_of_the_figure(&self) -> (Money, Money) {
        let mut bounds = None;
        if let Price::Fixed(agreed) | Price::Periodic(_, agreed) = &self.price {
            bounds = agreed.bounds();
        }
        let (least, most) = bounds.unwrap_or_default();
        let least = least.unwrap_or(Money(1)).max(Money(1));
        (least, most.unwrap_or(Money::LARGEST).max(least))
    }

    /// A round figure within the bounds: a thousand for a price, sixty for a rate, or as near as may be.
    pub fn round_figure(&self) -> Money {
        let unit = 10_i64.pow(self.currency.decimals());
        let (least, most) = self.bounds_of_the_figure();
        let usual = if self.price.is_a_rate() { 60 } else { 1000 } * unit;
        if (least.0..=most.0).contains(&usual) {
            return Money(usual);
        }
        let steps = [100_000, 10_000, 1_000, 100, 10, 1].map(|step| step * unit);
        let up = |step: i64| Some(least.0.checked_add(step - 1)? / step * step);
        let round = steps.into_iter().filter_map(up).find(|sum| *sum <= most.0 && *sum > 0);
        Money(round.unwrap_or(least.0))
    }
}

impl<T: Copy> Agreed<T> {
    /// The bounds within which a case states it; none where the schedule does.
    fn bounds(&self) -> Option<(Option<T>, Option<T>)> {
        match self {
            Agreed::Stated(_) => None,
            Agreed::ByCase { at_least, at_most } => Some((*at_least, *at_most)),
        }
    }
}
