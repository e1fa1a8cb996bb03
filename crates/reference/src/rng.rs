//! Choices: from a small seeded generator (splitmix64), so that a case is reproducible from one
//! number, or from bytes that a fuzzer chooses, so that it steers what is made.

/// Where choices come from.
#[derive(Clone, Debug)]
pub struct Rng(Source);

#[derive(Clone, Debug)]
enum Source {
    Seed(u64),
    Bytes { bytes: Vec<u8>, at: usize },
}

impl Rng {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Source::Seed(seed))
    }

    /// Each choice takes as few bytes as it needs; where they end, every choice is the first one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Source::Bytes { bytes: bytes.to_vec(), at: 0 })
    }

    /// A number in `0..n`; 0 where `n` is 0.
    fn draw(&mut self, n: u64) -> u64 {
        let n = n.max(1);
        match &mut self.0 {
            Source::Seed(state) => {
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut z = *state;
                z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                (z ^ (z >> 31)) % n
            }
            Source::Bytes { bytes, at } => {
                let mut drawn = 0;
                let mut most = n - 1;
                while most > 0 {
                    let byte = bytes.get(*at).copied().unwrap_or(0);
                    drawn = drawn << 8 | u64::from(byte);
                    *at += 1;
                    most >>= 8;
                }
                drawn % n
            }
        }
    }

    /// A number in `0..n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.draw(n as u64)).unwrap_or(0)
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.draw(width)).unwrap_or(0)
    }

    /// True in that many cases of a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.draw(100) >= 100 - percent
    }

    /// One of the items; the slice is not empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// An index, drawn by weight.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// Puts the items in a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}
