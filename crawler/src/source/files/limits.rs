//! How much one file may ask of us.

/// The limits that a [`FileSource`](crate::source::files::FileSource) keeps; all sizes count after decompression.
///
/// The defaults leave room for the largest known inputs (a whole registry in one archive, a framework of a hundred megabytes)
/// and end what can only be meant to exhaust the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// The length of one document: 512 MiB.
    pub document_bytes: u64,
    /// What one file gives in all, the members of an archive together: 8 GiB.
    pub file_bytes: u64,
    /// How many times packed data may grow: 200.
    pub ratio: u64,
    /// How much packed data may give before [`ratio`](Self::ratio) is looked at: 1 MiB.
    pub ratio_free_bytes: u64,
    /// How many members a ZIP archive may have: 1,000,000.
    pub zip_members: u64,
    /// The length of a line of a dump of transactions, which is held in memory while it is decoded: 64 MiB.
    pub line_bytes: u64,
    /// How deep the brackets of one document may nest: 128.
    pub depth: usize,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self {
            document_bytes: 512 << 20,
            file_bytes: 8 << 30,
            ratio: 200,
            ratio_free_bytes: 1 << 20,
            zip_members: 1_000_000,
            line_bytes: 64 << 20,
            depth: 128,
        }
    }
}
