//! What the second part of the language adds: terms of a case, quantities, recurrences, payers, tax.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    /// The number in a pair of words and a number.
    pub(super) fn number_within(&mut self, pair: P<'_>) -> Option<Number> {
        let words = [
            Rule::kw_cut_in,
            Rule::kw_parts,
            Rule::kw_at_least,
            Rule::kw_at_most,
            Rule::kw_times,
            Rule::kw_on_day,
            Rule::kw_of_each_month,
        ];
        let mut parts = pair.into_inner();
        skip(&mut parts, &words);
        let number = self.need(&mut parts, Rule::number)?;
        let number = self.number(number)?;
        skip(&mut parts, &words);
        self.whole(parts, number)
    }

    /// The currency in a pair of words and a currency, if it names one.
    pub(super) fn currency_within(&mut self, pair: P<'_>) -> Option<Currency> {
        let mut parts = self.within(pair, &[Rule::as_agreed])?;
        skip(&mut parts, &[Rule::kw_as_agreed, Rule::comma, Rule::kw_in]);
        let currency = take(&mut parts, Rule::currency)?;
        Some(self.currency(&currency))
    }

    // ── Prices and actions ───────────────────────────────────────────────────────────────────

    pub(super) fn sum_bounds(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Vec<SumBound>> {
        let mut bounds = Vec::new();
        while let Some(pair) = take(parts, Rule::sum_bound) {
            let at = self.at(&pair);
            let mut parts = pair.into_inner();
            skip(&mut parts, &[Rule::comma]);
            let side = parts.next()?;
            let side = self.bound_side(&side)?;
            let sum = self.sum(&mut parts)?;
            let each_month = take(&mut parts, Rule::kw_each_month).is_some();
            bounds.push(self.whole(parts, SumBound { side, sum, each_month, at })?);
        }
        Some(bounds)
    }

    /// The bounds in hours and the step of an hourly price.
    pub(super) fn hours_bounds(
        &mut self,
        parts: &mut Pairs<'_, Rule>,
    ) -> Option<(Vec<Bound>, Option<Measure>)> {
        let (mut bounds, mut step) = (Vec::new(), None);
        let mut stated = Stated::default();
        for part in parts {
            match part.as_rule() {
                Rule::hours_bound => bounds.push(self.bound(part)?),
                Rule::step => {
                    self.once(&mut stated, &part);
                    step = Some(self.step(part)?);
                }
                Rule::comma => {}
                _ => return self.unknown(&part),
            }
        }
        Some((bounds, step))
    }

    fn step(&mut self, pair: P<'_>) -> Option<Measure> {
        let mut parts = pair.into_inner();
        skip(&mut parts, &[Rule::comma, Rule::kw_by]);
        let step = self.number_and_unit(&mut parts)?;
        self.whole(parts, step)
    }

    /// A number and the unit that follows it.
    pub(super) fn number_and_unit(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Measure> {
        let number_pair = parts.next()?;
        let number_at = self.at(&number_pair);
        let number = self.number(number_pair)?;
        let unit_pair = parts.next()?;
        let at = At(number_at.0.to(self.at(&unit_pair).0));
        let unit = self.unit(unit_pair)?;
        Some(Measure { quantity: Quantity::Number(number), unit: Some(unit), at })
    }

    pub(super) fn tiers(&mut self, pair: P<'_>) -> Option<Tiers> {
        let mut parts = self.within(pair, &[Rule::tiers])?;
        let first = self.rate_sum(&mut parts)?;
        let (mut steps, mut hours_at) = (Vec::new(), None);
        for tier in parts {
            let mut parts = self.within(tier, &[Rule::tier])?;
            self.need(&mut parts, Rule::kw_up_to)?;
            let bound = self.need(&mut parts, Rule::number)?;
            let bound = self.number(bound)?;
            let unit = take(&mut parts, Rule::unit_hour);
            hours_at = hours_at.or(unit.map(|unit| self.at(&unit)));
            self.need(&mut parts, Rule::kw_then)?;
            let sum = self.rate_sum(&mut parts)?;
            steps.push(self.whole(parts, (bound, sum))?);
        }
        Some(Tiers { first, steps, hours_at })
    }

    /// What follows a number with which a rate begins: `0.085 per "word"`, `110 % of amount`.
    pub(super) fn unit_rate(
        &mut self,
        number: P<'_>,
        parts: &mut Pairs<'_, Rule>,
    ) -> Option<RateKind> {
        if take(parts, Rule::percent_sign).is_some() {
            let share = self.number_of(number, Digits::Percentage)?;
            self.need(parts, Rule::kw_of_amount)?;
            return Some(RateKind::OfAmount(share));
        }
        let number = self.number(number)?;
        let currency = take(parts, Rule::currency).map(|pair| self.currency(&pair));
        self.need(parts, Rule::kw_per)?;
        let unit = self.name(parts)?;
        let first = Sum { number, currency };
        Some(RateKind::PerUnit { unit, tiers: Tiers { first, steps: Vec::new(), hours_at: None } })
    }

    pub(super) fn action(
        &mut self,
        name: Name,
        rate: Option<Rate>,
        parts: &mut Pairs<'_, Rule>,
    ) -> Option<ItemKind> {
        let mut action = Action { name, rate, ends_case: false, options: ActionOptions::default() };
        let mut stated = Stated::default();
        for option in parts {
            let mut parts = self.within(option, &[Rule::action_option])?;
            skip(&mut parts, &[Rule::comma]);
            let option = parts.next()?;
            self.once(&mut stated, &option);
            let options = &mut action.options;
            match option.as_rule() {
                Rule::kw_ends_case => action.ends_case = true,
                Rule::kw_each_month => options.each_month = true,
                Rule::step => options.step = Some(self.step(option)?),
                Rule::line_vat => options.vat = Some(self.vat_option(option)?),
                Rule::action_cap => {
                    let mut parts = option.into_inner();
                    skip(&mut parts, &[Rule::kw_at_most]);
                    let number = self.number(parts.next()?)?;
                    let unit = match parts.next() {
                        None => None,
                        Some(unit) => Some(match unit.as_rule() {
                            Rule::unit_minute => CapUnit::Minutes,
                            Rule::unit_hour => CapUnit::Hours,
                            Rule::kw_times => CapUnit::Times,
                            _ => return self.unknown(&unit),
                        }),
                    };
                    options.at_most = Some(Cap { number, unit });
                }
                _ => return self.unknown(&option),
            }
        }
        Some(ItemKind::Action(action))
    }

    // ── Lines ────────────────────────────────────────────────────────────────────────────────

    pub(super) fn line_option(
        &mut self,
        line: &mut Line,
        stated: &mut Stated,
        pair: P<'_>,
    ) -> Option<()> {
        if let Some(misplaced) = take(&mut pair.clone().into_inner(), Rule::misplaced_stays_open) {
            line.stays_open = Some(self.at(&misplaced));
            return Some(());
        }
        let mut parts = pair.into_inner();
        skip(&mut parts, &[Rule::comma]);
        let option = parts.next()?;
        self.once(stated, &option);
        let at = self.at(&option);
        let options = &mut line.options;
        match option.as_rule() {
            Rule::kw_stays_open => line.stays_open = Some(at),
            Rule::kw_no_refund => options.no_refund = Some(at),
            Rule::kw_beside => options.beside = Some(at),
            Rule::kw_in_proportion => options.pro_rata = Some(at),
            Rule::charged_to => options.charged_to = Some(self.name_within(option)?),
            Rule::times_bound => options.at_most = Some(self.number_within(option)?),
            Rule::line_vat => options.vat = Some(self.vat_option(option)?),
            _ => return self.unknown(&option),
        }
        self.whole(parts, ())
    }

    pub(super) fn dates(&mut self, pair: P<'_>) -> Option<Vec<Date>> {
        let mut dates = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::date => dates.push(self.date(part)?),
                Rule::kw_and | Rule::kw_the_day => {}
                _ => return self.unknown(&part),
            }
        }
        Some(dates)
    }

    /// A moment that is counted from another: `3 months after start`, `30 days before planned start`,
    /// `each month from signature`.
    pub(super) fn counted(&mut self, pair: P<'_>) -> Option<TriggerKind> {
        let whole = pair.clone();
        let mut parts = self.within(pair, &[Rule::after, Rule::before, Rule::recurrence])?;
        let length = if parts.peek()?.as_rule() == Rule::number {
            self.number_and_unit(&mut parts)?
        } else {
            // `each month` is every one month.
            let unit_pair = parts.next()?;
            let at = self.at(&unit_pair);
            let number = Number { digits: "1".to_owned(), at };
            let unit = self.unit(unit_pair)?;
            Measure { quantity: Quantity::Number(number), unit: Some(unit), at }
        };
        let word = parts.next()?;
        skip(&mut parts, &[Rule::article]);
        let anchor = parts.next()?;
        let anchor = match anchor.as_rule() {
            Rule::anchor => self.anchor(anchor)?,
            _ => self.planned_anchor(&anchor)?,
        };
        let kind = match (whole.as_rule(), word.as_rule()) {
            (Rule::after, Rule::kw_after) => TriggerKind::After { length, anchor },
            (Rule::before, Rule::kw_before) => TriggerKind::Before { length, anchor },
            (Rule::recurrence, Rule::kw_after) => {
                TriggerKind::Every { length, anchor, first: false }
            }
            (Rule::recurrence, Rule::kw_counting_from) => {
                TriggerKind::Every { length, anchor, first: true }
            }
            _ => return self.unknown(&word),
        };
        self.whole(parts, kind)
    }

    pub(super) fn anchor(&mut self, pair: P<'_>) -> Option<Anchor> {
        let mut parts = self.within(pair, &[Rule::anchor])?;
        skip(&mut parts, &[Rule::article]);
        let anchor = parts.next()?;
        let rule = anchor.as_rule();
        let anchor = match (kinds::milestone(rule), kinds::subject(rule)) {
            (Some(milestone), _) => Anchor::Milestone(milestone),
            (None, Some(kind)) => Anchor::Subject(kind, self.name_within(anchor)?),
            (None, None) => self.planned_anchor(&anchor)?,
        };
        self.whole(parts, anchor)
    }

    // ── Payers, tax, terms ───────────────────────────────────────────────────────────────────

    pub(super) fn payer(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Payer> {
        self.need(parts, Rule::kw_payer)?;
        let name = self.name(parts)?;
        self.need(parts, Rule::colon)?;
        let share = self.need(parts, Rule::payer_share)?;
        let share_at = self.at(&share);
        let share = self.share(&mut share.into_inner())?;
        let mut payer = Payer { name, share, share_at, at_most: None, due: None };
        let mut stated = Stated::default();
        for option in parts {
            let mut parts = self.within(option, &[Rule::payer_option])?;
            skip(&mut parts, &[Rule::comma]);
            let word = parts.next()?;
            self.once(&mut stated, &word);
            match word.as_rule() {
                Rule::kw_at_most => payer.at_most = Some(self.sum(&mut parts)?),
                Rule::kw_due => payer.due = Some(self.payment_term(parts.next()?)?),
                _ => return self.unknown(&word),
            }
            self.whole(parts, ())?;
        }
        Some(payer)
    }

    fn share(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Share> {
        let first = parts.next()?;
        Some(match first.as_rule() {
            Rule::kw_as_agreed => Share::Agreed,
            Rule::kw_remainder => Share::Remainder,
            Rule::number => {
                let number = first;
                if take(parts, Rule::percent_sign).is_some() {
                    Share::Percent(self.number_of(number, Digits::Percentage)?)
                } else {
                    let number = self.number(number)?;
                    let currency = take(parts, Rule::currency).map(|pair| self.currency(&pair));
                    Share::Sum(Sum { number, currency })
                }
            }
            _ => return self.unknown(&first),
        })
    }

    pub(super) fn payment_term(&mut self, pair: P<'_>) -> Option<PaymentTerm> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::payment_term])?;
        let before = take(&mut parts, Rule::kw_month_end).is_some();
        skip(&mut parts, &[Rule::comma, Rule::kw_then]);
        let length = self.number_and_unit(&mut parts)?;
        skip(&mut parts, &[Rule::comma, Rule::kw_then]);
        let after = take(&mut parts, Rule::kw_month_end).is_some();
        self.whole(parts, ())?;
        let due = match (before, after) {
            (true, _) => Due::MonthEndThen,
            (false, true) => Due::ThenMonthEnd,
            (false, false) => Due::After,
        };
        Some(PaymentTerm { length, due, at })
    }

    /// A tax as an option of a line or an action.
    fn vat_option(&mut self, pair: P<'_>) -> Option<Vat> {
        let mut parts = pair.into_inner();
        skip(&mut parts, &[Rule::kw_vat]);
        self.vat(&mut parts)
    }

    pub(super) fn vat(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Vat> {
        if let Some(exemption) = take(parts, Rule::exemption) {
            return Some(Vat::Exempt(self.name_within(exemption)?));
        }
        let percent = self.need(parts, Rule::number)?;
        let percent = self.number_of(percent, Digits::Percentage)?;
        self.need(parts, Rule::percent_sign)?;
        let included = take(parts, Rule::kw_vat_included).is_some();
        Some(Vat::Rate { percent, included })
    }

    pub(super) fn agreed(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<CaseTerm> {
        let first = parts.next()?;
        self.case_term(first, parts)
    }

    /// A term of a case that begins with this pair.
    pub(super) fn case_term(
        &mut self,
        first: P<'_>,
        parts: &mut Pairs<'_, Rule>,
    ) -> Option<CaseTerm> {
        Some(match first.as_rule() {
            Rule::kw_agreed_price | Rule::kw_new_price => CaseTerm::Price(self.sum(parts)?),
            Rule::kw_agreed_rate | Rule::kw_new_rate => CaseTerm::Rate(self.rate_sum(parts)?),
            Rule::kw_planned_start => CaseTerm::PlannedStart(self.planned_day(parts)?),
            Rule::kw_planned_end => CaseTerm::PlannedEnd(self.planned_day(parts)?),
            Rule::kw_planned => {
                let planned = self.measure(parts.next()?)?;
                CaseTerm::Planned(planned.or_in(Some(MeasureUnit::Hours)))
            }
            Rule::kw_share => {
                let payer = self.name(parts)?;
                CaseTerm::Share { payer, share: self.share(parts)? }
            }
            _ => return self.unknown(&first),
        })
    }

    /// The day that a word for a planned day is followed by.
    fn planned_day(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Date> {
        skip(parts, &[Rule::kw_the_day]);
        let date = self.need(parts, Rule::date)?;
        self.date(date)
    }

    fn planned_anchor(&mut self, pair: &P<'_>) -> Option<Anchor> {
        match pair.as_rule() {
            Rule::kw_planned_start => Some(Anchor::PlannedStart),
            Rule::kw_planned_end => Some(Anchor::PlannedEnd),
            _ => self.unknown(pair),
        }
    }

    pub(super) fn bound_side(&mut self, pair: &P<'_>) -> Option<BoundSide> {
        match pair.as_rule() {
            Rule::kw_at_least => Some(BoundSide::AtLeast),
            Rule::kw_at_most => Some(BoundSide::AtMost),
            _ => self.unknown(pair),
        }
    }

    pub(super) fn period_of(&mut self, pair: &P<'_>) -> Option<Civil> {
        kinds::period_of_price(pair.as_rule()).or_else(|| self.unknown(pair))
    }
}
