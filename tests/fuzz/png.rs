//! PNG pictures: whole ones, and chunks whose checksums are right.

use ontology::ler::extract;

use super::baking::{SIGNATURE, picture};

pub(super) fn body(bytes: &[u8]) {
    drop(extract(bytes));
    drop(extract(&[SIGNATURE, bytes].concat()));
    for kind in [*b"iTXt", *b"zTXt", *b"tEXt", *b"IHDR"] {
        drop(extract(&picture(kind, bytes)));
        drop(extract(&picture(kind, &[b"openbadgecredential\0", bytes].concat())));
    }
}
