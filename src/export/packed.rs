//! A way out that packs what is written, or leaves it as it is.

use std::io::{self, Write};

use zstd::stream::write::Encoder;

/// How hard it is packed: the usual measure, which keeps up with what is written.
const LEVEL: i32 = zstd::DEFAULT_COMPRESSION_LEVEL;

/// A way out.
pub(crate) enum Packed<W: Write> {
    /// As it is.
    Plain(W),
    /// As [zstd](https://www.rfc-editor.org/rfc/rfc8878).
    Zstd(Encoder<'static, W>),
}

impl<W: Write> Packed<W> {
    /// Packs what goes there, where that is wanted.
    pub(crate) fn into(out: W, zstd: bool) -> io::Result<Self> {
        if !zstd {
            return Ok(Self::Plain(out));
        }
        let mut encoder = Encoder::new(out, LEVEL)?;
        encoder.include_checksum(true)?;
        Ok(Self::Zstd(encoder))
    }

    /// Writes what is left, and gives back where it went.
    pub(crate) fn finish(self) -> io::Result<W> {
        let mut out = match self {
            Self::Plain(out) => out,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        out.flush()?;
        Ok(out)
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    /// Does nothing: what is packed comes out when it is worth it, and all of it at the end.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
