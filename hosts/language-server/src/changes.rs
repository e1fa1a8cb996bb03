//! Texts that take the place of others, as edits: in, a text before and after; out, the one edit that is needed.

use crate::findings::with_line_breaks_of;
use crate::positions::Lines;
use jalon::span::Span;
use lsp_types::{TextEdit, Uri, WorkspaceEdit};

/// The edit that makes one text of another, from the first line that differs to the last; none if they are the same
/// but for the way in which lines end.
pub fn between(before: &str, after: String, lines: &Lines) -> Vec<TextEdit> {
    let after = with_line_breaks_of(before, after);
    if before == after {
        return Vec::new();
    }
    let pairs = || before.split_inclusive('\n').zip(after.split_inclusive('\n'));
    let start: usize =
        pairs().take_while(|(old, new)| old == new).map(|(line, _)| line.len()).sum();
    let (old, new) = (before.get(start..).unwrap_or(""), after.get(start..).unwrap_or(""));
    // A last line that is not ended is compared as it stands.
    let same = old.split_inclusive('\n').rev().zip(new.split_inclusive('\n').rev());
    let end: usize = same.take_while(|(old, new)| old == new).map(|(line, _)| line.len()).sum();
    let new_text = new.get(..new.len() - end).unwrap_or("").to_owned();
    vec![TextEdit { range: lines.range(before, Span::new(start, before.len() - end)), new_text }]
}

/// An edit of one document.
pub fn of_document(uri: &Uri, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit::new(std::iter::once((uri.clone(), edits)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::Encoding;

    fn applied(before: &str, edits: &[TextEdit]) -> String {
        let lines = Lines::new(before, Encoding::Utf16);
        let [edit] = edits else { return before.to_owned() };
        let (start, end) =
            (lines.offset(before, edit.range.start), lines.offset(before, edit.range.end));
        format!("{}{}{}", &before[..start], edit.new_text, &before[end..])
    }

    #[test]
    fn the_edit_makes_one_text_of_the_other_and_leaves_the_lines_that_are_the_same() {
        let texts = ["", "a\n", "a\nb\n", "a\nb", "a\nb\nb\n", "b\na\nb\n", "é\na\n", "\n\n"];
        for before in texts {
            let lines = Lines::new(before, Encoding::Utf16);
            for after in texts {
                let edits = between(before, after.to_owned(), &lines);
                assert_eq!(applied(before, &edits), after, "{before:?}");
            }
        }
        let before = "a\nb\nc\n";
        let edits = between(before, "a\nB\nc\n".to_owned(), &Lines::new(before, Encoding::Utf16));
        assert_eq!((edits[0].range.start.line, edits[0].range.end.line), (1, 2));
        assert_eq!(edits[0].new_text, "B\n");
    }

    #[test]
    fn lines_go_on_ending_as_they_do() {
        let before = "a\r\nb\r\n";
        let lines = Lines::new(before, Encoding::Utf16);
        assert_eq!(between(before, "a\nb\n".to_owned(), &lines), []);
        assert_eq!(applied(before, &between(before, "a\nc\n".to_owned(), &lines)), "a\r\nc\r\n");
    }
}
