//! Invoices and what happened to them in Parquet give the lists that CSV gives, byte for byte; what a column cannot hold
//! exactly is refused, and a value that is none withholds its invoice.

use super::files::{parquet, plain};
use crate::program::{Outcome, file, jalon, root};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray,
};
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

const FOLLOW_UP: &str = "schedules/follow-up/soins-a-domicile.jalon";

/// A file of the documentation: its headings, and its rows.
fn table(name: &str) -> (Vec<String>, Vec<Vec<Option<String>>>) {
    let text = std::fs::read_to_string(root().join("docs/examples/follow-up").join(name)).unwrap();
    let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned));
    let header = lines.next().unwrap().collect();
    let cell = |cell: String| if cell.is_empty() { None } else { Some(cell.replace(',', ".")) };
    (header, lines.map(|cells| cells.map(cell).collect()).collect())
}

fn days(text: &str) -> i32 {
    text.parse::<chrono::NaiveDate>().unwrap().to_epoch_days()
}

/// How days and sums are stored.
#[derive(Clone, Copy)]
enum Typing {
    Texts,
    Decimals,
    Floats,
}

fn column(name: &str, cells: Vec<Option<String>>, typing: Typing) -> ArrayRef {
    let cells = cells.into_iter();
    match (name, typing) {
        (_, Typing::Texts) => Arc::new(cells.collect::<StringArray>()),
        ("date", Typing::Decimals) => {
            Arc::new(cells.map(|cell| Some(days(&cell?))).collect::<Date32Array>())
        }
        ("date", Typing::Floats) => {
            let moment = |cell: Option<String>| Some(i64::from(days(&cell?)) * 86_400_000_000);
            Arc::new(cells.map(moment).collect::<TimestampMicrosecondArray>())
        }
        ("total" | "amount", Typing::Decimals) => {
            let cents = |cell: Option<String>| cell?.replace('.', "").parse::<i128>().ok();
            let sums: Decimal128Array = cells.map(cents).collect();
            Arc::new(sums.with_precision_and_scale(20, 2).unwrap())
        }
        ("total" | "amount", Typing::Floats) => {
            Arc::new(cells.map(|cell| cell?.parse::<f64>().ok()).collect::<Float64Array>())
        }
        _ => Arc::new(cells.collect::<StringArray>()),
    }
}

fn written(name: &str, typing: Typing, french: bool) -> Vec<u8> {
    let (header, rows) = table(name);
    let columns = header.iter().enumerate().map(|(place, name)| {
        let cells = rows.iter().map(|row| row.get(place).cloned().flatten()).collect();
        let called = match name.as_str() {
            "invoice_id" if french => "facture",
            "total" if french => "total TTC",
            "amount" if french => "montant",
            name => name,
        };
        (called.to_owned(), column(name, cells, typing), true)
    });
    parquet(&RecordBatch::try_from_iter_with_nullable(columns).unwrap(), plain())
}

fn list(command: &str, invoices: &str, events: &str) -> Outcome {
    let call = [command, "--follow-up", FOLLOW_UP, "--invoices", invoices, "--events", events];
    jalon(&[&call[..], &["--as-of", "2025-02-28", "--format", "json"]].concat())
}

#[test]
fn invoices_in_parquet_give_the_lists_of_csv() {
    let of = |name: &str| format!("docs/examples/follow-up/{name}");
    for command in ["follow", "unpaid", "journal"] {
        let expected = list(command, &of("factures.csv"), &of("evenements.csv"));
        assert!(expected.code == 0 && expected.out.len() > 100, "{}", expected.err);
        let typings = [
            ("texts", Typing::Texts, false),
            ("decimals", Typing::Decimals, true),
            ("floats", Typing::Floats, false),
        ];
        for (name, typing, french) in typings {
            let invoices = written("factures.csv", typing, french);
            let invoices = file("parquet-invoices", &format!("{name}-i.parquet"), &invoices);
            let events = written("evenements.csv", typing, french);
            let zst = zstd::encode_all(&events[..], 1).unwrap();
            let events = file("parquet-invoices", &format!("{name}-e.dat"), &events);
            let given = list(command, &invoices, &events);
            assert_eq!((given.out.as_str(), given.err.as_str()), (&*expected.out, ""), "{name}");
            let events = file("parquet-invoices", &format!("{name}-e.parquet.zst"), &zst);
            assert_eq!(list(command, &invoices, &events).out, expected.out, "{name}");
        }
    }
}

