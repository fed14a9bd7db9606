//! Tries again.

use crate::client::error::FetchError;
use crate::client::failure::{Again, Failure};
use crate::client::wire::Wire;
use crate::host::unless_stopped;
use crate::retry::backoff;

/// Counts the attempts at one thing.
#[derive(Debug, Default)]
pub(super) struct Tries {
    n_failures: u32,
}

impl Tries {
    /// Waits until the time for another attempt has come.
    ///
    /// # Errors
    /// Where there is none, with why the last one came to nothing.
    pub(super) async fn again(&mut self, wire: &Wire, failure: Failure) -> Result<(), FetchError> {
        let retry = &wire.access().retry;
        self.n_failures += 1;
        if failure.again == Again::Never || self.n_failures >= retry.attempts {
            return Err(failure.error);
        }
        tracing::debug!(error = %failure.error, n_failures = self.n_failures, "trying again");
        if failure.again == Again::AfterBackoff {
            let wait = tokio::time::sleep(backoff(retry, self.n_failures));
            unless_stopped(wire.stop(), wait)
                .await
                .map_err(Failure::from)
                .map_err(|failure| failure.error)?;
        }
        Ok(())
    }
}
