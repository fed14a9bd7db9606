//! Who takes the body of an answer, piece by piece.

use crate::client::reply::Head;
use crate::receiver::StoreError;

/// Why a taker wants no more.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// It has what it wants, or wants none of it; that is no failure.
    #[error("enough")]
    Enough,
    /// What came is not what it should be; trying again may help.
    #[error("{0}")]
    Unusable(String),
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the body of a 2xx answer while it comes in, decompressed.
pub trait Taker: Send {
    /// A body begins; where an earlier attempt had begun one, that one was cut off and is void.
    fn begin(&mut self, head: &Head) -> Result<(), Halt>;

    /// The next bytes.
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt>;
}

/// Keeps a body in memory.
#[derive(Debug, Default)]
pub struct Collected(pub Vec<u8>);

impl Taker for Collected {
    fn begin(&mut self, _: &Head) -> Result<(), Halt> {
        self.0.clear();
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}
