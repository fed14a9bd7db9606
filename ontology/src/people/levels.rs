//! How deep the scan stands, and in what.

/// How many open brackets are remembered exactly, which is also how deep `serde_json` reads.
const MAX_DEPTH: u32 = u128::BITS;

/// The open brackets, innermost in the lowest bit.
#[derive(Debug, Default)]
pub(super) struct Levels {
    /// How many brackets are open.
    depth: u32,
    arrays: u128,
    types: u128,
    first_closed: bool,
}

impl Levels {
    pub(super) fn open(&mut self, is_array: bool, of_types: bool) {
        self.depth = self.depth.saturating_add(1);
        self.arrays = self.arrays << 1 | u128::from(is_array);
        self.types = self.types << 1 | u128::from(of_types);
    }

    pub(super) fn close(&mut self) {
        // A level too deep to be remembered comes back as an array of types: rather one refusal too many.
        let forgotten = u128::from(self.depth > MAX_DEPTH) << (MAX_DEPTH - 1);
        self.depth = self.depth.saturating_sub(1);
        self.arrays = self.arrays >> 1 | forgotten;
        self.types = self.types >> 1 | forgotten;
        self.first_closed |= self.depth == 0;
    }

    pub(super) fn is_outside(&self) -> bool {
        self.depth == 0
    }

    pub(super) fn in_type_array(&self) -> bool {
        self.depth > 0 && self.types & 1 == 1
    }

    pub(super) fn in_first_object(&self) -> bool {
        self.depth == 1 && self.arrays & 1 == 0 && !self.first_closed
    }
}
