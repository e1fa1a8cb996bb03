//! The fields of an event: their names in JSON, and how long what stands in them may be.

/// The longest id, case or name, in bytes.
pub const LONGEST_TEXT: usize = 1_000;
/// The longest planned duration, in months: a hundred years.
pub const LONGEST_PLAN: u32 = 1_200;

/// The fields of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named as JSON has it")]
pub enum Field {
    Case,
    Date,
    Kind,
    Id,
    Name,
    Hours,
    Minutes,
    Schedule,
    PlannedHours,
    PlannedMonths,
    Ref,
    Price,
    Rate,
    Shares,
    PlannedStart,
    PlannedEnd,
    Quantity,
    Amount,
    Percent,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 19;

    /// All of them.
    pub const ALL: [Field; Field::COUNT] = [
        Field::Case,
        Field::Date,
        Field::Kind,
        Field::Id,
        Field::Name,
        Field::Hours,
        Field::Minutes,
        Field::Schedule,
        Field::PlannedHours,
        Field::PlannedMonths,
        Field::Ref,
        Field::Price,
        Field::Rate,
        Field::Shares,
        Field::PlannedStart,
        Field::PlannedEnd,
        Field::Quantity,
        Field::Amount,
        Field::Percent,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Case => "case",
            Field::Date => "date",
            Field::Kind => "kind",
            Field::Id => "id",
            Field::Name => "name",
            Field::Hours => "hours",
            Field::Minutes => "minutes",
            Field::Schedule => "schedule",
            Field::PlannedHours => "planned_hours",
            Field::PlannedMonths => "planned_months",
            Field::Ref => "ref",
            Field::Price => "price",
            Field::Rate => "rate",
            Field::Shares => "shares",
            Field::PlannedStart => "planned_start",
            Field::PlannedEnd => "planned_end",
            Field::Quantity => "quantity",
            Field::Amount => "amount",
            Field::Percent => "percent",
        }
    }

    /// The field with this name in JSON.
    pub fn find(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Whether no event is without it.
    pub fn is_in_every_event(self) -> bool {
        matches!(self, Field::Case | Field::Date | Field::Kind)
    }

    /// Whether it tells cases or events apart.
    pub fn is_key(self) -> bool {
        matches!(self, Field::Case | Field::Id | Field::Ref)
    }

    /// A bit of its own in a set of fields.
    pub const fn bit(self) -> u32 {
        1 << self as u16
    }
}
