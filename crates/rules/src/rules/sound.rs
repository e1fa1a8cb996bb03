//! Whether the terms that a case states are sound, and what it agrees. In: what its opening and its
//! amendments state, all of them, whatever the as-of date. Out: the terms at first, or why it is withheld.

use super::payers::Payers;
use crate::calendar::Date;
use crate::lang::{Lang, say, seen};
use crate::model::french;
use crate::model::program::{Agreed, Opening, Payer, Program, Rate, Share, Term, Terms};
use crate::money::{Money, Percent};

/// Why the terms of a case are not sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// Nobody states a term that the schedule uses.
    Missing(Term),
    /// The schedule takes no such term, and states another figure or none.
    NotTaken(Term),
    /// It is outside the bounds of the schedule.
    OutOfBounds(Term),
    /// Two amendments of one day state it differently.
    TwoOnOneDay(Term, Date),
    /// The schedule has no payer of that name.
    UnknownPayer(String),
    /// The share of that payer is not stated.
    NoShare(String),
    /// The share of that payer is not agreed by the case: the last one's, or one that the schedule states.
    ShareNotTaken(String),
    /// The percentages come to more than 100.
    MoreThanWhole,
}

/// What an amendment states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// Its day.
    pub date: Date,
    /// Its place among the events.
    pub event: u32,
    /// The terms that it states.
    pub terms: Terms,
}

/// The terms at first and the payers of a case, if what it states is sound; else why not, and the amendment
/// at fault, by its place among the events: none where it is the opening's, or that of all together.
pub fn settle(
    program: &Program,
    opening: Option<&Opening>,
    amendments: &[Amendment],
) -> Result<(Terms, Payers), (Unsound, Option<u32>)> {
    let of_opening = |unsound| (unsound, None);
    let stated = opening.map(|opening| opening.terms).unwrap_or_default();
    taken(program, &stated).map_err(of_opening)?;
    for amendment in amendments {
        taken(program, &amendment.terms).map_err(|unsound| (unsound, Some(amendment.event)))?;
    }
    for (place, amendment) in amendments.iter().enumerate() {
        let day = amendment.date;
        let same_day = amendments.iter().skip(place + 1).take_while(|other| other.date == day);
        for other in same_day {
            if let Some(term) = amendment.terms.differs(&other.terms) {
                return Err((Unsound::TwoOnOneDay(term, day), Some(other.event)));
            }
        }
    }
    let defaults = program.defaults();
    let first = stated.or(defaults);
    let ever = amendments.iter().fold(first, |ever, amendment| ever.or(amendment.terms));
    for term in program.needs() {
        if !ever.state(term) {
            return Err((Unsound::Missing(term), None));
        }
    }
    let shares = opening.map_or(&[][..], |opening| opening.shares.as_slice());
    Ok((first, payers(program, shares).map_err(of_opening)?))
}

/// Whether the schedule takes the price and the rate that are stated.
fn taken(program: &Program, terms: &Terms) -> Result<(), Unsound> {
    if let Some(price) = terms.price {
        let agreed = program.price.figure().ok_or(Unsound::NotTaken(Term::Price))?;
        takes(agreed, price, Term::Price)?;
    }
    if let Some(rate) = terms.rate {
        let agreed = program.price.rate().ok_or(Unsound::NotTaken(Term::Rate))?;
        takes(agreed, rate, Term::Rate)?;
    }
    Ok(())
}

/// Whether a figure is one that the schedule takes.
fn takes<T: Copy + PartialOrd>(agreed: Agreed<T>, figure: T, term: Term) -> Result<(), Unsound> {
    match agreed {
        Agreed::Stated(own) if own != figure => Err(Unsound::NotTaken(term)),
        Agreed::Stated(_) => Ok(()),
        Agreed::ByCase { at_least, at_most } => {
            let inside = at_least.is_none_or(|least| figure >= least)
                && at_most.is_none_or(|most| figure <= most);
            if inside { Ok(()) } else { Err(Unsound::OutOfBounds(term)) }
        }
    }
}

