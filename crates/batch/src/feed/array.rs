//! A JSON array of objects as one object a line: in, its bytes; out, the same objects, each on a line of its
//! own, on the number of the line on which it begins where no other began there. What is no sound array comes
//! out as a line that is no event: nothing is left out, and an array that does not end is a file cut off.

use std::io::{self, ErrorKind, Read};

/// The objects of an array, one a line.
pub struct ArrayLines<R> {
    inner: R,
    input: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    at: At,
    /// How many lines have ended, in what was read and in what is given.
    lines: (usize, usize),
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// Whether a line has come out that is no event.
    faulty: bool,
}

/// Where in the array it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Before,
    /// Behind its bracket.
    First,
    /// Behind a comma.
    Next,
    Element,
    /// Behind an element.
    After,
    Done,
}

impl ArrayLines<&[u8]> {
    /// The objects of the array in a text, one a line; none if it does not end.
    pub fn of_text(text: &str) -> Option<String> {
        let mut lines = String::with_capacity(text.len());
        ArrayLines::new(text.as_bytes()).read_to_string(&mut lines).ok()?;
        Some(lines)
    }
}

impl<R: Read> ArrayLines<R> {
    /// The objects of the array that a reader holds.
    pub fn new(inner: R) -> ArrayLines<R> {
        ArrayLines {
            inner,
            input: vec![0; 1 << 16],
            out: Vec::new(),
            given: 0,
            at: At::Before,
            lines: (0, 0),
            depth: 0,
            in_text: false,
            escaped: false,
            faulty: false,
        }
    }

    fn byte(&mut self, byte: u8) {
        if byte == b'\n' {
            self.lines.0 += 1;
        }
        if self.at == At::Element {
            return self.element(byte);
        }
        match (self.at, byte) {
            (_, b' ' | b'\t' | b'\r' | b'\n') => {}
            (At::Before, b'[') => self.at = At::First,
            (At::First | At::After, b']') => self.at = At::Done,
            (At::After, b',') => self.at = At::Next,
            (At::First | At::Next, b',' | b']') | (At::Before | At::After | At::Done, _) => {
                // Something that cannot stand here: the line that it makes is none of an event.
                self.faulty = true;
                self.begin();
                self.out.push(b',');
                self.element(byte);
            }
            (At::First | At::Next | At::Element, _) => {
                self.begin();
                self.element(byte);
            }
        }
    }

    fn begin(&mut self) {
        let (read, given) = self.lines;
        self.out.extend(std::iter::repeat_n(b'\n', read.saturating_sub(given)));
        self.lines.1 = given.max(read);
        self.at = At::Element;
    }

    fn end(&mut self, at: At) {
        self.out.push(b'\n');
        self.lines.1 += 1;
        (self.at, self.depth, self.in_text, self.escaped) = (at, 0, false, false);
    }

    fn element(&mut self, byte: u8) {
        if self.in_text {
            self.out.push(byte);
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                // No text goes over a line: both are then no JSON.
                b'\n' => self.lines.1 += 1,
                _ => {}
            }
            return;
        }
        match byte {
            b',' if self.depth == 0 => return self.end(At::Next),
            b']' if self.depth == 0 => return self.end(At::Done),
            b'\n' | b'\r' => self.out.push(b' '),
            _ => self.out.push(byte),
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end(At::After);
                }
            }
            _ => {}
        }
    }
}

impl<R: Read> Read for ArrayLines<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            self.out.clear();
            self.given = 0;
            let mut input = std::mem::take(&mut self.input);
            let count = self.inner.read(&mut input);
            if let Ok(count) = count {
                input.iter().take(count).for_each(|byte| self.byte(*byte));
            }
            self.input = input;
            match count {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(0) if self.at == At::Done || self.faulty => return Ok(0),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
            }
        }
        let ready = self.out.get(self.given..).unwrap_or_default();
        let count = ready.len().min(room.len());
        if let (Some(room), Some(ready)) = (room.get_mut(..count), ready.get(..count)) {
            room.copy_from_slice(ready);
        }
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::ArrayLines;

    fn lines(array: &str) -> Option<Vec<String>> {
        let text = ArrayLines::of_text(array)?;
        Some(text.lines().map(|line| line.trim().to_owned()).collect())
    }

    #[test]
    fn objects_stand_on_the_lines_on_which_they_begin() {
        let objects = |lines: &[&str]| Some(lines.iter().map(|line| (*line).to_owned()).collect());
        assert_eq!(lines("[]"), objects(&[]));
        assert_eq!(lines("[{},{}]\n"), objects(&["{}", "{}"]));
        assert_eq!(lines("[\n{},\n{}\n]\n"), objects(&["", "{}", "{}"]));
        assert_eq!(lines("[\n {\n\"a\": 1\n},\n{}]"), objects(&["", "{ \"a\": 1 }", "", "", "{}"]));
        assert_eq!(lines("[{\"a\":\"],[{\\\"\"},{}]"), objects(&["{\"a\":\"],[{\\\"\"}", "{}"]));
    }

    #[test]
    fn what_is_no_array_of_objects_is_never_left_out() {
        for wrong in
            ["[{},]", "[,{}]", "[{} {}]", "[{}] {}", "[1,{}]", "[{}]]", "[[{}]]", "[{},,{}]"]
        {
            let lines = lines(wrong).unwrap_or_default();
            assert!(
                lines.iter().any(|line| !line.is_empty() && line != "{}"),
                "{wrong}: {lines:?}"
            );
        }
        for cut in ["[", "[{}", "[{},", "[{\"a\":", "[1"] {
            assert_eq!(lines(cut), None, "{cut}");
        }
    }
}
