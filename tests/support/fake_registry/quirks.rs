//! The switches. What the registry of today does is the default.

/// What a registry does in its own way.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a switch is on or off")]
pub(crate) struct RegistryQuirks {
    /// Whether `/envelopes/events` is there; older registries have it not.
    pub has_events: bool,
    /// Whether `POST /graph/search` is there.
    pub has_bulk: bool,
    /// The most envelopes of a page, whatever `per_page` says.
    pub caps_per_page: usize,
    pub total: RegistryTotal,
    /// Whether `Link` names the next page.
    pub has_link: bool,
    /// What happens while somebody walks through the pages.
    pub shift: Option<Shift>,
    /// 401 for whoever shows no good token.
    pub is_secured: bool,
}

/// Where the registry says how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegistryTotal {
    XTotal,
    Total,
    Missing,
    /// `X-Total`, so many more than there are.
    Over(usize),
    /// `X-Total`, so many fewer than there are.
    Under(usize),
}

/// Rows that move while somebody walks: after each page, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shift {
    pub times: u32,
    pub kind: ShiftKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShiftKind {
    /// An envelope comes on top, so that the last of this page is the first of the next.
    Creates,
    /// The envelope on top goes, so that one is on no page.
    Destroys,
}

impl Default for RegistryQuirks {
    fn default() -> Self {
        Self {
            has_events: true,
            has_bulk: true,
            caps_per_page: 200,
            total: RegistryTotal::XTotal,
            has_link: true,
            shift: None,
            is_secured: false,
        }
    }
}
