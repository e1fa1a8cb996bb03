//! The notices of a case, in the order in which they come up: the first of them are kept, all are counted
//! by their kinds. A history of millions of events can give a notice for each, and a file of a few kilobytes
//! can hold such a history.

use super::{Notice, NoticeKind};

/// The notices of a case.
#[derive(Clone, Debug)]
pub struct Notices {
    kept: Vec<Notice>,
    most: usize,
    counts: [u64; NoticeKind::ALL.len()],
}

impl Default for Notices {
    fn default() -> Self {
        Notices::keeping(usize::MAX)
    }
}

impl Notices {
    /// Of which at the most so many are kept.
    pub fn keeping(most: usize) -> Notices {
        Notices { kept: Vec::new(), most, counts: [0; NoticeKind::ALL.len()] }
    }

    /// Counts a notice, and keeps it where there is room.
    #[inline]
    pub fn push(&mut self, notice: Notice) {
        if let Some(count) = self.counts.get_mut(notice.kind.place()) {
            *count += 1;
        }
        if self.kept.len() < self.most {
            self.kept.push(notice);
        }
    }

    /// Forgets all of them.
    #[inline]
    pub fn clear(&mut self) {
        self.kept.clear();
        self.counts = [0; NoticeKind::ALL.len()];
    }

    /// Puts those that are kept in the order of their dates.
    pub(super) fn sort(&mut self) {
        let order = |notice: &Notice| (notice.date, notice.event, notice.kind);
        if !self.kept.is_sorted_by_key(order) {
            self.kept.sort_unstable_by_key(order);
        }
    }

    /// Those that are kept.
    #[inline]
    pub fn kept(&self) -> &[Notice] {
        &self.kept
    }

    /// How many there are of each kind of which there are any.
    pub fn counts(&self) -> impl Iterator<Item = (NoticeKind, u64)> {
        let counts = NoticeKind::ALL.into_iter().zip(self.counts);
        counts.filter(|(_, count)| *count > 0)
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.counts().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;

    #[test]
    fn the_first_are_kept_and_all_are_counted() {
        let mut notices = Notices::keeping(2);
        let kinds = [NoticeKind::Voided, NoticeKind::SecondStart, NoticeKind::Voided];
        for (event, kind) in kinds.into_iter().enumerate() {
            notices.push(Notice { date: Date::MIN, event, kind });
        }
        assert_eq!(notices.kept().len(), 2);
        let counts: Vec<(NoticeKind, u64)> = notices.counts().collect();
        assert_eq!(counts, [(NoticeKind::Voided, 2), (NoticeKind::SecondStart, 1)]);
        notices.clear();
        assert!(notices.is_empty() && notices.kept().is_empty());
    }

    /// A kind is counted in its own place.
    #[test]
    fn the_list_of_kinds_is_in_the_order_of_their_numbers() {
        for (place, kind) in NoticeKind::ALL.into_iter().enumerate() {
            assert_eq!(kind.place(), place, "{kind:?}");
        }
    }
}
