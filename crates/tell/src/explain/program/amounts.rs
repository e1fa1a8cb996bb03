//! The arithmetic of an amount in words, as the run recorded it.

use super::ProgramStory;
use crate::explain::figures::Figures;
use crate::lang::plain;
use crate::lang::say;
use crate::model::program::{Measure, Rate, Tax, Tiers};
use crate::money::{Exact, Hours, Money, Percent};
use crate::rules::{Computed, How, Item, Quantity, ShareOfPrice, UNIT};
use num_traits::{CheckedMul, CheckedSub};
use rust_decimal::Decimal;

/// A share of the price as a percentage: a decimal where there is one of nine places, else a fraction.
fn percent(share: ShareOfPrice, figures: Figures) -> String {
    match share_text(share) {
        Shown::Decimal(percent) => figures.percent(percent),
        Shown::Fraction(fraction) => format!("{fraction} %"),
    }
}

/// A share of the price in percent, as it can be written.
pub(super) enum Shown {
    /// A decimal of nine places at the most.
    Decimal(Percent),
    /// A fraction.
    Fraction(String),
}

/// A share of the price in percent.
pub(super) fn share_text(share: ShareOfPrice) -> Shown {
    let times = |of: i64| share.checked_mul(&ShareOfPrice::from(i128::from(of)));
    let whole = times(Percent::WHOLE.0).filter(ShareOfPrice::is_integer);
    match whole.and_then(|whole| i64::try_from(*whole.numer()).ok()) {
        Some(whole) => Shown::Decimal(Percent(whole)),
        None => {
            let hundred = times(100).unwrap_or(share);
            Shown::Fraction(format!("{}/{}", hundred.numer(), hundred.denom()))
        }
    }
}

