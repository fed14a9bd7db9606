//! The bytes around an entry: length, CRC32C, JSON.

use std::io::{self, Read};

use crate::error::LedgerFault;

/// The bytes before the JSON.
pub(super) const HEADER_LEN: usize = 8;

/// The most bytes the JSON of an entry may have; a length beyond it is damage.
pub(super) const MAX_LEN: usize = 1 << 20;

/// Appends one framed entry to a buffer.
pub(super) fn encode(json: &[u8], out: &mut Vec<u8>) -> Result<(), LedgerFault> {
    let len = u32::try_from(json.len()).ok().filter(|_| is_len(json.len()));
    let len = len.ok_or(LedgerFault::Length(u64::try_from(json.len()).unwrap_or(u64::MAX)))?;
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(&crc32c::crc32c(json).to_le_bytes());
    out.extend_from_slice(json);
    Ok(())
}

/// What stands at a place in a segment.
#[derive(Debug)]
pub(super) enum Frame {
    /// An entry whose bytes are the ones that were written.
    Whole(Vec<u8>),
    /// The end of the segment.
    End,
    /// Something else.
    Damaged(LedgerFault),
}

/// Reads the next frame; only the disk's own failures are errors.
pub(super) fn read(reader: &mut impl Read) -> io::Result<Frame> {
    let mut header = Vec::with_capacity(HEADER_LEN);
    reader.by_ref().take(8).read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(Frame::End);
    }
    let Some((len, checksum)) = numbers(&header) else {
        return Ok(Frame::Damaged(LedgerFault::CutShort));
    };
    // A length of nothing has a valid checksum of nothing: a file that was grown but not written is full of them.
    let Some(wanted) = usize::try_from(len).ok().filter(|&len| is_len(len)) else {
        return Ok(Frame::Damaged(LedgerFault::Length(u64::from(len))));
    };
    let mut json = Vec::with_capacity(wanted);
    reader.by_ref().take(u64::from(len)).read_to_end(&mut json)?;
    if json.len() < wanted {
        return Ok(Frame::Damaged(LedgerFault::CutShort));
    }
    let fits = crc32c::crc32c(&json) == checksum;
    Ok(if fits { Frame::Whole(json) } else { Frame::Damaged(LedgerFault::Checksum) })
}

fn numbers(header: &[u8]) -> Option<(u32, u32)> {
    let (len, checksum) = header.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*len), u32::from_le_bytes(*checksum.first_chunk()?)))
}

fn is_len(len: usize) -> bool {
    (1..=MAX_LEN).contains(&len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frame, HEADER_LEN, MAX_LEN, encode, read};
    use crate::error::LedgerFault;

    #[test]
    fn a_frame_is_length_checksum_and_bytes() {
        let mut bytes = Vec::new();
        encode(b"123456789", &mut bytes).unwrap();
        assert_eq!(bytes, b"\x09\0\0\0\x83\x92\x06\xe3123456789");
    }

    #[test]
    fn zeros_are_no_entry() {
        assert!(matches!(
            read(&mut [0; 64].as_slice()).unwrap(),
            Frame::Damaged(LedgerFault::Length(0))
        ));
        assert!(matches!(read(&mut [].as_slice()).unwrap(), Frame::End));
        assert!(encode(b"", &mut Vec::new()).is_err());
        assert!(encode(&vec![b'x'; MAX_LEN + 1], &mut Vec::new()).is_err());
        encode(&vec![b'x'; MAX_LEN], &mut Vec::new()).unwrap();
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read(json in prop::collection::vec(any::<u8>(), 1..300), rest in any::<Vec<u8>>()) {
            let mut bytes = Vec::new();
            encode(&json, &mut bytes).unwrap();
            prop_assert_eq!(bytes.len(), json.len() + HEADER_LEN);
            bytes.extend_from_slice(&rest);
            let mut reader = bytes.as_slice();
            match read(&mut reader).unwrap() {
                Frame::Whole(read) => prop_assert_eq!(read, json),
                other => prop_assert!(false, "{other:?}"),
            }
            prop_assert_eq!(reader, rest);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in any::<Vec<u8>>()) {
            drop(read(&mut bytes.as_slice()));
        }
    }
}
