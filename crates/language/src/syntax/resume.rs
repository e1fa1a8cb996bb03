//! What begins an item, what only looks as if it did, and where reading goes on after an error.

use super::ast::Shape;
use super::parse::{Parser, Place};
use super::{vocabulary, words};

impl Parser<'_> {
    /// The last parenthesis in this folded range that is not closed in it.
    pub fn open_parenthesis(&self, start: usize, end: usize) -> Option<usize> {
        let mut open = Vec::new();
        for (offset, c) in self.folded.text.get(start..end)?.char_indices() {
            match c {
                '(' => open.push(start + offset),
                ')' => drop(open.pop()),
                _ => {}
            }
        }
        open.pop()
    }

    /// Whether what stands at `at` is the end of the text, or a line that begins an item: what was
    /// being read stops before it.
    pub fn stops_before(&self, at: usize) -> bool {
        let gap = self.folded.text.get(self.folded.end_before(at)..at).unwrap_or("");
        let begins = || {
            let token = self.folded.token_at(at);
            let word = token.starts_with(char::is_alphabetic);
            let meant = || self.likely_word(token, &words::ITEM_WORDS).is_some();
            self.shape_at(at).is_some() || self.is_stray(at) && (!word || meant())
        };
        at >= self.folded.text.len() || gap.contains('\n') && begins()
    }

    /// Where lines stand below an item that began at `start`: a title begins a place of its own.
    pub fn place_below(&self, start: usize) -> Place {
        let title = self.folded.text.get(start..self.folded.line_break_after(start)).unwrap_or("");
        let of_follow_up = [" pour le suivi", " for follow-up"].iter().any(|of| title.contains(of));
        match words::item_shape(self.folded.token_at(start)) {
            Some(Shape::Schedule) => Place::Schedule,
            Some(Shape::FollowUp) => Place::FollowUp,
            Some(Shape::Scenario) if of_follow_up => Place::FollowScenario,
            Some(Shape::Scenario) => Place::Scenario,
            Some(_) | None => self.place,
        }
    }

    /// Where those lines begin, in the schedule that holds `at`, that begin an item of a shape.
    pub fn lines_of_the_schedule(&self, at: usize, shape: Shape) -> Vec<usize> {
        let mut found = Vec::new();
        let mut start = 0;
        for line in self.folded.text.split('\n') {
            let first = start + line.len() - line.trim_start().len();
            start += line.len() + 1;
            let begun = words::item_shape(self.folded.token_at(first));
            if begun == Some(Shape::Schedule) {
                if first > at {
                    break;
                }
                found.clear();
            } else if begun == Some(shape) && !line.trim_start().is_empty() {
                found.push(first);
            }
        }
        found
    }

    /// What begins at `at`, if an item does.
    pub fn shape_at(&self, at: usize) -> Option<Shape> {
        let token = self.folded.token_at(at);
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            let after = self.folded.text.get(at + token.len()..).unwrap_or("");
            let dated = after.starts_with(['-', '/']) && token.chars().all(|c| c.is_ascii_digit());
            let dated = dated || token.contains(['-', '/']) || self.date_mishap(at).is_some();
            return dated.then_some(Shape::Event);
        }
        let after = self.folded.text.get(at + token.len()..).unwrap_or("");
        // `facture de 100 EUR` is an invoice; `facturé au dossier` says what is billed.
        if self.place == Place::FollowScenario && token == "facture" && after.starts_with(" de ") {
            return Some(Shape::Invoice);
        }
        let shape = words::item_shape(token).or_else(|| self.shape_of_words(at))?;
        // `jusqu'à 40 %` is an amount; `jusqu'au 31/12/2025` an item.
        let amount = token == "jusqu" && !after.starts_with("'au");
        (!amount).then_some(shape)
    }

    /// The item that begins with several words, of which the first alone may begin something else: `prix convenu`.
    fn shape_of_words(&self, at: usize) -> Option<Shape> {
        let stands = |spelling: &str| {
            let mut place = at;
            words::tokens(spelling).all(|word| {
                let begins = self.folded.skip_blanks(place);
                place = begins + word.len();
                self.folded.token_at(begins) == word
            })
        };
        words::ITEMS_OF_WORDS.iter().find(|(spelling, _)| stands(spelling)).map(|(_, shape)| *shape)
    }

    /// Whether what stands at `at`, the first of its line, neither begins an item nor goes on with
    /// one: an unknown word, or a mark that sets off a remark or a point of a list.
    pub fn is_stray(&self, at: usize) -> bool {
        let token = self.folded.token_at(at);
        let rest = self.folded.text.get(at..).unwrap_or("");
        if token.starts_with(char::is_alphabetic) {
            let known = vocabulary::of(token).is_some() || vocabulary::is_shared(token);
            return !known && token.len() > 1 && words::item_shape(token).is_none();
        }
        let point = || {
            let item = self.folded.skip_blanks(at + token.len());
            let first = self.folded.token_at(item);
            let begins = first.starts_with(char::is_alphabetic) || self.shape_at(item).is_some();
            item < self.folded.line_break_after(at) && begins
        };
        let mark = token.starts_with(['-', '*', '•', '·', '–', '—', '‣', '▪', '◦']);
        rest.starts_with("//") || mark && point()
    }

    /// The start of the next line, after `from`, that begins an item or should; else the end of the
    /// text.
    pub fn next_item_line(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(rest) = self.folded.text.get(at..) {
            let Some(line_break) = rest.find('\n') else {
                break;
            };
            let line = at + line_break + 1;
            let indented = self.folded.text.get(line..).unwrap_or("");
            let first = line + indented.len() - indented.trim_start_matches(' ').len();
            if self.shape_at(first).is_some() || self.is_stray(first) {
                return first;
            }
            at = first;
        }
        self.folded.text.len()
    }
}
