//! What columns and kinds are called in French spreadsheets, and what those of one file are called in it: in, a word
//! as somebody typed it; out, the field or the kind, and back again for messages. Capitals, accents and what joins two
//! words do not count.

#[cfg(feature = "parquet")]
use crate::feed::Holds;
use crate::lang::{Lang, say, seen};
use crate::model::french::folded;
use std::collections::BTreeSet;

/// What the lines of a file are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Table {
    /// Invoices.
    #[default]
    Invoices,
    /// What happened to them.
    Events,
    /// The steps that have been done.
    Done,
}

/// A field, or a kind, and its words in French; the first of them is what messages say.
type French = (&'static str, &'static [&'static str]);

const INVOICES: &[French] = &[
    ("invoice_id", &["facture", "identifiant de facture", "identifiant facture"]),
    ("number", &["numéro", "numéro de facture", "n° de facture", "n° facture"]),
    ("case", &["dossier"]),
    ("payer", &["payeur"]),
    ("payer_name", &["nom du payeur"]),
    ("date", &["date", "date de facture"]),
    ("due", &["échéance", "date d'échéance"]),
    ("total", &["total TTC", "montant TTC"]),
    ("currency", &["devise", "monnaie"]),
    ("group", &["groupe"]),
    ("customer", &["client"]),
    ("schedule", &["échéancier"]),
    ("credits", &["crédite", "factures créditées"]),
    // What `jalon run --invoices` says besides.
    ("invoice", &["n° dans le dossier"]),
    ("type", &["type"]),
    ("net", &["total HT", "montant HT"]),
    ("vat", &["TVA", "montant de TVA"]),
];

const EVENTS: &[French] = &[
    ("invoice_id", &["facture", "identifiant de facture", "identifiant facture"]),
    ("date", &["date", "jour"]),
    ("kind", &["nature"]),
    ("status", &["statut", "code de statut", "code statut"]),
    ("id", &["identifiant"]),
    ("channel", &["canal"]),
    ("reason", &["motif"]),
    ("until", &["jusqu'au", "promis pour le"]),
    ("amount", &["montant"]),
    ("currency", &["devise", "monnaie"]),
    ("account", &["compte"]),
    ("to", &["vers"]),
    ("by", &["remplacée par", "par"]),
    ("ref", &["référence"]),
];

const DONE: &[French] = &[
    ("invoice_id", &["facture", "identifiant de facture", "identifiant facture"]),
    ("step", &["étape"]),
    ("day", &["jour"]),
    ("id", &["identifiant"]),
];

const KINDS: &[French] = &[
    ("sent", &["envoi", "envoyée", "envoyé"]),
    ("undelivered", &["non-remise", "échec d'envoi"]),
    ("received", &["réception", "reçue", "reçu"]),
    ("accepted", &["acceptation", "acceptée"]),
    ("rejected", &["rejet", "rejetée"]),
    ("disputed", &["litige", "contestation", "contestée", "en litige"]),
    ("resolved", &["levée du litige", "litige levé", "litige résolu"]),
    ("promised", &["promesse", "promise", "règlement promis"]),
    (
        "payment",
        &[
            "encaissement",
            "paiement",
            "règlement",
            "payée",
            "payé",
            "réglée",
            "réglé",
            "encaissée",
            "encaissé",
        ],
    ),
    ("returned", &["encaissement rejeté"]),
    ("refund", &["remboursement"]),
    ("written_off", &["passage en perte", "passée en perte"]),
    ("moved", &["report", "reportée"]),
    ("replaced", &["remplacement", "remplacée"]),
    ("handed_over", &["transmission au recouvrement", "transmise au recouvrement"]),
    ("taken_back", &["reprise", "reprise du recouvrement"]),
    ("void", &["retrait"]),
];

impl Table {
    fn words(self) -> &'static [French] {
        match self {
            Table::Invoices => INVOICES,
            Table::Events => EVENTS,
            Table::Done => DONE,
        }
    }

    /// The fields without which no line says anything.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Table::Invoices => &["invoice_id", "case", "date", "total", "currency"],
            // A status may stand for the kind.
            Table::Events => &["invoice_id", "date"],
            // A day may also be called a date, and the invoice as `jalon follow` calls it.
            Table::Done => &["step"],
        }
    }

    /// The fields that are sums.
    pub fn is_sum(self, field: &str) -> bool {
        matches!((self, field), (Table::Invoices, "total") | (Table::Events, "amount"))
    }

    /// The fields that are days.
    pub fn is_day(self, field: &str) -> bool {
        matches!(field, "date" | "due" | "until" | "day")
    }

    /// What the column of this name holds in a file whose columns have types.
    #[cfg(feature = "parquet")]
    pub(super) fn holds(self, name: &str) -> Holds {
        match self.field(name) {
            None => Holds::Other,
            Some((field, _)) if self.is_day(field) => Holds::Day,
            Some((field, _)) if self.is_sum(field) => Holds::Sum,
            Some(_) => Holds::Text,
        }
    }

    /// The field that a column of this name has.
    pub fn field_named(self, name: &str) -> Option<&'static str> {
        self.field(name).map(|(field, _)| field)
    }

    /// The field that a column of this name has, and whether the name is French.
    fn field(self, name: &str) -> Option<(&'static str, bool)> {
        let name = folded(name);
        let words = self.words();
        let ours = words.iter().find(|(field, _)| folded(field) == name);
        // What an own file is called in the other table, too: `date` in the steps that were done.
        let ours = ours
            .map(|(field, _)| *field)
            .or((self == Table::Done && name == "date").then_some("date"));
        ours.map(|field| (field, false)).or_else(|| {
            let french = |words: &&[&str]| words.iter().any(|word| folded(word) == name);
            let (field, _) = words.iter().find(|(_, words)| french(words))?;
            Some((field, true))
        })
    }
}

