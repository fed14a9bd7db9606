//! A way out that counts and digests what goes there.

use std::io::{self, Write};

use index::digest::Digest;
use sha2::{Digest as _, Sha256};

/// A way out.
pub(crate) struct Counted<W> {
    out: W,
    len: u64,
    hasher: Sha256,
}

impl<W> Counted<W> {
    /// Counts what goes there.
    pub(crate) fn into(out: W) -> Self {
        Self { out, len: 0, hasher: Sha256::new() }
    }

    /// Gives back where it went, and says how many bytes that were and what their digest is.
    pub(crate) fn finish(self) -> (W, u64, Digest) {
        (self.out, self.len, Digest::from_hasher(self.hasher))
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes)?;
        self.hasher.update(bytes);
        self.len += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
