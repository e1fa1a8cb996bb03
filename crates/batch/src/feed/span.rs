//! Where a text of a block stands: in its bytes, or behind them among those that are decoded.

/// Where a text of a block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub(super) start: u32,
    pub(super) length: u32,
}

/// Where the places of decoded texts begin: no block is that long.
pub(super) const DECODED: u32 = 1 << 31;

impl Span {
    /// A text that stands in the bytes; `None` where a block cannot be that long.
    pub(super) fn new(start: usize, length: usize) -> Option<Span> {
        let start = u32::try_from(start).ok().filter(|start| *start < DECODED)?;
        Some(Span { start, length: u32::try_from(length).ok()? })
    }

    /// The text that stands there in the bytes.
    #[inline]
    pub(super) fn of(self, bytes: &[u8]) -> &[u8] {
        bytes
            .get(self.start as usize..)
            .unwrap_or_default()
            .get(..self.length as usize)
            .unwrap_or_default()
    }

    /// Whether there is no text.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}
