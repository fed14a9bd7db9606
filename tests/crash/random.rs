//! Random numbers from a seed that is printed, so that a run can be repeated.

use std::time::Duration;

/// `SplitMix64`: small, and good enough for choosing a moment.
pub(crate) struct Random(u64);

impl Random {
    /// Starts at `ALIDADE_SEED`, or at a fixed place.
    pub(crate) fn seeded(test: &str) -> Self {
        let seed = std::env::var("ALIDADE_SEED").ok().and_then(|text| text.parse().ok());
        let seed = seed.unwrap_or(20_261_122);
        println!("{test}: ALIDADE_SEED={seed}");
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A time from nothing to a tenth more than `whole`, each as likely as any other.
    pub(crate) fn within(&mut self, whole: Duration) -> Duration {
        let end = u64::try_from(whole.as_micros()).unwrap() * 11 / 10;
        Duration::from_micros(self.below(end))
    }
}
