//! main
fn main() {
    let text =
        std::fs::read_to_string(std::env::args().nth(1).unwrap_or_default()).unwrap_or_default();
    let parsed = jalon::syntax::parse(&text, None);
    eprintln!("{} items, {:#?}", parsed.file.items.len(), parsed.diagnostics);
}
