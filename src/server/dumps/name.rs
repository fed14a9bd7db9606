//! The names of dumps: what of it, in which form, and whether the dump or its digest is meant.

use crate::export::Form;

/// How the name of a packed file ends.
const PACKED: &str = ".zst";

/// How the name of a digest ends.
const DIGEST: &str = ".sha256";

/// How many digits of a hash name a framework.
const N_DIGITS: usize = 16;

/// What is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Everything.
    All,
    /// A framework, by the first 64 bits of the hash of its key.
    Framework(u64),
}

/// A dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whole {
    pub part: Part,
    pub form: Form,
}

/// What is asked for by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub whole: Whole,
    /// Whether its digest is asked for.
    pub is_digest: bool,
}

impl Name {
    /// Reads the name of a dump of everything.
    pub(super) fn of_whole(name: &str) -> Option<Self> {
        let (stem, form, is_digest) = taken_apart(name)?;
        (stem == "all").then_some(Self { whole: Whole { part: Part::All, form }, is_digest })
    }

    /// Reads the name of a dump of a framework.
    pub(super) fn of_framework(name: &str) -> Option<Self> {
        let (stem, form, is_digest) = taken_apart(name)?;
        let part = Part::Framework(hash(stem)?);
        Some(Self { whole: Whole { part, form }, is_digest })
    }
}

impl Whole {
    /// The name of the file.
    pub(super) fn file(self) -> String {
        let ending = self.form.ending();
        match self.part {
            Part::All => format!("all.{ending}{PACKED}"),
            Part::Framework(hash) => format!("{hash:016x}.{ending}{PACKED}"),
        }
    }

    /// The path at which it is given.
    pub(super) fn path(self) -> String {
        match self.part {
            Part::All => format!("/dumps/{}", self.file()),
            Part::Framework(_) => format!("/dumps/frameworks/{}", self.file()),
        }
    }

    /// The path at which its digest is given.
    pub(super) fn path_of_digest(self) -> String {
        self.path() + DIGEST
    }
}

/// Reads the digits that name a framework.
pub(super) fn hash(digits: &str) -> Option<u64> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_whole = digits.len() == N_DIGITS && digits.bytes().all(is_digit);
    u64::from_str_radix(digits, 16).ok().filter(|_| is_whole)
}

/// The stem, the form, and whether it is the name of a digest.
fn taken_apart(name: &str) -> Option<(&str, Form, bool)> {
    let packed = name.strip_suffix(DIGEST);
    let (stem, ending) = packed.unwrap_or(name).strip_suffix(PACKED)?.split_once('.')?;
    Some((stem, Form::of_ending(ending)?, packed.is_some()))
}

#[cfg(test)]
mod tests {
    use super::{Name, Part, Whole};
    use crate::export::Form;

    #[test]
    fn names_are_read_as_they_are_written() {
        for form in Form::ALL {
            for is_digest in [false, true] {
                let ending = if is_digest { ".sha256" } else { "" };
                let whole = Whole { part: Part::All, form };
                let name = Name { whole, is_digest };
                assert_eq!(Name::of_whole(&format!("{}{ending}", whole.file())), Some(name));
                let whole = Whole { part: Part::Framework(0xab), form };
                let name = Name { whole, is_digest };
                assert_eq!(Name::of_framework(&format!("{}{ending}", whole.file())), Some(name));
            }
        }
    }

    #[test]
    fn other_names_name_nothing() {
        for name in [
            "",
            "all",
            "all.nq",
            "all.zst",
            "all.ttl.zst",
            "All.nq.zst",
            "all.nq.zst.md5",
            "all.nq.zst.sha256.sha256",
        ] {
            assert_eq!(Name::of_whole(name), None, "{name}");
        }
        for name in [
            "all.nq.zst",
            "ab.nq.zst",
            "00000000000000AB.nq.zst",
            "+0000000000000ab.nq.zst",
            "00000000000000ab0.nq.zst",
        ] {
            assert_eq!(Name::of_framework(name), None, "{name}");
        }
    }
}
