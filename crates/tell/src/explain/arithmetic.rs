//! The arithmetic of an amount in words, as the evaluation recorded it.

use super::story::Story;
use crate::eval::{Arithmetic, Computed, WorkItem};
use crate::lang::say;
use crate::model::InvoiceLineKind;
use crate::money::{Exact, Hours, Money, Percent};

impl Story<'_> {
    /// How an amount came about, one step a line.
    pub fn arithmetic(&self, computed: &Computed) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        match &computed.how {
            Arithmetic::Share { total, before, share } => self.share(*total, *before, *share),
            Arithmetic::Sum => {
                let amount = figures.sum(computed.amount);
                vec![say!(lang, "as the line states: {amount}", "montant de la ligne : {amount}")]
            }
            Arithmetic::Work => self.work(&computed.items, computed.amount),
            Arithmetic::UpTo { total, share, billed } => {
                self.up_to(*total, *share, *billed, computed)
            }
            Arithmetic::Nothing => {
                vec![say!(lang, "nothing, on purpose", "rien, c'est voulu").to_owned()]
            }
            Arithmetic::Attended { total, hours, planned, whole } => {
                self.attendance(*total, *hours, *planned, *whole)
            }
            Arithmetic::Elapsed { total, elapsed, planned } => {
                self.elapsed(*total, *elapsed, *planned)
            }
            Arithmetic::NotStarted => vec![say!(
                lang,
                "the case has not started: none of the duration has passed",
                "le dossier n'a pas démarré : rien de la durée ne s'est écoulé"
            )],
            Arithmetic::Deduction { deposit, left } => {
                vec![self.deduction(*deposit, *left, computed)]
            }
        }
    }

    /// A percentage. Those billed before take part in its rounding, and are shown where there is
    /// anything to round.
    fn share(&self, total: Exact, before: Percent, share: Percent) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let price = figures.price(total);
        let own = total.percent(share);
        let whole = |exact: Option<Exact>| {
            let rounded = exact.and_then(Exact::round).map(|rounded| figures.money(rounded));
            rounded.is_some() && rounded == exact.map(|exact| figures.exact(exact))
        };
        let after = before.plus(share);
        let both = after.and_then(|after| total.percent(after));
        let earlier = total.percent(before);
        let unrounded = whole(own) && whole(both) && whole(earlier);
        if before == Percent::default() || unrounded {
            let (share, amount) = (figures.percent(share), figures.rounded(own));
            return vec![say!(
                lang,
                "{share} of {price} = {amount}",
                "{share} de {price} = {amount}"
            )];
        }
        let amount = both
            .and_then(Exact::round)
            .zip(earlier.and_then(Exact::round))
            .and_then(|(both, earlier)| both.minus(earlier))
            .map_or("?".to_owned(), |amount| figures.money(amount));
        let after = figures.percent(after.unwrap_or_default());
        let (share, before) = (figures.percent(share), figures.percent(before));
        let (both, earlier) = (figures.rounded(both), figures.rounded(earlier));
        vec![
            say!(
                lang,
                "{share} with the {before} billed before: {after} of {price} = {both}",
                "{share} avec les {before} déjà facturés : {after} de {price} = {both}"
            ),
            say!(
                lang,
                "less the {before} billed before = {earlier}",
                "moins les {before} déjà facturés = {earlier}"
            ),
            say!(lang, "leaves {amount}", "reste {amount}"),
        ]
    }

    /// Each piece of work, and their sum.
    fn work(&self, items: &[WorkItem], sum: Money) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        if items.is_empty() {
            return vec![say!(
                lang,
                "there is no work that is not billed yet",
                "il n'y a pas de réalisé qui reste à facturer"
            )];
        }
        let mut lines: Vec<String> = items.iter().map(|item| self.work_item(item)).collect();
        if items.len() > 1 {
            let sum = figures.sum(sum);
            lines.push(say!(lang, "in all {sum}", "en tout {sum}"));
        }
        lines
    }

    fn work_item(&self, item: &WorkItem) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let product = match item.hours {
            None => figures.money(item.amount),
            Some(hours) => {
                let exact = figures.rounded(hours.at_rate(item.unit_price));
                format!("{} × {} = {exact}", figures.hours(hours), figures.money(item.unit_price))
            }
        };
        let Some(event) = item.event else {
            let least = self.plan.schedule.price.at_least();
            let least = least.map_or(String::new(), |least| figures.hours(least));
            return say!(
                lang,
                "hours missing to at least {least}: {product}",
                "heures manquantes pour faire au moins {least} : {product}"
            );
        };
        let date = figures.date(item.date);
        let name = self.event(event).and_then(|event| event.kind.subject()).unwrap_or("");
        let name = figures.quoted(name);
        let cut = match self.trace.cuts.iter().find(|cut| cut.event == event) {
            Some(cut) => {
                let given = figures.hours(cut.given);
                say!(lang, " (of {given})", " (sur {given})")
            }
            None => String::new(),
        };
        say!(lang, "{date} {name}: {product}{cut}", "{date} {name} : {product}{cut}")
    }

    /// That of an action's hours not all are billed, if so.
    pub fn cut(&self, event: u32) -> Option<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let cut = self.trace.cuts.iter().find(|cut| cut.event == event)?;
        let most = self.plan.schedule.price.at_most();
        let most = most.map_or(String::new(), |most| figures.hours(most));
        let (given, billed) = (figures.hours(cut.given), figures.hours(cut.billed));
        Some(say!(
            lang,
            "billed: {billed} of {given}; the price stops at {most} in all",
            "facturé : {billed} sur {given} ; le tarif s'arrête à {most} en tout"
        ))
    }

    fn up_to(
        &self,
        total: Exact,
        share: Percent,
        billed: Money,
        computed: &Computed,
    ) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let before = self.evaluation.lines.get(..computed.lines.start).unwrap_or_default();
        let deposits = before.iter().any(|line| line.kind == InvoiceLineKind::Deposit);
        let (price, percent) = (figures.price(total), figures.percent(share));
        let (brought, less) = (figures.rounded(total.percent(share)), figures.money(billed));
        let amount = figures.money(computed.amount);
        let included =
            if deposits { lang.pick(" (deposits included)", " (acomptes compris)") } else { "" };
        let mut lines = vec![say!(
            lang,
            "up to {percent} of {price} = {brought}, less {less} billed so far{included} = {amount}",
            "jusqu'à {percent} de {price} = {brought} ; moins {less} déjà facturés{included} = {amount}"
        )];
        if computed.amount < Money::ZERO {
            lines.push(say!(
                lang,
                "more than that has been billed: the excess is given back",
                "plus que cela a été facturé : l'excédent est rendu"
            ));
        }
        lines
    }

    fn attendance(
        &self,
        total: Exact,
        hours: Hours,
        planned: Hours,
        whole: Option<i128>,
    ) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let (price, share) = (figures.price(total), figures.attendance(hours, planned));
        let (done, of) = (figures.hours(hours), figures.hours(planned));
        let attendance = say!(
            lang,
            "attendance {share} ({done} of {of} planned)",
            "assiduité de {share} ({done} sur {of} prévues)"
        );
        let full = figures.rounded(Some(total));
        let over = vec![
            attendance.clone(),
            say!(lang, "the whole price: {full}", "le prix entier : {full}"),
        ];
        match whole {
            Some(whole) if whole >= 100 => over,
            None if hours >= planned => over,
            Some(whole) => {
                let amount = figures.rounded(total.times(whole, 100));
                let counted = figures.counted_as(whole, hours, planned);
                vec![
                    format!("{attendance}{counted}"),
                    say!(
                        lang,
                        "{whole} % of {price} = {amount}",
                        "{whole} % de {price} = {amount}"
                    ),
                ]
            }
            None => {
                let amount = total.times(i128::from(hours.0), i128::from(planned.0));
                let amount = figures.rounded(amount);
                vec![attendance, format!("{price} × {done} ÷ {of} = {amount}")]
            }
        }
    }

    fn elapsed(&self, total: Exact, elapsed: i64, planned: i64) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        let price = figures.price(total);
        let (passed, of) = (figures.days(elapsed), figures.days(planned));
        if elapsed >= planned {
            let full = figures.rounded(Some(total));
            return vec![say!(
                lang,
                "the planned duration of {of} has passed; the whole price: {full}",
                "la durée prévue de {of} est écoulée ; le prix entier : {full}"
            )];
        }
        let amount = figures.rounded(total.times(i128::from(elapsed), i128::from(planned)));
        vec![say!(
            lang,
            "{passed} of {of}, first and last included: {price} × {elapsed} ÷ {planned} = {amount}",
            "{passed} sur {of}, premier et dernier compris : {price} × {elapsed} ÷ {planned} = {amount}"
        )]
    }

    fn deduction(&self, deposit: usize, left: Money, computed: &Computed) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let line = self.evaluation.lines.get(deposit);
        let label = figures.quoted(line.map_or("", |line| line.label.as_str()));
        let date = line.map_or(String::new(), |line| figures.date(line.date));
        let amount = figures.money(computed.amount);
        if left == Money::ZERO {
            return say!(
                lang,
                "deposit {label} of {date} deducted: {amount}; nothing of it is left",
                "acompte {label} du {date} déduit : {amount} ; il n'en reste rien"
            );
        }
        let left = figures.money(left);
        say!(
            lang,
            "deposit {label} of {date} deducted in part: {amount}; {left} of it is left",
            "acompte {label} du {date} déduit en partie : {amount} ; il en reste {left}"
        )
    }
}
