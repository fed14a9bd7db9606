//! UUIDs and CTIDs inside longer texts.

use crate::id::ctid::Ctid;
use crate::id::guid::{Guid, strip_prefix_ignore_case};

/// A UUID found in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    /// The UUID.
    pub guid: Guid,
    /// Whether `ce-` or `ctid:` stands before it.
    pub is_ctid: bool,
}

/// Finds every hyphenated UUID that no letter or digit touches, and every run of exactly 32 hexadecimal digits, in order.
pub(crate) fn uuids(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match uuid_at(text, at) {
            Some((guid, end)) => {
                found.push(Found { guid, is_ctid: follows_ctid_mark(text, at) });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The last CTID in a text.
pub(crate) fn last_ctid(text: &str) -> Option<Ctid> {
    uuids(text).into_iter().rfind(|found| found.is_ctid).map(|found| Ctid::from(&found.guid))
}

/// The last UUID in a text.
pub(crate) fn last_guid(text: &str) -> Option<Guid> {
    uuids(text).pop().map(|found| found.guid)
}

fn uuid_at(text: &str, at: usize) -> Option<(Guid, usize)> {
    let (before, after) = text.split_at_checked(at)?;
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    [36, 32].into_iter().find_map(|length| {
        let (digits, tail) = after.split_at_checked(length)?;
        let guid = Guid::hyphenated(digits).or_else(|| Guid::compact(digits))?;
        (!tail.starts_with(char::is_alphanumeric)).then_some((guid, at + length))
    })
}

/// Whether the text before the place ends in `ce-` or `ctid:`, and nothing longer.
fn follows_ctid_mark(text: &str, at: usize) -> bool {
    ["ce-", "ctid:"].iter().any(|mark| {
        let Some(start) = at.checked_sub(mark.len()) else { return false };
        let Some((before, after)) = text.split_at_checked(start) else { return false };
        strip_prefix_ignore_case(after, mark).is_some() && !before.ends_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[test]
    fn uuids_are_found_between_boundaries_only() {
        for (text, expected) in [
            (UUID.to_owned(), vec![false]),
            (format!("ce-{UUID}"), vec![true]),
            (format!("CE-{}", UUID.to_uppercase()), vec![true]),
            (format!("urn:ctid:{UUID}"), vec![true]),
            (format!("source-ce-{UUID}"), vec![true]),
            (format!("once-{UUID}"), vec![false]),
            (format!("x{UUID}"), vec![]),
            (format!("{UUID}0"), vec![]),
            (format!("é{UUID}"), vec![]),
            (format!("/{UUID}/ce-{UUID}?x"), vec![false, true]),
            ("0f3a9c526b1d4e7f8a205c9d1e2f3a4b".to_owned(), vec![false]),
            ("ce-0f3a9c526b1d4e7f8a205c9d1e2f3a4b".to_owned(), vec![true]),
            ("0f3a9c526b1d4e7f8a205c9d1e2f3a4b0".to_owned(), vec![]),
        ] {
            let marks: Vec<bool> = uuids(&text).iter().map(|found| found.is_ctid).collect();
            assert_eq!(marks, expected, "{text}");
        }
    }
}