/// The field of any table that has this name in JSON.
pub fn known_name(name: &str) -> Option<&'static str> {
    let tables = [INVOICES, EVENTS, DONE];
    let mut fields = tables.into_iter().flatten().map(|(field, _)| *field);
    fields.find(|field| *field == name)
}

/// The kind of event that a word means; in a spreadsheet it may be French, and in capitals.
pub fn kind_named(word: &str, in_spreadsheet: bool) -> Option<&'static str> {
    let typed = folded(word);
    let means = |(kind, words): &&French| {
        *kind == word
            || in_spreadsheet
                && (folded(kind) == typed || words.iter().any(|known| folded(known) == typed))
    };
    KINDS.iter().find(means).map(|(kind, _)| *kind)
}

/// All words that a kind of event may be called.
pub fn kind_words() -> impl Iterator<Item = &'static str> {
    let ours = KINDS.iter().map(|(kind, _)| *kind);
    ours.chain(KINDS.iter().flat_map(|(_, words)| words.iter().copied()))
}

/// What the fields are called in one file.
#[derive(Clone, Debug, Default)]
pub struct Words {
    table: Table,
    french: bool,
    named: Vec<(&'static str, String)>,
    /// Columns that hold no field, as they stand in the file.
    others: Vec<String>,
    sheet: bool,
}

impl Words {
    /// Those of objects of JSON with fields of these names beside those that are known: hosts have fields of their own there, and
    /// only what is nearly one of ours is told.
    pub(super) fn of_objects(table: Table, unknown: &BTreeSet<String>) -> Words {
        let ours = || table.words().iter().map(|(field, _)| *field);
        let near =
            unknown.iter().filter(|name| crate::diagnostic::did_you_mean(name, ours()).is_some());
        Words { table, others: near.cloned().collect(), ..Words::default() }
    }

    /// Which columns of a file are not read, as a sentence: what one of them says counts for nothing. Steps that have been
    /// done are given back as `jalon follow` wrote them, with columns that need not be read.
    pub fn unread(&self, lang: Lang) -> Option<String> {
        let others: Vec<String> =
            self.others.iter().filter(|name| !name.is_empty()).map(|name| seen(name)).collect();
        if others.is_empty() || self.table == Table::Done {
            return None;
        }
        let named = |name: &String| format!("`{name}`");
        let all = lang.all_of(&others.iter().map(named).collect::<Vec<_>>());
        let free = || {
            let words = self.table.words().iter();
            let free =
                words.filter(|(field, _)| !self.named.iter().any(|(named, _)| named == field));
            free.flat_map(|(field, words)| words.iter().copied().chain([*field]))
        };
        let near = others
            .iter()
            .find_map(|other| Some((other, crate::diagnostic::did_you_mean(other, free())?)));
        let help = near.map_or(String::new(), |(other, near)| {
            say!(
                lang,
                "; column `{other}`: did you mean `{near}`?",
                " ; colonne `{other}` : vouliez-vous dire `{near}` ?"
            )
        });
        Some(say!(
            lang,
            "what stands in columns that have the name of no field is not read: {all}{help}",
            "ce qui figure dans les colonnes qui ne portent le nom d'aucun champ n'est pas lu : {all}{help}"
        ))
    }

    /// The same, of a file that is a sheet of a workbook.
    pub fn of_sheet(self) -> Words {
        Words { sheet: true, ..self }
    }

    /// Whether the file is a sheet of a workbook.
    pub fn is_sheet(&self) -> bool {
        self.sheet
    }

