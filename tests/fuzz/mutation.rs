//! Changes to a file, the same in every run.

/// What parsers stumble over.
const STUMBLING: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\"",
    b"{",
    b"}",
    b"[[[[[[[[",
    b"\\ud800",
    b"~",
    b".",
    b"%",
    b"<",
    b"&a;",
    b"<![CDATA[",
    b"-->",
    b"1e999",
    b"IEND",
    b"\xff\xff\xff\xff",
    b"eyJ",
    b"https://",
];

/// An endless row of changed files.
pub(super) struct Mutations<'a> {
    bytes: &'a [u8],
    state: u64,
}

impl<'a> Mutations<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, state: 20_260_101 }
    }

    /// The next number of [SplitMix64](https://prng.di.unimi.it/splitmix64.c), below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from((mixed ^ (mixed >> 31)) % end).unwrap()
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        let end = bytes.len().min(at + 1 + self.below(32));
        let inserted = match self.below(6) {
            0 => {
                let bit = self.below(8);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
                return;
            }
            1 => {
                bytes.truncate(at);
                return;
            }
            2 => {
                bytes.drain(at..end);
                return;
            }
            3 => bytes.get(at..end).unwrap_or_default().to_vec(),
            4 => vec![u8::try_from(self.below(256)).unwrap(); 1 + self.below(40)],
            _ => STUMBLING[self.below(STUMBLING.len())].to_vec(),
        };
        bytes.splice(at..at, inserted);
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = self.bytes.to_vec();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes);
        }
        Some(bytes)
    }
}
