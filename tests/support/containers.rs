//! Bytes in the containers that an import opens. Nothing is squeezed: the formats allow that.

/// A [gzip](https://www.rfc-editor.org/rfc/rfc1952) file.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
    let pieces = bytes.len().div_ceil(0xFFFF).max(1);
    for (at, piece) in (1..).zip(bytes.chunks(0xFFFF)) {
        let len = u16::try_from(piece.len()).unwrap();
        out.push(u8::from(at == pieces));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(piece);
    }
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(len32(bytes).to_le_bytes());
    out
}

/// A [zstd](https://www.rfc-editor.org/rfc/rfc8878) frame of raw blocks.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 128 << 10;
    let mut out = vec![0x28, 0xB5, 0x2F, 0xFD, 0xA0];
    out.extend(len32(bytes).to_le_bytes());
    let pieces = bytes.len().div_ceil(BLOCK).max(1);
    for (at, piece) in (1..).zip(bytes.chunks(BLOCK)) {
        let header = len32(piece) << 3 | u32::from(at == pieces);
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(piece);
    }
    out
}

/// A [ZIP](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) archive.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let offset = len32(&out);
        let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        for number in [crc32(bytes), len32(bytes), len32(bytes)] {
            shared.extend(number.to_le_bytes());
        }
        shared.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        shared.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let n = u16::try_from(members.len()).unwrap().to_le_bytes();
    let (offset, len) = (len32(&out), len32(&directory));
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([n, n].concat());
    out.extend(len.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// [Base64](https://www.rfc-editor.org/rfc/rfc4648#section-5) of the URL-safe alphabet, with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for piece in bytes.chunks(3) {
        let byte = |at: usize| u32::from(piece.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sextet = usize::try_from(bits >> (18 - 6 * at) & 0x3F).unwrap();
            let is_padding = usize::try_from(at).unwrap() > piece.len();
            out.push(if is_padding { '=' } else { char::from(ALPHABET[sextet]) });
        }
    }
    out
}

fn len32(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
