//! Amounts, hours, percentages, dates and names as an explanation writes them in each language.

use crate::calendar::{Date, Duration};
use crate::lang::plain;
use crate::lang::{Lang, say};
use crate::money::{Currency, Exact, Hours, Money, Percent};

/// How figures are written: in a language, in the currency of a schedule.
#[derive(Clone, Copy)]
pub struct Figures {
    /// The language.
    pub lang: Lang,
    /// The currency.
    pub currency: Currency,
}

impl Figures {
    /// `1 500.00`.
    pub fn money(self, amount: Money) -> String {
        self.lang.digits(self.currency.show(amount))
    }

    /// `1 500.00 EUR`.
    pub fn sum(self, amount: Money) -> String {
        format!("{} {}", self.money(amount), self.currency.code())
    }

    /// An exact amount, with so many digits as a reader can use: `33.3333…`.
    pub fn exact(self, amount: Exact) -> String {
        let (digits, cut) = amount.show_cut(self.currency);
        format!("{}{}", self.lang.digits(digits), if cut { "…" } else { "" })
    }

    /// The exact amount of a price with its currency.
    pub fn price(self, price: Exact) -> String {
        format!("{} {}", self.exact(price), self.currency.code())
    }

    /// What a computation comes to: `375.00`, or `0.015, rounded to 0.02`.
    pub fn rounded(self, exact: Option<Exact>) -> String {
        let Some((exact, amount)) = exact.and_then(|exact| Some((exact, exact.round()?))) else {
            return "?".to_owned();
        };
        let (exact, amount) = (self.exact(exact), self.money(amount));
        if exact == amount {
            return amount;
        }
        say!(self.lang, "{exact}, rounded to {amount}", "{exact} arrondi à {amount}")
    }

    /// The same with its currency.
    pub fn rounded_sum(self, exact: Option<Exact>) -> String {
        format!("{} {}", self.rounded(exact), self.currency.code())
    }

    /// `1.5 h`, or `1h20` where no decimal number states it.
    pub fn hours(self, hours: Hours) -> String {
        match hours.minutes() {
            Some(minutes) if !hours.is_decimal() => format!("{}h{:02}", minutes / 60, minutes % 60),
            Some(_) | None => format!("{} h", self.lang.digits(hours)),
        }
    }

    /// `33.33 %`.
    pub fn percent(self, share: Percent) -> String {
        format!("{} %", self.lang.digits(share))
    }

    /// The share of the planned hours: `79.5 %`, cut after four decimals.
    pub fn attendance(self, hours: Hours, planned: Hours) -> String {
        const SCALE: i128 = 1_000_000;
        let planned = i128::from(planned.0).max(1);
        let scaled = i128::from(hours.0) * SCALE;
        let unit = Percent::WHOLE.0 / 1_000_000;
        let share = i64::try_from(scaled / planned).unwrap_or(i64::MAX).saturating_mul(unit);
        let cut = if scaled % planned == 0 { "" } else { "…" };
        format!("{}{cut} %", self.lang.digits(Percent(share)))
    }

    /// That attendance counts as another percentage, a whole one; nothing if it is the same.
    pub fn counted_as(self, whole: i128, hours: Hours, planned: Hours) -> String {
        if whole * i128::from(planned.0) == i128::from(hours.0) * 100 {
            return String::new();
        }
        say!(self.lang, ", counted as {whole} %", ", comptée pour {whole} %")
    }

    /// `2025-07-05`, in French `05/07/2025`.
    pub fn date(self, date: Date) -> String {
        self.lang.date(date)
    }

    /// `4 months`.
    pub fn duration(self, length: Duration) -> String {
        match length {
            Duration::Days(days) => self.days(i64::from(days)),
            Duration::Months(months) => self.months(months),
        }
    }

    /// `1 day`, `12 days`.
    pub fn days(self, days: i64) -> String {
        let s = if days.abs() == 1 || (days == 0 && self.lang == Lang::Fr) { "" } else { "s" };
        let days = self.lang.digits(days);
        say!(self.lang, "{days} day{s}", "{days} jour{s}")
    }

    /// `1 month`, `4 months`.
    pub fn months(self, months: u32) -> String {
        let s = if months == 1 { "" } else { "s" };
        say!(self.lang, "{months} month{s}", "{months} mois")
    }

    /// `4 months and 3 days`.
    pub fn months_and_days(self, months: u32, days: u32) -> String {
        let days = i64::from(days);
        match (months, days) {
            (0, _) => self.days(days),
            (_, 0) => self.months(months),
            (_, _) => {
                let (months, days) = (self.months(months), self.days(days));
                say!(self.lang, "{months} and {days}", "{months} et {days}")
            }
        }
    }

    /// A text of a user, quoted and safe for a terminal.
    pub fn quoted(self, text: &str) -> String {
        let text = plain(text);
        say!(self.lang, "\"{text}\"", "« {text} »")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_writes_them() {
        let english = Figures { lang: Lang::En, currency: Currency::EURO };
        let french = Figures { lang: Lang::Fr, ..english };
        let table = [(150_000, "1 500.00", "1 500,00"), (-5, "-0.05", "-0,05")];
        for (minor, en, fr) in table {
            assert_eq!(english.money(Money(minor)), en);
            assert_eq!(french.money(Money(minor)), fr);
        }
        assert_eq!(english.money(Money(-12_345_678_900)), "-123 456 789.00");
        let third = Exact::from_money(Money(10_000)).times(1, 3);
        assert_eq!(english.rounded(third), "33.3333…, rounded to 33.33");
        assert_eq!(french.rounded(Exact::new(3, 2)), "0,015 arrondi à 0,02");
        assert_eq!(english.rounded(Exact::new(4, 2)), "0.02");
        assert_eq!(english.hours(Hours(40_000)), "1h20");
        assert_eq!(french.hours(Hours(45_000)), "1,5 h");
        assert_eq!(english.attendance(Hours(79_500), Hours(100_000)), "79.5 %");
        assert_eq!(french.attendance(Hours(1), Hours(3)), "33,3333… %");
        assert_eq!(french.date(Date::parse("2025-07-05").unwrap()), "05/07/2025");
        assert_eq!(english.months_and_days(4, 3), "4 months and 3 days");
        assert_eq!(french.months_and_days(0, 1), "1 jour");
    }
}
