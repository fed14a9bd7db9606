//! The first digits of the hash of a name.

use std::fmt;

use crate::digest::Digest;

/// The first hexadecimal digits of a hash, as many as a [`Layout`](crate::range::Layout) has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix {
    digits: u32,
    value: u64,
}

impl Prefix {
    /// The most digits that are ever asked for.
    pub const MAX_DIGITS: u32 = 4;

    /// Reads so many digits, in lower case, so that a bucket has one address; `None` for anything else.
    pub fn read(text: &str, digits: u32) -> Option<Self> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = u32::try_from(text.len()).is_ok_and(|length| length == digits);
        if !fits || digits > Self::MAX_DIGITS || !text.bytes().all(is_hex) {
            return None;
        }
        Some(Self { digits, value: u64::from_str_radix(text, 16).ok()? })
    }

    /// Every prefix of so many digits, in order.
    pub fn all(digits: u32) -> impl Iterator<Item = Self> {
        let digits = digits.min(Self::MAX_DIGITS);
        (0..1_u64 << (4 * digits)).map(move |value| Self { digits, value })
    }

    /// The first and the last 64 bits that a hash may begin with.
    pub(super) fn bounds(self) -> (u64, u64) {
        let rest = u64::MAX.checked_shr(4 * self.digits).unwrap_or(0);
        let first = self.value.checked_shl(64 - 4 * self.digits).unwrap_or(0);
        (first, first | rest)
    }

    /// Tells whether a hash begins with these digits.
    pub fn covers(self, hash: &Digest) -> bool {
        let head =
            hash.as_bytes().iter().take(8).fold(0_u64, |head, byte| (head << 8) | u64::from(*byte));
        let (first, last) = self.bounds();
        (first..=last).contains(&head)
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = usize::try_from(self.digits).unwrap_or_default();
        write!(formatter, "{:0width$x}", self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::Prefix;
    use crate::digest::Digest;

    #[test]
    fn a_prefix_has_exactly_its_digits_in_lower_case() {
        for (text, digits) in [("0", 1), ("f", 1), ("00", 2), ("3fa", 3), ("ffff", 4)] {
            assert_eq!(Prefix::read(text, digits).unwrap().to_string(), text);
        }
        for (text, digits) in
            [("", 1), ("3F", 2), ("3fa", 2), ("3", 2), ("0x", 2), ("+1", 2), ("ä", 2), ("00000", 5)]
        {
            assert_eq!(Prefix::read(text, digits), None, "{text}");
        }
    }

    #[test]
    fn the_prefixes_share_out_all_hashes() {
        for digits in 1..=Prefix::MAX_DIGITS {
            let mut next = Some(0);
            for prefix in Prefix::all(digits) {
                let (first, last) = prefix.bounds();
                assert_eq!(Some(first), next, "{prefix}");
                next = last.checked_add(1);
            }
            assert_eq!(next, None);
        }
    }

    #[test]
    fn a_hash_lies_below_its_own_first_digits() {
        let hash: Digest = "3f5a".repeat(16).parse().unwrap();
        assert!(Prefix::read("3f5", 3).unwrap().covers(&hash));
        assert!(!Prefix::read("3f4", 3).unwrap().covers(&hash));
    }
}
