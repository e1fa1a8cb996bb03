//! A file divided into its schedules and scenarios, each with the items that belong to it.

use super::{Checker, errors};
use crate::span::Span;
use crate::syntax::ast::{Date, File, Item, ItemKind, Name, Shape};
use foldhash::HashMap;

/// A file's schedules and scenarios, in order.
#[derive(Default)]
pub struct Sections<'f> {
    pub schedules: Vec<Section<'f>>,
    pub scenarios: Vec<ScenarioSection<'f>>,
    /// Whether the item before stands in no place of its own, which is reported: those after it
    /// only follow.
    misplaced: bool,
}

/// A schedule or a scenario with its items.
pub struct Section<'f> {
    /// Its name; `None` if its first line could not be read.
    pub name: Option<&'f Name>,
    /// From when this version of a schedule is in force, where it says so.
    pub in_force_from: Option<&'f Date>,
    pub items: Vec<&'f Item>,
    /// What could not be read in it.
    pub broken: Vec<Shape>,
}

/// A scenario, with the schedule that it names or stands under.
pub struct ScenarioSection<'f> {
    pub section: Section<'f>,
    /// The schedule that it names.
    pub named: Option<&'f Name>,
    /// The place, among the schedules, of the one above it.
    pub above: Option<usize>,
}

impl<'f> Section<'f> {
    fn new(name: Option<&'f Name>) -> Self {
        Self { name, in_force_from: None, items: Vec::new(), broken: Vec::new() }
    }

    /// Its name, where it could be read.
    pub fn name_text(&self) -> Option<String> {
        self.name.map(|name| name.text.clone())
    }

    /// Whether an item of this shape, or one of no known shape, could not be read.
    pub fn is_broken(&self, shape: Shape) -> bool {
        self.broken.iter().any(|broken| [shape, Shape::Unknown].contains(broken))
    }
}

/// Divides a file; reports items that stand in no place of theirs, and repeated names.
pub fn divide<'f>(checker: &mut Checker<'_>, file: &'f File) -> Sections<'f> {
    let mut sections = Sections::default();
    let mut in_scenario = false;
    for item in &file.items {
        match &item.kind {
            ItemKind::Schedule { name, in_force_from } => {
                sections.misplaced = false;
                let mut section = Section::new(Some(name));
                section.in_force_from = in_force_from.as_ref();
                sections.schedules.push(section);
                in_scenario = false;
            }
            ItemKind::Broken(Shape::Schedule) => {
                let mut section = Section::new(None);
                section.broken.push(Shape::Schedule);
                sections.schedules.push(section);
                in_scenario = false;
            }
            ItemKind::Scenario { name, schedule } => {
                sections.begin_scenario(Some(name), schedule.as_ref());
                in_scenario = true;
            }
            ItemKind::Broken(Shape::Scenario) => {
                sections.begin_scenario(None, None);
                in_scenario = true;
            }
            ItemKind::Broken(shape) => {
                if let Some(section) = sections.current(in_scenario) {
                    section.broken.push(*shape);
                }
            }
            ItemKind::Planned(_) => sections.take(checker, item, in_scenario, true),
            ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::WholeAttendance
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_) => sections.take(checker, item, in_scenario, !in_scenario),
            ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::Agreed(_) => {
                sections.take(checker, item, in_scenario, in_scenario);
            }
        }
    }
    repeated_schedules(checker, &sections.schedules);
    sections
}

impl<'f> Sections<'f> {
    fn begin_scenario(&mut self, name: Option<&'f Name>, named: Option<&'f Name>) {
        let mut section = Section::new(name);
        if name.is_none() {
            section.broken.push(Shape::Scenario);
        }
        self.misplaced = false;
        let above = self.schedules.len().checked_sub(1);
        self.scenarios.push(ScenarioSection { section, named, above });
    }

    fn current(&mut self, in_scenario: bool) -> Option<&mut Section<'f>> {
        if in_scenario {
            self.scenarios.last_mut().map(|scenario| &mut scenario.section)
        } else {
            self.schedules.last_mut()
        }
    }

    fn take(&mut self, checker: &mut Checker<'_>, item: &'f Item, in_scenario: bool, fits: bool) {
        match self.current(in_scenario) {
            Some(section) if fits => {
                section.items.push(item);
                self.misplaced = false;
            }
            found => {
                let nowhere = found.is_none();
                if !std::mem::replace(&mut self.misplaced, true) {
                    let finding = errors::misplaced(
                        checker.lang,
                        checker.file_lang,
                        item.at.0,
                        in_scenario,
                        nowhere,
                    );
                    checker.report(finding);
                }
            }
        }
    }
}

fn repeated_schedules(checker: &mut Checker<'_>, schedules: &[Section<'_>]) {
    // Schedules of one name are its versions, unless two are in force from one day on.
    let mut first: HashMap<(&str, Option<&str>), Span> = HashMap::default();
    for section in schedules {
        let Some(name) = section.name else { continue };
        let version = (name.text.as_str(), section.in_force_from.map(|date| date.iso.as_str()));
        match first.get(&version) {
            // An empty name is reported as that.
            Some(_) if name.text.is_empty() => {}
            Some(place) => {
                checker.report(errors::duplicate_schedule(checker.lang, name, *place));
            }
            None => {
                first.insert(version, name.at.0);
            }
        }
    }
}
