//! Parquet in, lines out, against decoding the same file alone.

use crate::rounds::{Rounds, black_box};
use crate::{ingest, workload};
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, RecordBatch, StringArray};
use bytes::Bytes;
use jalon::feed::{Block, Book, Histories, ParquetEvents};
use jalon::{Event, EventKind, Plan};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// The events of the workload as a file, as most programs write it: snappy, dictionaries, row groups
/// of 122,880 rows.
fn file(ndjson: &[u8]) -> (Bytes, usize) {
    let lines = ndjson.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let events: Vec<Event> =
        lines.map(|line| serde_json::from_slice(line).expect("an event")).collect();
    let texts = |text: &dyn Fn(&Event) -> Option<String>| -> ArrayRef {
        Arc::new(events.iter().map(text).collect::<StringArray>())
    };
    let hours = events.iter().map(|event| match &event.kind {
        EventKind::Action { hours, .. } => hours.map(|hours| i128::from(hours.0 / 3)),
        _ => None,
    });
    let hours = hours.collect::<Decimal128Array>().with_precision_and_scale(12, 4);
    let dates = events.iter().map(|event| event.date.to_days()).collect::<Vec<i32>>();
    let columns: [(&str, ArrayRef); 7] = [
        ("case", texts(&|event| Some(event.case.clone()))),
        ("date", Arc::new(Date32Array::from(dates))),
        ("kind", texts(&|event| Some(event.kind.name().to_owned()))),
        ("id", texts(&|event| event.id.clone())),
        ("name", texts(&|event| event.kind.subject().map(str::to_owned))),
        ("hours", Arc::new(hours.expect("12 digits"))),
        ("schedule", texts(&|event| event.kind.opens().map(str::to_owned))),
    ];
    let columns = columns.map(|(name, array)| (name, array, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length");
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(122_880))
        .build();
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("memory");
    writer.close().expect("memory");
    (Bytes::from(bytes), events.len())
}

fn end_to_end(bytes: &Bytes, book: &Book) -> usize {
    let mut events = ParquetEvents::open(bytes.clone(), None).expect("a sound file");
    let (mut histories, mut block) = (Histories::default(), Block::default());
    block.begins_file = true;
    while let Some((layout, _)) = events.next_rows().expect("a sound file") {
        block.layout = layout;
        block.read();
        histories.take(&block);
        block.begins_file = false;
    }
    histories.group();
    ingest::bill(&histories, book)
}

pub fn ingest(plans: &[&Plan], cases: usize) {
    let (names, book) = (workload::names(plans), ingest::book(plans));
    for window in [1, 10_000] {
        let (bytes, events) = file(&workload::ndjson(cases, window, &names));
        let size = bytes.len() / 1_000_000;
        let mut rounds = Rounds::default();
        rounds.run(
            7,
            &mut [
                &mut || {
                    black_box(end_to_end(&bytes, &book));
                },
                &mut || {
                    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes.clone());
                    let reader = reader.and_then(|reader| reader.with_batch_size(8192).build());
                    for batch in reader.expect("a sound file") {
                        black_box(batch.map_or(0, |batch| batch.num_rows()));
                    }
                },
            ],
        );
        let what = format!("Parquet ({size} MB, {window} cases interleaved) to lines ÷ decoding");
        rounds.print(&what, events as f64, "ns", 1e9, "≤ 4 · ≤ 2.2");
    }
}
