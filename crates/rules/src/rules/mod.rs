//! The rules of billing, each once: the life of a case, which lines fire, the account, and the
//! arithmetic of a line.
//!
//! In: a [`Program`] and the events of one case. Out: billed lines and remarks. Nothing here reads text,
//! knows the day, or rounds twice.

mod account;
mod beyond;
mod bill;
mod clock;
mod firing;
mod happening;
mod judge;
mod life;
mod lower;
mod moment;
mod payers;
pub mod pro_rata;
mod ready;
mod record;
mod sound;
mod work;

pub use crate::model::program::*;
pub use account::{ShareOfPrice, of_price};
pub use beyond::{Beyond, OfAction, OfLine, OfPrice};
pub use clock::times;
pub use happening::{Billed, BilledKind, Deed, Happening, Label, Remark, Stop};
pub use life::{Run, Stands};
pub use lower::{Reading, lower, raise};
pub use payers::{Parts, Payers};
pub use ready::Ready;
pub use record::{
    Awaited, Computed, Considered, Found, How, Measured, Outcome, Record, Split, Standing, Step,
};
pub use sound::{Amendment, Unsound, is_figure, settle};
pub use work::{Amiss, Cut, CutBy, Item, Quantity, Stated, UNIT};
