//! Hands the body of an answer to whoever keeps it, as it comes in.

use std::sync::Arc;

use crate::client::{Halt, Head, Taker};
use crate::receiver::{Body, Receiver};

/// Streams a body to whoever keeps it.
pub(crate) struct BodyTaker {
    receiver: Arc<dyn Receiver>,
    body: Option<Box<dyn Body>>,
}

impl BodyTaker {
    /// Hands the body to a receiver as soon as it begins.
    pub(crate) fn of(receiver: Arc<dyn Receiver>) -> Self {
        Self { receiver, body: None }
    }

    /// What came; nothing where no body did.
    pub(crate) fn into_body(self) -> Option<Box<dyn Body>> {
        self.body
    }
}

impl Taker for BodyTaker {
    fn begin(&mut self, _: &Head) -> Result<(), Halt> {
        self.body = Some(self.receiver.open()?);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        let Some(body) = &mut self.body else { return Err(Halt::Enough) };
        // Why a write is refused, the body says when it is kept.
        body.write_all(bytes).ok().ok_or(Halt::Enough)
    }
}
