//! Digits with units, as exact quantities: money, percentages, hours, lengths of time, dates.
//!
//! Each function gives the quantity, or reports what is wrong with it and gives `None`.

use super::{Checker, errors};
use crate::calendar::{Date, Duration};
use crate::money::{Currency, DigitsError, Hours, Money, Percent};
use crate::syntax::ast::{self, Measure, MeasureUnit, Number, Quantity, Sum};
use crate::syntax::errors::no_such_date;

/// The longest length of time that a schedule may state, in years.
const LONGEST_YEARS: i64 = 300;

impl Checker<'_> {
    /// A currency that the user wrote.
    pub fn currency(&mut self, written: &ast::Currency) -> Option<Currency> {
        let found = Currency::find(&written.code);
        if found.is_none() {
            self.report(errors::unknown_currency(self.lang, written));
        }
        found
    }

    /// An amount above zero in the schedule's currency (`None` if that is not known: then only the
    /// digits are read).
    pub fn money(&mut self, sum: &Sum, currency: Option<Currency>) -> Option<Money> {
        let amount = self.any_money(sum, currency)?;
        if amount == Money::ZERO {
            self.report(errors::zero_amount(self.lang, sum.number.at.0));
            return None;
        }
        Some(amount)
    }

    /// An amount, zero included.
    pub fn any_money(&mut self, sum: &Sum, currency: Option<Currency>) -> Option<Money> {
        if let Some(written) = &sum.currency
            && currency.is_none_or(|currency| currency.code() != written.code)
        {
            self.currency(written)?;
            self.report(errors::wrong_currency(self.lang, written, currency?));
            return None;
        }
        let currency = currency?;
        match currency.read(&sum.number.digits) {
            Ok(amount) => Some(amount),
            Err(DigitsError::TooManyDecimals) => {
                let at = sum.number.at.0;
                self.report(errors::too_many_decimals(self.lang, at, &sum.number.digits, currency));
                None
            }
            Err(DigitsError::NotDigits | DigitsError::TooLarge) => {
                self.report(errors::too_large(self.lang, sum.number.at.0));
                None
            }
        }
    }

    /// A percentage of at least 0; `share` ones are above 0 and at most 100.
    pub fn percent(&mut self, number: &Number, share: bool) -> Option<Percent> {
        let at = number.at.0;
        match Percent::read(&number.digits) {
            Ok(percent) if share && (percent == Percent::default() || percent > Percent::WHOLE) => {
                let written = at.of(self.source);
                self.report(errors::share_out_of_range(self.lang, at, percent, written));
                None
            }
            Ok(percent) => Some(percent),
            Err(DigitsError::TooManyDecimals) => {
                self.report(errors::percent_decimals(self.lang, at));
                None
            }
            Err(DigitsError::NotDigits | DigitsError::TooLarge) => {
                self.report(errors::too_large(self.lang, at));
                None
            }
        }
    }

    /// A percentage that has to bear its sign: a bound of attendance, or of progress.
    pub fn measured_percent(&mut self, of_progress: bool, measure: &Measure) -> Option<Percent> {
        match (&measure.quantity, measure.unit) {
            (Quantity::Number(number), Some(MeasureUnit::Percent)) => self.percent(number, false),
            _ => {
                let langs = (self.lang, self.file_lang);
                self.report(errors::not_a_percentage(langs, of_progress, measure, self.source));
                None
            }
        }
    }

    /// A number of hours: in hours, which may be left out, in minutes, or as `1h30`.
    pub fn hours(&mut self, measure: &Measure) -> Option<Hours> {
        let at = measure.at.0;
        let outcome = match (&measure.quantity, measure.unit) {
            (Quantity::Clock { hours, minutes }, _) => clock(hours, minutes),
            (Quantity::Number(number), Some(MeasureUnit::Hours) | None) => {
                Hours::read(&number.digits)
            }
            (Quantity::Number(number), Some(MeasureUnit::Minutes)) => {
                let minutes = crate::money::read_digits(&number.digits, 0);
                minutes.and_then(|minutes| {
                    let minutes = u64::try_from(minutes).map_err(|_| DigitsError::TooLarge)?;
                    Hours::from_minutes(minutes).ok_or(DigitsError::TooLarge)
                })
            }
            (
                Quantity::Number(_),
                Some(
                    MeasureUnit::Percent
                    | MeasureUnit::Days
                    | MeasureUnit::Weeks
                    | MeasureUnit::Months
                    | MeasureUnit::Years,
                ),
            ) => {
                self.report(errors::not_hours(self.lang, measure, self.source));
                return None;
            }
        };
        match outcome {
            Ok(hours) => Some(hours),
            Err(DigitsError::TooManyDecimals) => {
                self.report(errors::hours_decimals(self.lang, at));
                None
            }
            Err(DigitsError::NotDigits | DigitsError::TooLarge) => {
                self.report(errors::too_large(self.lang, at));
                None
            }
        }
    }

    /// A length of time: a whole number of days, weeks, months or years.
    pub fn duration(&mut self, measure: &Measure) -> Option<Duration> {
        let at = measure.at.0;
        let Quantity::Number(number) = &measure.quantity else {
            self.report(errors::not_a_duration(self.lang, self.file_lang, measure, self.source));
            return None;
        };
        let per_year = match measure.unit {
            Some(MeasureUnit::Days) => 366,
            Some(MeasureUnit::Weeks) => 53,
            Some(MeasureUnit::Months) => 12,
            Some(MeasureUnit::Years) => 1,
            None | Some(MeasureUnit::Percent | MeasureUnit::Hours | MeasureUnit::Minutes) => {
                self.report(errors::not_a_duration(
                    self.lang,
                    self.file_lang,
                    measure,
                    self.source,
                ));
                return None;
            }
        };
        let count = match crate::money::read_digits(&number.digits, 0) {
            Ok(count) if count <= per_year * LONGEST_YEARS => u32::try_from(count).unwrap_or(0),
            Err(DigitsError::TooManyDecimals) => {
                let right = measure.unit.and_then(|unit| self.whole_months(number, unit));
                self.report(errors::not_whole(self.lang, at, right));
                return None;
            }
            Ok(_) | Err(DigitsError::NotDigits | DigitsError::TooLarge) => {
                self.report(errors::too_large(self.lang, at));
                return None;
            }
        };
        Some(match measure.unit {
            Some(MeasureUnit::Weeks) => Duration::Days(count * 7),
            Some(MeasureUnit::Months) => Duration::Months(count),
            Some(MeasureUnit::Years) => Duration::Months(count * 12),
            None
            | Some(
                MeasureUnit::Days
                | MeasureUnit::Percent
                | MeasureUnit::Hours
                | MeasureUnit::Minutes,
            ) => Duration::Days(count),
        })
    }

    /// `1.5 years` in months, where that is a whole number of them.
    fn whole_months(&self, number: &Number, unit: MeasureUnit) -> Option<String> {
        let hundredths = crate::money::read_digits(&number.digits, 2).ok()?;
        let months = hundredths.checked_mul(12)?;
        let exact = unit == MeasureUnit::Years && months % 100 == 0;
        exact.then(|| format!("{} {}", months / 100, self.file_lang.pick("months", "mois")))
    }

    /// A date that exists, from 1900 to 2199.
    pub fn date(&mut self, date: &ast::Date) -> Option<Date> {
        let found = Date::parse(&date.iso);
        if found.is_none() {
            self.report(no_such_date(self.lang, date.at.0, date.at.0.of(self.source), &date.iso));
        }
        found
    }
}

fn clock(hours: &str, minutes: &str) -> Result<Hours, DigitsError> {
    let hours = Hours::read(hours)?;
    let minutes: u64 = minutes.parse().map_err(|_| DigitsError::NotDigits)?;
    let minutes = Hours::from_minutes(minutes).ok_or(DigitsError::TooLarge)?;
    hours.plus(minutes).filter(|hours| *hours <= Hours::LARGEST).ok_or(DigitsError::TooLarge)
}
