//! SVG pictures: whole ones, and the parts around and in a credential.

use ontology::ler::extract;

use super::baking::drawing;

pub(super) fn body(bytes: &[u8]) {
    drop(extract(bytes));
    drop(extract(&drawing(bytes)));
    let start = &b"<svg xmlns:o=\"http://openbadges.org\">"[..];
    drop(extract(&[start, bytes, b"</svg>"].concat()));
    drop(extract(&[start, b"<o:assertion verify='", bytes, b"'>{}</o:assertion></svg>"].concat()));
    drop(extract(&[start, b"<o:assertion>", bytes, b"</o:assertion></svg>"].concat()));
    drop(extract(&[b"<!DOCTYPE svg ", bytes, b"><svg/>"].concat()));
}