    /// The kinds of event, in the language of the columns.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let french = self.french;
        KINDS.iter().map(move |(kind, words)| match words.first() {
            Some(word) if french => *word,
            Some(_) | None => *kind,
        })
    }

    /// A kind, which may be named in either language, in the language of the columns.
    pub fn kind(&self, word: &'static str) -> &'static str {
        let named = kind_named(word, true);
        let of = KINDS.iter().find(|(kind, _)| Some(*kind) == named);
        match of {
            Some((_, french)) if self.french && !french.contains(&word) => {
                french.first().copied().unwrap_or(word)
            }
            Some((kind, _)) if !self.french => kind,
            Some(_) | None => word,
        }
    }

    /// The word for a field, as it stands in the file; where no column has it, in the language of the others.
    pub fn of<'w>(&'w self, field: &'w str) -> &'w str {
        if let Some((_, typed)) = self.named.iter().find(|(named, _)| *named == field) {
            return typed;
        }
        let word = || self.table.words().iter().find(|(named, _)| *named == field)?.1.first();
        if self.french { word().copied().unwrap_or(field) } else { field }
    }
}

/// What the columns of a file hold, by its first line.
pub struct Header {
    /// For each column, its field; what no field is keeps its name, and none is empty.
    pub columns: Vec<String>,
    /// What the fields are called.
    pub words: Words,
}

/// Reads the first line of a file; an error is what is wrong with it, in English and French.
pub fn header(names: &[String], table: Table) -> Result<Header, [String; 2]> {
    let mut words = Words { table, ..Words::default() };
    let mut columns = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for name in names {
        let name = name.trim();
        match table.field(name) {
            Some((field, french)) => {
                words.french |= french;
                words.named.push((field, name.to_owned()));
                columns.push(field.to_owned());
            }
            None => {
                others.push(name);
                columns.push(name.to_owned());
            }
        }
    }
    let has = |field: &str| columns.iter().any(|column| column == field);
    let mut missing: Vec<&str> =
        table.needed().iter().copied().filter(|field| !has(field)).collect();
    if table == Table::Events && !has("kind") && !has("status") {
        missing.push("kind");
    }
    if missing.is_empty() {
        words.others = others.into_iter().map(str::to_owned).collect();
        Ok(Header { columns, words })
    } else {
        Err(lacking(&missing, &others, &words))
    }
}

/// Whether one of the words of a name is this one: `N° facture` and `facture`.
fn holds(name: &str, word: &str) -> bool {
    folded(name).split(' ').any(|part| part == folded(word))
}

/// That columns are missing, and which others may be meant for them.
fn lacking(missing: &[&str], others: &[&str], words: &Words) -> [String; 2] {
    let says = |lang: Lang| {
        let called = |field: &&str| {
            let french = words.table.words().iter().find(|(named, _)| named == field);
            let french = french.and_then(|(_, words)| words.first()).filter(|word| *word != field);
            match french {
                Some(french) => {
                    say!(lang, "`{field}` (in French `{french}`)", "`{french}` (ou `{field}`)")
                }
                None => format!("`{field}`"),
            }
        };
        let named = lang.all_of(&missing.iter().map(called).collect::<Vec<_>>());
        let all = words.table.words();
        let of_missing = || {
            let of = all.iter().filter(|(field, _)| missing.contains(field));
            of.flat_map(|(field, words)| words.iter().copied().chain([*field]))
        };
        let near = others.iter().find_map(|other| {
            // What is before tax is no total after it.
            if holds(other, "HT") {
                return None;
            }
            let near = crate::diagnostic::did_you_mean(other, of_missing());
            Some((seen(other), near.or_else(|| of_missing().find(|word| holds(other, word)))?))
        });
        // What `jalon run` writes of a line, and of no invoice.
        let is_of_a_line = |name: &&str| {
            ["trigger_kind", "déclencheur", "line", "ligne"].map(folded).contains(&folded(name))
        };
        let are_lines = words.table == Table::Invoices && others.iter().any(is_of_a_line);
        let help = match near {
            _ if are_lines => say!(
                lang,
                "; these are lines: `jalon run --invoices --format csv` writes whole invoices",
                " ; ce sont des lignes : `jalon run --invoices --format csv-fr` écrit des factures entières"
            ),
            Some((other, near)) => say!(
                lang,
                "; column `{other}`: did you mean `{near}`?",
                " ; colonne `{other}` : vouliez-vous dire `{near}` ?"
            ),
            None => String::new(),
        };
        say!(
            lang,
            "the first line has to name {named}, and there is no such column{help}",
            "la première ligne doit nommer {named}, et il n'y a pas de telle colonne{help}"
        )
    };
    [says(Lang::En), says(Lang::Fr)]
}
