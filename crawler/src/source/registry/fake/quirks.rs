//! The ways in which registries differ.

/// The ways in which registries differ; none of them in one that is as it should be.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Default)]
pub(in crate::source::registry) struct Quirks {
    pub no_totals: bool,
    pub total_is_called_total: bool,
    pub total_is_off_by: i64,
    pub per_page_at_most: usize,
    pub no_events: Option<u16>,
    pub search_finds_nothing: bool,
    pub no_search: bool,
    pub bulk_at_root_only: bool,
    pub no_bulk: bool,
    pub bulk_gives_nothing: bool,
    pub is_secured: bool,
    pub no_community: bool,
    pub repeats_last_page: bool,
    /// Pages of envelopes that are cut off in their middle, once each.
    pub cut_off: Vec<usize>,
    /// The page of envelopes at which the registry says nothing for ever.
    pub hangs_at: Option<usize>,
    /// Records that the registry fails to give.
    pub broken: Vec<String>,
    /// How the registry's own dump stands; nobody may know without saying.
    pub dump: Option<&'static str>,
    /// The dump leaves the oldest record out.
    pub dump_lacks_one: bool,
    /// The dump is not given.
    pub dump_is_kept_back: bool,
    /// Events are asked for in vain: there are none, whenever.
    pub tells_no_events: bool,
    /// Records that are given, and are something else.
    pub garbled: Vec<String>,
    /// Envelopes that are there, and that no listing shows or counts.
    pub unlisted: Vec<u32>,
    /// Damages the dump.
    pub dump_is_damaged: bool,
}
