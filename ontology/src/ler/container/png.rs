//! A baked PNG picture: a credential in one of its text chunks.
//!
//! Open Badges 3.0 and CLR 2.0 [bake](https://www.imsglobal.org/spec/ob/v3p0/#png) into an `iTXt` chunk, Open Badges 2.0 under
//! another keyword; older ones have only the address of the assertion, in a `tEXt` chunk. The chunks are walked by hand, as
//! [the PNG specification](https://www.w3.org/TR/png-3/#5Chunk-layout) lays them out; no pixel is decoded.

use std::io::Read;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::token::text_format;
use crate::ler::format::UnreadFormat;

/// The eight bytes every PNG picture starts with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The longest text that is unpacked, in bytes.
const LONGEST_TEXT: u64 = 2 * 1024 * 1024;
/// The keywords under which credentials are baked.
const KEYWORDS: &[&[u8]] = &[b"openbadgecredential", b"clrcredential", b"openbadges"];

/// One chunk of a picture.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    crc: [u8; 4],
}

/// Takes the credential out of a picture: the first text under one of the keywords that is more than an address.
pub(super) fn baked(picture: &[u8]) -> Result<Vec<u8>, ContainerError> {
    let mut rest = picture.strip_prefix(SIGNATURE).unwrap_or_default();
    let mut address = None;
    loop {
        let Some((chunk, after)) = Chunk::first_of(rest) else {
            return Err(address.unwrap_or(broken("it ends in the middle")));
        };
        if &chunk.kind == b"IEND" {
            return Err(address.unwrap_or(ContainerError::Unbaked { picture: "PNG" }));
        }
        if let Some(text) = chunk.credential()? {
            if !is_address(&text) {
                return Ok(text);
            }
            address = Some(ContainerError::HostedUrl);
        }
        rest = after;
    }
}

fn is_address(text: &[u8]) -> bool {
    let format = str::from_utf8(text).ok().and_then(text_format);
    format == Some(UnreadFormat::Address)
}

impl<'a> Chunk<'a> {
    /// The chunk that some bytes begin with, and the bytes after it.
    fn first_of(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (kind, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (data, rest) = rest.split_at_checked(length)?;
        let (crc, rest) = rest.split_first_chunk::<4>()?;
        Some((Self { kind: *kind, data, crc: *crc }, rest))
    }

    /// The text of the chunk, if it stands under one of the keywords.
    fn credential(&self) -> Result<Option<Vec<u8>>, ContainerError> {
        if !matches!(&self.kind, b"iTXt" | b"tEXt" | b"zTXt") {
            return Ok(None);
        }
        let Some([keyword, rest]) = split_at_nul(self.data) else { return Ok(None) };
        if !KEYWORDS.contains(&keyword) {
            return Ok(None);
        }
        self.check_crc()?;
        match &self.kind {
            b"iTXt" => international(rest),
            b"zTXt" => compressed(rest),
            _ => Ok(latin(rest)),
        }
        .map(Some)
    }

    /// The checksum over the type and the data of a chunk.
    fn check_crc(&self) -> Result<(), ContainerError> {
        let mut crc = Crc::new();
        crc.update(&self.kind);
        crc.update(self.data);
        if crc.sum() == u32::from_be_bytes(self.crc) {
            Ok(())
        } else {
            Err(broken("the checksum of its credential is wrong"))
        }
    }
}

/// [`iTXt`](https://www.w3.org/TR/png-3/#11iTXt): whether and how it is compressed, a language, a translated keyword, text.
fn international(rest: &[u8]) -> Result<Vec<u8>, ContainerError> {
    let layout = || {
        let (flag, rest) = rest.split_first()?;
        let (method, rest) = rest.split_first()?;
        let [_language, rest] = split_at_nul(rest)?;
        let [_keyword, text] = split_at_nul(rest)?;
        Some((*flag, *method, text))
    };
    match layout() {
        Some((0, _, text)) => Ok(text.to_vec()),
        Some((1, 0, text)) => inflated(text),
        _ => Err(broken("its credential is not laid out as a text")),
    }
}

/// [`zTXt`](https://www.w3.org/TR/png-3/#11zTXt): how it is compressed, text.
fn compressed(rest: &[u8]) -> Result<Vec<u8>, ContainerError> {
    match rest.split_first() {
        Some((0, text)) => inflated(text),
        _ => Err(broken("its credential is not laid out as a text")),
    }
}

/// [`tEXt`](https://www.w3.org/TR/png-3/#11tEXt) is Latin-1, though bakers write UTF-8 into it.
fn latin(text: &[u8]) -> Vec<u8> {
    match str::from_utf8(text) {
        Ok(_) => text.to_vec(),
        Err(_) => text.iter().copied().map(char::from).collect::<String>().into_bytes(),
    }
}

fn inflated(packed: &[u8]) -> Result<Vec<u8>, ContainerError> {
    let mut text = Vec::new();
    let read = ZlibDecoder::new(packed).take(LONGEST_TEXT + 1).read_to_end(&mut text);
    match read.map(u64::try_from) {
        Ok(Ok(length)) if length <= LONGEST_TEXT => Ok(text),
        Ok(_) => Err(ContainerError::TooLarge { limit: Limit::Baked }),
        Err(_) => Err(broken("its credential cannot be unpacked")),
    }
}

fn split_at_nul(bytes: &[u8]) -> Option<[&[u8]; 2]> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (before, rest) = bytes.split_at_checked(end)?;
    Some([before, rest.split_first()?.1])
}

fn broken(reason: &'static str) -> ContainerError {
    ContainerError::BrokenImage { reason }
}
