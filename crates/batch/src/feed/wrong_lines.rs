//! Lines that are no event: of one case where it can be read, of any case where it cannot; and why, in words.

use super::place::Place;
use crate::lang::{Lang, say};
use crate::model::Fault;

/// A line that names its case and is no event.
#[derive(Clone, Debug)]
pub struct CaseFault {
    /// Where.
    pub place: Place,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A line that could belong to any case.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Where.
    pub place: Place,
    /// Why it cannot be read.
    pub reason: UnreadableReason,
}

/// Why the case of a line cannot be read.
#[derive(Clone, Debug)]
pub enum UnreadableReason {
    /// Not UTF-8.
    NotUtf8,
    /// Longer than any event.
    TooLong,
    /// The last line of a file, cut in its middle.
    Cut,
    /// The beginning of a JSON array, or of an object over several lines.
    SeveralLines,
    /// A list of values, in the place of an object.
    List,
    /// No object with a case in it.
    NoCase(Fault),
    /// A quote of a CSV record that is not closed, or stands inside a cell.
    OpenQuote,
    /// A cell in quotes that goes on over lines of which one would be a record by itself.
    RecordInQuotes {
        /// How many lines there are, with the one in which the cell begins.
        lines: u32,
    },
    /// A quote of a CSV record behind a backslash.
    BackslashQuote,
    /// What `psql` writes below a table.
    RowCount,
    /// A CSV record with more or fewer cells than the first line names.
    Cells {
        /// How many it has.
        found: usize,
        /// How many it has to have.
        expected: usize,
    },
}

impl UnreadableReason {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            UnreadableReason::NotUtf8 => not_utf8(lang),
            UnreadableReason::TooLong => say!(
                lang,
                "this line is longer than 1 MiB: it is no event",
                "cette ligne dépasse 1 Mio : ce n'est pas un événement"
            ),
            UnreadableReason::Cut => say!(
                lang,
                "the file is cut in the middle of this line",
                "le fichier est coupé au milieu de cette ligne"
            ),
            UnreadableReason::SeveralLines => say!(
                lang,
                "an event is one object on one line; this looks like a JSON array, or an object over several lines (`jq -c '.[]'`, or of objects `jq -c .`, writes one a line)",
                "un événement est un objet sur une ligne ; ceci ressemble à un tableau JSON, ou à un objet sur plusieurs lignes (`jq -c '.[]'`, ou pour des objets `jq -c .`, en écrit un par ligne)"
            ),
            UnreadableReason::List => say!(
                lang,
                "an event is an object with the names of its fields, and this is a list of values (pandas: `orient=\"records\"`; sqlite-utils: without `--arrays`)",
                "un événement est un objet qui porte les noms de ses champs, et ceci est une liste de valeurs (pandas : `orient=\"records\"` ; sqlite-utils : sans `--arrays`)"
            ),
            UnreadableReason::NoCase(fault) => fault.say(lang),
            UnreadableReason::OpenQuote => say!(
                lang,
                "a quote in this line is not closed within 1 MiB, or stands inside a cell: a cell that holds one stands in quotes, each of its own doubled (psql: `--csv`)",
                "un guillemet de cette ligne n'est pas fermé à moins de 1 Mio, ou se trouve dans une cellule : une cellule qui en contient est entre guillemets, les siens doublés (psql : `--csv`)"
            ),
            UnreadableReason::RecordInQuotes { lines } => say!(
                lang,
                "a cell in quotes that begins in this line goes over {lines} lines, and one of them reads like a line of its own: close the quote in its line, or write the cell without line breaks",
                "une cellule entre guillemets qui commence dans cette ligne s'étend sur {lines} lignes, et l'une d'elles se lit comme une ligne à part : fermez le guillemet dans sa ligne, ou écrivez la cellule sans saut de ligne"
            ),
            UnreadableReason::BackslashQuote => say!(
                lang,
                "a quote in this line stands behind a backslash: in CSV a quote is doubled (Spark: `escape='\"'`; MariaDB: `ESCAPED BY '\"'`)",
                "un guillemet de cette ligne suit une barre oblique inverse : en CSV, un guillemet se double (Spark : `escape='\"'` ; MariaDB : `ESCAPED BY '\"'`)"
            ),
            UnreadableReason::RowCount => say!(
                lang,
                "this is the count of rows that psql writes below a table (psql: `--csv`)",
                "c'est le nombre de lignes que psql écrit sous un tableau (psql : `--csv`)"
            ),
            UnreadableReason::Cells { found, expected } => {
                let s = if *found == 1 { "" } else { "s" };
                say!(
                    lang,
                    "this line has {found} cell{s}, and the first line names {expected}",
                    "cette ligne a {found} cellule{s}, et la première en nomme {expected}"
                )
            }
        }
    }
}

/// That a text is in another encoding, and how to save it.
pub fn not_utf8(lang: Lang) -> String {
    say!(
        lang,
        "this line is not UTF-8: it looks like Windows-1252, in which spreadsheets save; save as \"CSV UTF-8\" (Excel), or with the character set \"Unicode (UTF-8)\" (LibreOffice)",
        "cette ligne n'est pas en UTF-8 : on dirait du Windows-1252, que les tableurs écrivent ; enregistrez en « CSV UTF-8 » (Excel), ou avec le jeu de caractères « Unicode (UTF-8) » (LibreOffice)"
    )
}
