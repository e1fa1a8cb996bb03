//! Edits are tried before they are shown. In: a text, its tree, and what is wrong with it. Out: the same findings; an
//! edit after which its line is not read is taken away, and its sentence stays.
//!
//! The edits of all lines are made at once, and the text is read again: what that costs does not grow with how many there
//! are. Where a line then has another error, with an edit of its own, that one is made, too. A line that still has a new
//! error after [`ROUNDS`] readings is not mended by its edit.

use super::checked;
use crate::diagnostic::{Code, Diagnostic, Edit, Severity};
use crate::lang::Lang;
use crate::span::Span;
use crate::syntax;
use crate::syntax::ast::File;
use foldhash::HashSet;

/// How often a text is read again: for the edits that are shown, and for those that their lines then ask for.
const ROUNDS: usize = 4;

/// What is edited together: an item, or neighbours that one edit joins.
struct Place {
    /// Where it stands in the text, as that is edited so far.
    span: Span,
    /// What is to be replaced in it next, in order.
    edits: Vec<Edit>,
    /// The findings whose edits are tried here.
    findings: Vec<usize>,
    /// What else was wrong here before.
    before: HashSet<(Code, String)>,
}

/// Takes away the edits after which their line is not read.
pub fn keep_what_works(source: &str, file: &File, lang: Lang, found: &mut [Diagnostic]) {
    if found.iter().all(|finding| finding.edit.is_none()) {
        return;
    }
    let mut works: HashSet<usize> = HashSet::default();
    let mut open = places(file, found);
    let mut text = source.to_owned();
    for _ in 0..ROUNDS {
        text = edited(&text, &mut open);
        let syntax::Parsed { file, mut diagnostics, names, .. } = syntax::parse(&text, Some(lang));
        // A text of which nothing is read says nothing of its lines.
        if file.items.is_empty() {
            break;
        }
        diagnostics.extend(names);
        let mut errors = checked(&text, lang, &file, diagnostics).diagnostics;
        errors
            .retain(|finding| finding.severity() == Severity::Error && !is_of_others(finding.code));
        open.retain_mut(|place| {
            let is_new =
                |error: &&Diagnostic| !place.before.contains(&(error.code, error.message.clone()));
            let new: Vec<&Diagnostic> = within(&errors, place.span).filter(is_new).collect();
            let edits = new.iter().filter_map(|error| error.edit.clone());
            let edits = edits.filter(|edit| holds(place.span, edit.span)).collect();
            place.edits = apart(edits);
            if new.is_empty() {
                works.extend(&place.findings);
            }
            !new.is_empty() && place.edits.len() == new.len()
        });
        if open.is_empty() {
            break;
        }
    }
    for (_, finding) in found.iter_mut().enumerate().filter(|(at, _)| !works.contains(at)) {
        finding.edit = None;
    }
}

/// Where edits are to be made, in order and apart from one another.
fn places(file: &File, found: &[Diagnostic]) -> Vec<Place> {
    let item_at = |offset: u32| {
        let next = file.items.partition_point(|item| item.at.0.start <= offset);
        let at = next.checked_sub(1)?;
        file.items.get(at).filter(|item| offset <= item.at.0.end).map(|item| (at, item.at.0))
    };
    let mut spans: Vec<(Span, Edit, usize)> = Vec::new();
    for (at, finding) in found.iter().enumerate() {
        let Some(edit) = &finding.edit else { continue };
        let (edited, told) = (item_at(edit.span.start), item_at(finding.span.start));
        let mut span = edit.span;
        if let Some((_, item)) = edited {
            span = span.to(item);
        }
        // What is told of an item may be mended at the end of the one before.
        if let (Some((edited, _)), Some((told, item))) = (edited, told)
            && edited.abs_diff(told) == 1
        {
            span = span.to(item);
        }
        spans.push((span, edit.clone(), at));
    }
    spans.sort_by_key(|(span, edit, _)| (*span, edit.span));
    let mut places: Vec<Place> = Vec::new();
    for (span, edit, finding) in spans {
        match places.last_mut().filter(|last| span.start < last.span.end || span == last.span) {
            Some(last) => {
                last.span = last.span.to(span);
                last.edits.push(edit);
                last.findings.push(finding);
            }
            None => places.push(Place {
                span,
                edits: vec![edit],
                findings: vec![finding],
                before: HashSet::default(),
            }),
        }
    }
    for place in &mut places {
        place.edits = apart(std::mem::take(&mut place.edits));
        // One that stands over another is not tried.
        let edits = &place.edits;
        place.findings.retain(|at| {
            let edit = found.get(*at).and_then(|finding| finding.edit.as_ref());
            edit.is_some_and(|edit| edits.contains(edit))
        });
    }
    before(found, &mut places);
    places
}

/// What is wrong at each place, and is not what an edit there is to mend.
fn before(found: &[Diagnostic], places: &mut [Place]) {
    let mut findings: Vec<(usize, &Diagnostic)> = found.iter().enumerate().collect();
    findings.retain(|(_, finding)| finding.severity() == Severity::Error);
    findings.sort_by_key(|(_, finding)| finding.span);
    for place in places {
        let first = findings.partition_point(|(_, finding)| finding.span.start < place.span.start);
        let here = findings
            .iter()
            .skip(first)
            .take_while(|(_, finding)| finding.span.start <= place.span.end);
        let others = here.filter(|(at, _)| !place.findings.contains(at));
        place.before = others.map(|(_, finding)| (finding.code, finding.message.clone())).collect();
    }
}

/// Those edits, in order, that stand apart from the ones before them.
fn apart(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let mut end = 0;
    edits.retain(|edit| {
        let is_apart = edit.span.start >= end;
        if is_apart {
            end = edit.span.end;
        }
        is_apart
    });
    edits
}

/// The text with the edits of all places made; each place then stands where it is in that text.
fn edited(text: &str, places: &mut [Place]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut copied = 0;
    let part = |start, end| Span { start, end }.of(text);
    for place in places {
        new.push_str(part(copied, place.span.start));
        let start = new.len();
        copied = place.span.start;
        for edit in place.edits.drain(..) {
            new.push_str(part(copied, edit.span.start));
            new.push_str(&edit.text);
            copied = edit.span.end;
        }
        new.push_str(part(copied, place.span.end));
        copied = place.span.end;
        place.span = Span::new(start, new.len());
    }
    new.push_str(text.get(copied as usize..).unwrap_or(""));
    new
}

/// The findings that begin at a place; at its end, those of what is missing there.
fn within(found: &[Diagnostic], place: Span) -> impl Iterator<Item = &Diagnostic> {
    let first = found.partition_point(|finding| finding.span.start < place.start);
    let here = found.iter().skip(first).take_while(move |finding| finding.span.start <= place.end);
    here.filter(move |finding| finding.span.start < place.end || finding.span.end == place.end)
}

fn holds(place: Span, edit: Span) -> bool {
    place.start <= edit.start && edit.end <= place.end
}

/// Whether an error on a line may as well be that of another one, and says nothing of whether the line is read: a second
/// price, a share of a price without a total, shares of payers that do not come to the whole.
fn is_of_others(code: Code) -> bool {
    matches!(code, Code::DuplicateItem | Code::UnknownTotal | Code::PayerShares)
}