impl ProgramStory<'_> {
    /// How an amount came about, one step a line: its arithmetic, who pays what of it, its tax.
    pub(super) fn amount(&self, computed: &Computed) -> Vec<String> {
        let mut said = self.arithmetic(computed);
        said.extend(self.split(computed));
        said.extend(self.tax(computed));
        said
    }

    fn arithmetic(&self, computed: &Computed) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let amount = figures.sum(computed.amount);
        match &computed.how {
            How::Share { .. } => self.share(&computed.how, computed.amount),
            How::Discount { total, share: share_of } => {
                let (price, share) = (figures.price(*total), figures.percent(*share_of));
                let taken = figures.rounded(total.percent(*share_of));
                vec![say!(
                    lang,
                    "{share} of {price} = {taken}, taken off",
                    "{share} de {price} = {taken}, en moins"
                )]
            }
            How::Sum { part: None, .. } => {
                vec![say!(lang, "as the line states: {amount}", "montant de la ligne : {amount}")]
            }
            How::Sum { sum, part: Some((part, parts)) } => {
                let sum = figures.sum(*sum);
                vec![say!(
                    lang,
                    "part {part} of {parts} of {sum}: {amount}",
                    "part {part} sur {parts} de {sum} : {amount}"
                )]
            }
            How::Period(price) => {
                let price = figures.sum(*price);
                let mut said = self.agreed();
                said.push(say!(
                    lang,
                    "the price of a period: {price}",
                    "le tarif d'une période : {price}"
                ));
                said
            }
            How::Days { sum, period: (first, last), run, of } => {
                let exact = Exact::from_money(*sum).times(i128::from(*run), i128::from(*of));
                let amount = figures.rounded_sum(exact);
                let (sum, run) = (figures.sum(*sum), figures.days(*run));
                let (first, last) = (figures.date(*first), figures.date(*last));
                vec![say!(
                    lang,
                    "{sum} for {first} to {last}: the case ran {run} of {of}, which is {amount}",
                    "{sum} pour la période du {first} au {last} : le dossier a couru {run} sur {of}, soit {amount}"
                )]
            }
            How::UpTo { .. } => self.up_to(&computed.how, computed.amount),
            How::Nothing => vec![say!(lang, "nothing, on purpose", "rien, c'est voulu")],
            How::Attended { total, hours, planned, whole } => {
                let share = figures.attendance(*hours, *planned);
                let (part, of) = match whole {
                    Some(whole) => (*whole, 100),
                    None => (i128::from(hours.min(planned).0), i128::from(planned.0)),
                };
                let amount = figures.rounded_sum(total.times(part, of));
                let counted = whole
                    .map(|whole| figures.counted_as(whole, *hours, *planned))
                    .unwrap_or_default();
                let price = figures.price(*total);
                let (hours, planned) = (figures.hours(*hours), figures.hours(*planned));
                vec![say!(
                    lang,
                    "attendance {share} ({hours} of {planned} planned){counted}, at most the whole, of {price} = {amount}",
                    "assiduité de {share} ({hours} sur {planned} prévues){counted}, au plus le tout, de {price} = {amount}"
                )]
            }
            How::Elapsed { days: None, .. } => vec![say!(
                lang,
                "the case has not started: none of the duration has passed",
                "le dossier n'a pas démarré : rien de la durée ne s'est écoulé"
            )],
            How::Elapsed { total, days: Some((run, planned)) } => {
                let elapsed = i128::from(*run.min(planned));
                let amount = figures.rounded_sum(total.times(elapsed, i128::from(*planned)));
                let (price, run) = (figures.price(*total), figures.days(*run));
                vec![say!(
                    lang,
                    "{run} run of {planned} planned, at most all of them, of {price} = {amount}",
                    "{run} courus sur {planned} prévus, au plus le tout, de {price} = {amount}"
                )]
            }
            How::Work(items) => self.work(items, computed.amount),
            How::Deduction { deposit, left } => {
                let label = figures.quoted(self.label(*deposit));
                vec![if *left == Money::ZERO {
                    say!(
                        lang,
                        "deposit {label} is taken off: {amount}",
                        "l'acompte {label} est déduit : {amount}"
                    )
                } else {
                    let left = figures.sum(*left);
                    say!(
                        lang,
                        "deposit {label} is taken off: {amount}; {left} stay for later",
                        "l'acompte {label} est déduit : {amount} ; il en reste {left}"
                    )
                }]
            }
        }
    }

    /// A percentage, a part of one, or what progress brings.
    fn share(&self, how: &How, amount: Money) -> Vec<String> {
        let How::Share { total, before, after, billed, part, progress } = how else {
            return Vec::new();
        };
        let (lang, figures) = (self.figures.lang, self.figures);
        let mut said = self.agreed();
        if let Some((certified, share)) = progress {
            let (certified, share) = (figures.percent(*certified), figures.percent(*share));
            let reached = percent(*after, figures);
            said.push(say!(
                lang,
                "{share} of the {certified} that are certified: {reached} of the price in all",
                "{share} des {certified} d'avancement : {reached} du prix en tout"
            ));
        }
        if let Some((part, parts)) = part {
            said.push(say!(lang, "part {part} of {parts}", "part {part} sur {parts}"));
        }
        let price = figures.price(*total);
        let reached = total.times(*after.numer(), *after.denom());
        let (own, all) = (after.checked_sub(before).unwrap_or(*after), percent(*after, figures));
        let own = percent(own, figures);
        let rounded = figures.rounded(reached);
        if *before == ShareOfPrice::from(0) && *billed == Money::ZERO {
            said.push(say!(lang, "{own} of {price} = {rounded}", "{own} de {price} = {rounded}"));
            return said;
        }
        let (before, billed) = (percent(*before, figures), figures.money(*billed));
        let amount = figures.money(amount);
        said.push(say!(
            lang,
            "{own} with the {before} billed before: {all} of {price} = {rounded}",
            "{own} avec les {before} déjà facturés : {all} de {price} = {rounded}"
        ));
        said.push(say!(
            lang,
            "less the {billed} that those before billed leaves {amount}",
            "moins les {billed} que ceux-là ont facturés, reste {amount}"
        ));
        said
    }

    fn up_to(&self, how: &How, amount: Money) -> Vec<String> {
        let How::UpTo { total, discounts, share, billed, held_at_zero, .. } = how else {
            return Vec::new();
        };
        let (lang, figures) = (self.figures.lang, self.figures);
        let mut said = self.agreed();
        let exact = total.plus(Exact::from_money(*discounts)).and_then(|less| less.percent(*share));
        let aim = figures.rounded(exact);
        let (price, share) = (figures.price(*total), figures.percent(*share));
        let less = if *discounts == Money::ZERO {
            String::new()
        } else {
            let discounts = figures.money(Money(discounts.0.saturating_neg()));
            say!(lang, " less {discounts} of discounts", " moins {discounts} de remises")
        };
        said.push(say!(
            lang,
            "{share} of {price}{less} = {aim}",
            "{share} de {price}{less} = {aim}"
        ));
        let (billed, amount) = (figures.money(*billed), figures.money(amount));
        said.push(if *held_at_zero {
            say!(
                lang,
                "{billed} are billed already, and nothing is given back: {amount}",
                "{billed} sont déjà facturés, et rien n'est remboursé : {amount}"
            )
        } else {
            say!(
                lang,
                "less the {billed} billed so far leaves {amount}",
                "moins les {billed} facturés jusque-là, reste {amount}"
            )
        });
        said
    }

    /// Where the case agrees its price: that this is the one in force.
    fn agreed(&self) -> Vec<String> {
        let lang = self.figures.lang;
        if self.program.price.is_agreed() {
            vec![say!(
                lang,
                "at the agreed price that is in force on this day",
                "au prix convenu en vigueur ce jour-là"
            )]
        } else {
            Vec::new()
        }
    }

    /// The tax of an amount, which stands on the whole invoice.
    fn tax(&self, computed: &Computed) -> Option<String> {
        let lang = self.figures.lang;
        let line = self.given(computed).first()?;
        let rates = self.program.taxes.iter();
        let is = |tax: &&Tax| match tax {
            Tax::Rate(rate) => line.vat_rate.as_deref() == Some(&rate.to_string()),
            Tax::Exempt(reason) => line.vat_exempt.as_ref() == Some(reason),
        };
        Some(match rates.into_iter().find(is)? {
            Tax::Rate(rate) => {
                let rate = self.figures.percent(*rate);
                if self.program.tax_included {
                    say!(lang, "tax of {rate} is in the amount", "TVA à {rate} comprise")
                } else {
                    say!(
                        lang,
                        "tax of {rate} is added on the invoice",
                        "TVA à {rate} ajoutée sur la facture"
                    )
                }
            }
            Tax::Exempt(reason) => {
                let reason = plain(reason);
                say!(lang, "exempt from tax: {reason}", "exonéré de TVA : {reason}")
            }
        })
    }

    fn work(&self, items: &[Item], amount: Money) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let mut said: Vec<String> = items.iter().map(|item| self.item(item)).collect();
        if items.len() > 1 {
            let amount = figures.sum(amount);
            said.push(say!(lang, "together {amount}", "ensemble {amount}"));
        }
        said
    }

    /// One item: "2025-01-22 Revision: 2 h at 70.00, tier 1 (up to 2 h) = 140.00".
    fn item(&self, item: &Item) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let colon = lang.pick(":", " :");
        let entry = &item.entry;
        let called = match entry.event {
            None => {
                lang.pick("missing to the least billed", "manque au minimum facturé").to_owned()
            }
            Some(event) => {
                let event = self.case.events.get(event as usize);
                plain(event.and_then(|event| event.kind.subject()).unwrap_or_default())
            }
        };
        let date = figures.date(entry.date);
        let at = |rate: Rate| lang.digits(Decimal::new(rate.0, Rate::DECIMALS).normalize());
        let units = |count: i64| lang.digits(Decimal::new(count, UNIT.ilog10()).normalize());
        let what = match entry.quantity {
            Quantity::Hours(hours, rate) => format!("{} × {}", figures.hours(hours), at(rate)),
            Quantity::Units(count, rate) => format!("{} × {}", units(count), at(rate)),
            Quantity::Times(count, rate) => format!("{} × {}", lang.digits(count), at(rate)),
            Quantity::Of(amount, share) if share == Percent::WHOLE => figures.money(amount),
            Quantity::Of(amount, share) => {
                let (share, amount) = (figures.percent(share), figures.money(amount));
                say!(lang, "{share} of {amount}", "{share} de {amount}")
            }
            Quantity::Missing(amount) => figures.money(amount),
        };
        let tier = self.tier(item).unwrap_or_default();
        let full = figures.money(item.full);
        let said = format!("{date} {called}{colon} {what}{tier} = {full}");
        if !item.is_cut() {
            return said;
        }
        let (amount, cut) =
            (figures.money(item.amount), figures.money(Money(item.full.0 - item.amount.0)));
        say!(
            lang,
            "{said}; the price bills no more than its limit: {cut} are cut, {amount} left",
            "{said} ; le tarif ne dépasse pas son plafond : {cut} en moins, reste {amount}"
        )
    }

    /// In which tier of its rates an item lies; nothing where there is one rate.
    fn tier(&self, item: &Item) -> Option<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let named = self.program.names.get(item.entry.name.0 as usize)?;
        let (tiers, hours): (&Tiers, bool) = match &named.worked.as_ref()?.measure {
            Measure::Hours { tiers, .. } => (tiers, true),
            Measure::Quantity(tiers) => (tiers, false),
            Measure::Nothing | Measure::Priced { .. } | Measure::Times(_) | Measure::Amount(_) => {
                return None;
            }
        };
        let shown = |bound: i64| match hours {
            true => figures.hours(Hours(bound)),
            false => lang.digits(Decimal::new(bound, UNIT.ilog10()).normalize()),
        };
        let tier = usize::from(item.entry.tier);
        let bound = |place: usize| tiers.below.get(place).map(|(bound, _)| shown(*bound));
        let number = tier + 1;
        Some(match (tier.checked_sub(1).and_then(bound), bound(tier)) {
            (None, None) => return None,
            (None, Some(to)) => {
                say!(lang, " (tier {number}, up to {to})", " (tranche {number}, jusqu'à {to})")
            }
            (Some(from), Some(to)) => say!(
                lang,
                " (tier {number}, above {from} up to {to})",
                " (tranche {number}, au-delà de {from} et jusqu'à {to})"
            ),
            (Some(from), None) => {
                say!(
                    lang,
                    " (tier {number}, above {from})",
                    " (tranche {number}, au-delà de {from})"
                )
            }
        })
    }
}
