//! What takes a text in as it comes and hands over the documents in it.

use crate::error::FaultKind;
use crate::source::files::delivery::{Delivery, Halted};

/// Cuts one text that arrives in chunks of any size.
pub(super) trait Cutter {
    /// Whether the rest of the text needs not be read.
    fn is_done(&self) -> bool;

    /// Goes on with the next bytes of the text.
    fn feed(&mut self, chunk: &[u8], delivery: &mut Delivery<'_>) -> Result<(), Halted>;

    /// Ends the text where it really ends.
    fn finish(&mut self, delivery: &mut Delivery<'_>) -> Result<(), Halted>;

    /// Ends the text where it can be read no further.
    fn fail(&mut self, kind: FaultKind, delivery: &mut Delivery<'_>);
}
