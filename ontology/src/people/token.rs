//! The signed text of an old envelope: a record once more, packed into a compact
//! [JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1), looked into while it streams by.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::people::contacts::ContactFinder;

/// How much base64 is decoded at once; a multiple of four.
const PIECE: usize = 4 << 10;

/// A text in the place of a token.
#[derive(Debug, Default)]
pub(super) struct Token {
    inner: Box<ContactFinder>,
    piece: Vec<u8>,
    n_stops: usize,
    /// Written with escapes, which no token needs: what is in it cannot be told.
    is_odd: bool,
    /// Whether the next byte stands behind a backslash.
    is_escaped: bool,
}

impl Token {
    /// Reads the next byte of the text.
    pub(super) fn push(&mut self, byte: u8) {
        if std::mem::take(&mut self.is_escaped) {
            return;
        }
        match byte {
            b'\\' => (self.is_odd, self.is_escaped) = (true, true),
            b'.' | b'"' => {
                self.decode();
                self.n_stops += 1;
            }
            _ if self.n_stops == 1 => {
                self.piece.push(byte);
                if self.piece.len() == PIECE {
                    self.decode();
                }
            }
            _ => {}
        }
    }

    fn decode(&mut self) {
        // Prose in the place of a token decodes to nothing.
        if let Ok(text) = URL_SAFE_NO_PAD.decode(&self.piece) {
            self.inner.push(&text);
        }
        self.piece.clear();
    }

    /// Whether contact values are in it, as far as can be told.
    pub(super) fn tells(self) -> bool {
        // Two full stops, and the quotation mark at its end.
        let may_be_token = self.n_stops > 2;
        self.is_odd && may_be_token || self.inner.finish().is_any()
    }
}
