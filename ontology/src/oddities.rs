//! What was odd about a document, as it is met.
//!
//! A document of many megabytes may be odd in every line. Each kind is listed up to a limit and counted beyond it, so that the
//! list stays small beside the document.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::record::{Warning, WarningKind};

/// How many warnings of one kind are listed with their places.
const LISTED: u64 = 10_000;

/// The warnings of one document.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    listed: Vec<Warning>,
    counts: BTreeMap<WarningKind, u64>,
}

impl Oddities {
    /// Notes an oddity.
    pub(crate) fn note(&mut self, place: &Pointer, kind: WarningKind, detail: &str) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= LISTED {
            self.listed.push(Warning::new(place.as_str(), kind, detail));
        }
    }

    /// Gives the list, and how many more of each kind there were.
    pub(crate) fn finish(mut self) -> (Vec<Warning>, BTreeMap<WarningKind, u64>) {
        for count in self.counts.values_mut() {
            *count = count.saturating_sub(LISTED);
        }
        self.counts.retain(|_, count| *count > 0);
        (self.listed, self.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::{LISTED, Oddities};
    use crate::pointer::Pointer;
    use crate::record::WarningKind;

    #[test]
    fn what_exceeds_the_list_is_still_counted() {
        let mut oddities = Oddities::default();
        for _ in 0..LISTED + 3 {
            oddities.note(&Pointer::default(), WarningKind::UuidPattern, "x");
        }
        oddities.note(&Pointer::default(), WarningKind::NoParent, "y");
        let (listed, more) = oddities.finish();
        assert_eq!(listed.len() as u64, LISTED + 1);
        assert_eq!(more.into_iter().collect::<Vec<_>>(), [(WarningKind::UuidPattern, 3)]);
    }
}