/// The payers, the agreed shares filled in.
fn payers(program: &Program, shares: &[(String, Share)]) -> Result<Payers, Unsound> {
    let mut agreed = Vec::with_capacity(shares.len());
    for (name, share) in shares {
        let place = program.payer_names.iter().position(|own| own == name);
        let Some((place, payer)) =
            place.and_then(|place| Some((place, program.payers.get(place)?)))
        else {
            return Err(Unsound::UnknownPayer(name.clone()));
        };
        match payer.share {
            Share::Agreed => agreed.push((place, *share)),
            stated if stated == *share => {}
            Share::Percent(_) | Share::Sum(_) | Share::Remainder => {
                return Err(Unsound::ShareNotTaken(name.clone()));
            }
        }
    }
    for (place, payer) in program.payers.iter().enumerate() {
        if payer.share == Share::Agreed && !agreed.iter().any(|(other, _)| *other == place) {
            return Err(Unsound::NoShare(
                program.payer_names.get(place).cloned().unwrap_or_default(),
            ));
        }
    }
    let percent = |payer: &Payer, place: usize| {
        let share = agreed.iter().find(|(other, _)| *other == place).map_or(payer.share, |of| of.1);
        match share {
            Share::Percent(share) => share,
            Share::Sum(_) | Share::Agreed | Share::Remainder => Percent::default(),
        }
    };
    let whole = program
        .payers
        .iter()
        .enumerate()
        .try_fold(Percent::default(), |sum, (place, payer)| sum.plus(percent(payer, place)));
    if whole.is_none_or(|whole| whole > Percent::WHOLE) {
        return Err(Unsound::MoreThanWhole);
    }
    Ok(Payers::new(&program.payers, &agreed))
}

/// A price or a rate that a case states: above zero.
pub fn is_figure(price: Option<Money>, rate: Option<Rate>) -> bool {
    price.is_none_or(|price| price > Money::ZERO) && rate.is_none_or(|rate| rate.0 > 0)
}

impl Unsound {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, schedule: &str, lang: Lang) -> String {
        match self {
            Unsound::Missing(term) => {
                let (field, example) = term.stated();
                let (name, word) = (field.name(), french::field_word(field));
                let term = term.noun(lang);
                say!(
                    lang,
                    "schedule `{schedule}` uses {term}, and the case does not state it (or not yet): its `opened` event does, in `{name}`, as `{example}`",
                    "l'échéancier `{schedule}` utilise {term}, et le dossier ne l'indique pas (ou pas encore) : c'est à son événement `opened` de l'indiquer, dans `{name}`, comme `{example}` (dans un tableur, à la ligne `ouverture`, colonne `{word}`)"
                )
            }
            Unsound::NotTaken(term) => {
                let term = term.noun(lang);
                say!(
                    lang,
                    "the case states {term}, and schedule `{schedule}` takes no other than its own",
                    "le dossier indique {term}, et l'échéancier `{schedule}` n'accepte que le sien"
                )
            }
            Unsound::OutOfBounds(term) => {
                let term = term.noun(lang);
                say!(
                    lang,
                    "{term} that the case states is outside the bounds of schedule `{schedule}`",
                    "{term} que le dossier indique sort des bornes de l'échéancier `{schedule}`"
                )
            }
            Unsound::TwoOnOneDay(term, day) => {
                let (term, day) = (term.noun(lang), lang.date(*day));
                say!(
                    lang,
                    "two amendments of {day} state {term} differently",
                    "deux avenants du {day} indiquent {term} différemment"
                )
            }
            Unsound::UnknownPayer(payer) => {
                let payer = seen(payer);
                say!(
                    lang,
                    "the case states a share of `{payer}`, who is no payer of schedule `{schedule}`",
                    "le dossier indique une part de `{payer}`, qui n'est pas payeur de l'échéancier `{schedule}`"
                )
            }
            Unsound::NoShare(payer) => {
                let payer = seen(payer);
                say!(
                    lang,
                    "the share of `{payer}` is agreed by each case, and this one does not state it: its `opened` event does, in `shares`, as `{{\"{payer}\":\"70 %\"}}`",
                    "la part de `{payer}` est convenue par dossier, et celui-ci ne l'indique pas : c'est à son événement `opened` de l'indiquer, dans `shares`, comme `{{\"{payer}\":\"70 %\"}}`"
                )
            }
            Unsound::ShareNotTaken(payer) => {
                let payer = seen(payer);
                say!(
                    lang,
                    "the case states a share of `{payer}`, and schedule `{schedule}` takes no other than its own",
                    "le dossier indique une part de `{payer}`, et l'échéancier `{schedule}` n'accepte que la sienne"
                )
            }
            Unsound::MoreThanWhole => say!(
                lang,
                "the shares of the payers come to more than 100 %",
                "les parts des payeurs font plus de 100 %"
            ),
        }
    }
}
