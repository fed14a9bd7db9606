//! Pictures with a credential baked into them. Nobody looks at their points.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::support::carried::MARK;

/// How a PNG begins.
pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A chunk of a PNG.
pub(crate) struct Chunk {
    pub kind: [u8; 4],
    pub data: Vec<u8>,
}

impl Chunk {
    /// An `iTXt` chunk.
    pub(crate) fn plain(keyword: &str, text: &str) -> Self {
        let data = [keyword.as_bytes(), &[0, 0, 0, 0, 0], text.as_bytes()].concat();
        Self { kind: *b"iTXt", data }
    }

    /// An `iTXt` chunk whose text is compressed.
    pub(crate) fn squeezed(keyword: &str, text: &str) -> Self {
        let data = [keyword.as_bytes(), &[0, 1, 0, 0, 0], &deflated(text.as_bytes())].concat();
        Self { kind: *b"iTXt", data }
    }

    /// A `tEXt` chunk.
    pub(crate) fn legacy(keyword: &str, text: &str) -> Self {
        Self { kind: *b"tEXt", data: [keyword.as_bytes(), &[0], text.as_bytes()].concat() }
    }

    /// The chunk as it stands in a file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut crc = Crc::new();
        crc.update(&self.kind);
        crc.update(&self.data);
        let len = u32::try_from(self.data.len()).unwrap();
        [&len.to_be_bytes(), self.kind.as_slice(), &self.data, &crc.sum().to_be_bytes()].concat()
    }
}

/// Bytes as `zlib` squeezes them.
pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A picture of one point with these chunks before its points.
pub(crate) fn png(chunks: &[Chunk]) -> Vec<u8> {
    let header = Chunk { kind: *b"IHDR", data: vec![0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0] };
    let points = Chunk { kind: *b"IDAT", data: deflated(&[0, 0]) };
    let end = Chunk { kind: *b"IEND", data: Vec::new() };
    let author = Chunk::legacy("Author", MARK);
    let all = [&header, &author].into_iter().chain(chunks).chain([&points, &end]);
    SIGNATURE.iter().copied().chain(all.flat_map(Chunk::bytes)).collect()
}

/// A picture with a token, or an address, in an attribute.
pub(crate) fn svg_verify(namespace: &str, element: &str, verify: &str) -> Vec<u8> {
    svg(namespace, &format!(r#"<openbadges:{element} verify="{verify}"/>"#))
}

/// A picture with JSON in its body.
pub(crate) fn svg_body(namespace: &str, element: &str, body: &str) -> Vec<u8> {
    svg(namespace, &format!("<openbadges:{element}><![CDATA[ {body} ]]></openbadges:{element}>"))
}

fn svg(namespace: &str, inside: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"{namespace}\" \
         width=\"9\" height=\"9\"><!-- {MARK} --><desc>{MARK}</desc><circle r=\"4\"/>{inside}</svg>"
    )
    .into_bytes()
}
