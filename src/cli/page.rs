//! A document in HTML that needs nothing else: in, its language, its title and its body; out, the whole of it. It may be
//! read, printed or sent.

use crate::lang::Lang;

const STYLE: &str = include_str!("show/style.css");

/// The document.
pub fn page(lang: Lang, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        lang.code(),
        escaped(title),
    )
}

/// The text in which no line ends within a number, or between a number and its unit or its currency.
pub fn tied(text: &str) -> String {
    let mut tied = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        let unit = |next: &char| {
            next.is_ascii_digit() || next.is_ascii_uppercase() || matches!(next, '%' | 'h' | '€')
        };
        let within = c == ' ' && before.is_ascii_digit() && rest.peek().is_some_and(unit);
        tied.push(if within { '\u{a0}' } else { c });
        before = c;
    }
    tied
}

/// The text with the five characters that mean something in HTML and XML escaped.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