/// One invoice, with these columns in place of its own.
fn invoice(name: &str, others: &[(&str, ArrayRef)]) -> String {
    let text = |text: &str| -> ArrayRef { Arc::new(StringArray::from(vec![text])) };
    let mut columns = vec![
        ("invoice_id", text("1")),
        ("case", text("A")),
        ("payer", text("Caisse")),
        ("date", text("2025-01-10")),
        ("total", text("100")),
        ("currency", text("EUR")),
    ];
    for (name, array) in others {
        columns.retain(|(own, _)| own != name);
        columns.push((name, Arc::clone(array)));
    }
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    file(
        "parquet-invoices",
        &format!("{name}.parquet"),
        parquet(&batch, WriterProperties::builder()),
    )
}

#[test]
fn what_a_column_cannot_hold_is_refused() {
    let none = file("parquet-invoices", "none.ndjson", "");
    let refused: [(&str, &str, ArrayRef, &str); 5] = [
        ("bool", "total", Arc::new(BooleanArray::from(vec![true])), "a number or text"),
        ("float-id", "invoice_id", Arc::new(Float64Array::from(vec![1.0])), "text or a whole"),
        ("binary", "case", Arc::new(BinaryArray::from(vec![&b"A"[..]])), "text or a whole"),
        ("number-day", "date", Arc::new(Int64Array::from(vec![20_250_110])), "a date, a timestamp"),
        ("day-total", "total", Arc::new(Date32Array::from(vec![1])), "a number or text"),
    ];
    for (name, column, array, wanted) in refused {
        let path = invoice(name, &[(column, array)]);
        let told = list("unpaid", &path, &none);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{name}: {}", told.err);
        assert!(told.err.contains(&format!("`{column}`")), "{name}: {}", told.err);
        let english =
            jalon(&["unpaid", "--lang", "en", "--follow-up", FOLLOW_UP, "--invoices", &path]);
        assert!(english.err.contains(wanted), "{name}: {}", english.err);
    }
    // A column that nobody asks for may be anything.
    let beside = invoice("beside", &[("flag", Arc::new(BooleanArray::from(vec![true])))]);
    assert_eq!(list("unpaid", &beside, &none).code, 0);
    let cut = std::fs::read(&beside).unwrap();
    let half = file("parquet-invoices", "half.parquet", &cut[..cut.len() / 2]);
    let told = list("unpaid", &half, &none);
    assert_eq!((told.code, told.out.as_str()), (2, ""), "{}", told.err);
}

#[test]
fn a_value_that_is_none_withholds_its_invoice() {
    let none = file("parquet-invoices", "none-happened.ndjson", "");
    let noon = TimestampMicrosecondArray::from(vec![1_736_510_400_000_000]);
    let zoned = TimestampMicrosecondArray::from(vec![1_736_467_200_000_000]).with_timezone("UTC");
    let wrong: [(&str, &str, ArrayRef); 6] = [
        ("dust", "total", Arc::new(Float64Array::from(vec![0.1 + 0.2]))),
        ("nan", "total", Arc::new(Float64Array::from(vec![f64::NAN]))),
        ("huge", "total", Arc::new(Float64Array::from(vec![1e300]))),
        ("noon", "date", Arc::new(noon)),
        ("zoned", "date", Arc::new(zoned)),
        ("early", "date", Arc::new(Date32Array::from(vec![-400_000]))),
    ];
    for (name, column, array) in wrong {
        let told = list("unpaid", &invoice(name, &[(column, array)]), &none);
        assert_eq!((told.code, told.out.as_str()), (1, ""), "{name}: {}", told.err);
        assert!(told.err.contains(".parquet:1"), "{name}: {}", told.err);
    }
}
