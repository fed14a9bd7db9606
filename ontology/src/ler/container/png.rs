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
/// How much is unpacked of all the texts of a picture together, in bytes.
const LONGEST_TEXT: u64 = 2 * 1024 * 1024;
/// How many texts under the keywords are looked at.
const MOST_TEXTS: usize = 16;
/// The keywords under which credentials are baked.
const KEYWORDS: &[&[u8]] = &[b"openbadgecredential", b"clrcredential", b"openbadges"];

/// One chunk of a picture.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    crc: [u8; 4],
}

/// Takes the credential out of a picture: the first text under one of the keywords that is more than an address, if it is one of
/// the first texts there.
pub(super) fn baked(picture: &[u8]) -> Result<Vec<u8>, ContainerError> {
    let mut rest = picture.strip_prefix(SIGNATURE).unwrap_or_default();
    let mut address = None;
    let (mut n_texts, mut room) = (0, LONGEST_TEXT);
    while n_texts < MOST_TEXTS {
        let Some((chunk, after)) = Chunk::first_of(rest) else {
            return Err(address.unwrap_or(broken("it ends in the middle")));
        };
        if &chunk.kind == b"IEND" {
            return Err(address.unwrap_or(ContainerError::Unbaked { picture: "PNG" }));
        }
        if let Some(text) = chunk.credential(&mut room)? {
            n_texts += 1;
            if !is_address(&text) {
                return Ok(text);
            }
            address = Some(ContainerError::HostedUrl);
        }
        rest = after;
    }
    Err(ContainerError::HostedUrl)
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

    /// The text of the chunk, if it stands under one of the keywords; `room` is how much may still be unpacked.
    fn credential(&self, room: &mut u64) -> Result<Option<Vec<u8>>, ContainerError> {
        if !matches!(&self.kind, b"iTXt" | b"tEXt" | b"zTXt") {
            return Ok(None);
        }
        let Some([keyword, rest]) = split_at_nul(self.data) else { return Ok(None) };
        if !KEYWORDS.contains(&keyword) {
            return Ok(None);
        }
        self.check_crc()?;
        match &self.kind {
            b"iTXt" => international(rest, room),
            b"zTXt" => compressed(rest, room),
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
fn international(rest: &[u8], room: &mut u64) -> Result<Vec<u8>, ContainerError> {
    let layout = || {
        let (flag, rest) = rest.split_first()?;
        let (method, rest) = rest.split_first()?;
        let [_language, rest] = split_at_nul(rest)?;
        let [_keyword, text] = split_at_nul(rest)?;
        Some((*flag, *method, text))
    };
    match layout() {
        Some((0, _, text)) => Ok(text.to_vec()),
        Some((1, 0, text)) => inflated(text, room),
        _ => Err(broken("its credential is not laid out as a text")),
    }
}

/// [`zTXt`](https://www.w3.org/TR/png-3/#11zTXt): how it is compressed, text.
fn compressed(rest: &[u8], room: &mut u64) -> Result<Vec<u8>, ContainerError> {
    match rest.split_first() {
        Some((0, text)) => inflated(text, room),
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

fn inflated(packed: &[u8], room: &mut u64) -> Result<Vec<u8>, ContainerError> {
    let mut text = Vec::new();
    let read = ZlibDecoder::new(packed).take(*room + 1).read_to_end(&mut text);
    match read.map(|length| u64::try_from(length).ok().and_then(|length| room.checked_sub(length)))
    {
        Ok(Some(left)) => {
            *room = left;
            Ok(text)
        }
        Ok(None) => Err(ContainerError::TooLarge { limit: Limit::Baked }),
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;
    use crate::ler::container::mint::{chunk, picture, text_chunk};

    #[track_caller]
    fn check(chunks: &[Vec<u8>], expected: &[u8]) {
        assert_eq!(baked(&picture(chunks)).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn check_refused(picture: &[u8], expected: ContainerError) {
        assert_eq!(baked(picture), Err(expected));
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_text_under_each_keyword_is_found() {
        for keyword in ["openbadgecredential", "clrcredential", "openbadges"] {
            check(&[text_chunk(keyword, b"{}")], b"{}");
            let described = [keyword.as_bytes(), b"\0\0\0en\0Ausweis\0{}"].concat();
            check(&[chunk(*b"iTXt", &described)], b"{}");
            let compressed = [keyword.as_bytes(), b"\0\x01\0\0\0", &packed(b"{}")].concat();
            check(&[chunk(*b"iTXt", &compressed)], b"{}");
            let compressed = [keyword.as_bytes(), b"\0\0", &packed(b"{}")].concat();
            check(&[chunk(*b"zTXt", &compressed)], b"{}");
            check(&[chunk(*b"tEXt", &[keyword.as_bytes(), b"\0{}"].concat())], b"{}");
        }
        check(&[chunk(*b"tEXt", b"openbadges\0\"\xe9\"")], "\"é\"".as_bytes());
        check(&[chunk(*b"tEXt", "openbadges\0\"é\"".as_bytes())], "\"é\"".as_bytes());
    }

    #[test]
    fn the_first_credential_wins_and_other_chunks_do_not_matter() {
        let other = [text_chunk("Comment", b"x"), chunk(*b"acTL", b""), chunk(*b"tEXt", b"no nul")];
        let credentials = [text_chunk("openbadges", b"1"), text_chunk("openbadgecredential", b"2")];
        check(&[&other[..], &credentials].concat(), b"1");
        let address = chunk(*b"tEXt", b"openbadges\0https://issuer.example/1");
        check(&[address.clone(), text_chunk("openbadgecredential", b"2")], b"2");
        check_refused(&picture(&[address]), ContainerError::HostedUrl);
        check_refused(&picture(&other), ContainerError::Unbaked { picture: "PNG" });
        let behind = [picture(&[]), text_chunk("openbadges", b"1")].concat();
        check_refused(&behind, ContainerError::Unbaked { picture: "PNG" });
    }

    #[test]
    fn a_damaged_picture_is_broken() {
        let whole = picture(&[text_chunk("openbadges", b"{}")]);
        let end = broken("it ends in the middle");
        // The signature, the header and the chunk with the credential, which wins before the end is reached.
        let needed = SIGNATURE.len() + 25 + 29;
        for length in SIGNATURE.len()..whole.len() {
            let cut = &whole[..length];
            let expected = if length < needed { Err(end) } else { Ok(b"{}".to_vec()) };
            assert_eq!(baked(cut), expected, "{length}");
        }
        let mut wrong = text_chunk("openbadges", b"{}");
        *wrong.last_mut().unwrap() ^= 1;
        check_refused(&picture(&[wrong]), broken("the checksum of its credential is wrong"));
        for length in [u32::MAX, 0x8000_0000, 0x7fff_ffff, 14] {
            let lying = [SIGNATURE, &length.to_be_bytes(), b"IHDR\0\0\0\0\0"].concat();
            check_refused(&lying, end);
        }
    }

    #[test]
    fn a_credential_that_is_no_text_is_broken() {
        let layout = broken("its credential is not laid out as a text");
        for data in ["", "\0", "\0\0", "\0\0en", "\0\0en\0", "\x02\0\0\0{}", "\x01\x01\0\0{}"] {
            let data = ["openbadges\0", data].concat();
            check_refused(&picture(&[chunk(*b"iTXt", data.as_bytes())]), layout);
        }
        for data in [&b"openbadges\0"[..], b"openbadges\0\x01"] {
            check_refused(&picture(&[chunk(*b"zTXt", data)]), layout);
        }
        let unpacked = broken("its credential cannot be unpacked");
        check_refused(&picture(&[chunk(*b"zTXt", b"openbadges\0\0canary")]), unpacked);
    }

    #[test]
    fn only_so_many_texts_are_looked_at_and_only_so_much_of_them_is_unpacked() {
        let address = |length: usize| {
            let text = format!("https://issuer.example/{}", "a".repeat(length));
            chunk(*b"zTXt", &[b"openbadges\0\0", &packed(text.as_bytes())[..]].concat())
        };
        let badge = text_chunk("openbadges", b"{}");
        check(&[vec![address(9); MOST_TEXTS - 1], vec![badge.clone()]].concat(), b"{}");
        let behind = [vec![address(9); MOST_TEXTS], vec![badge.clone()]].concat();
        check_refused(&picture(&behind), ContainerError::HostedUrl);
        let too_large = ContainerError::TooLarge { limit: Limit::Baked };
        let long = [vec![address(1_200_000); 2], vec![badge]].concat();
        check_refused(&picture(&long), too_large);
    }

    #[test]
    fn what_unpacks_to_more_than_a_credential_is_too_large() {
        let too_large = ContainerError::TooLarge { limit: Limit::Baked };
        let longest = vec![b' '; 2 * 1024 * 1024];
        check(&[chunk(*b"zTXt", &[b"openbadges\0\0", &packed(&longest)[..]].concat())], &longest);
        let bomb = packed(&vec![b' '; 2 * 1024 * 1024 + 1]);
        let chunks = [chunk(*b"zTXt", &[b"openbadges\0\0", &bomb[..]].concat())];
        check_refused(&picture(&chunks), too_large);
        let chunks = [chunk(*b"iTXt", &[b"openbadges\0\x01\0\0\0", &bomb[..]].concat())];
        check_refused(&picture(&chunks), too_large);
    }
}
