//! Which failures end a run, and which concern one address.

use crate::client::FetchError;

/// Whether nothing else need be asked after this.
pub(super) fn ends_run(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::Store(_)
            | FetchError::Stopped
            | FetchError::Budget { .. }
            | FetchError::Resting { .. }
            | FetchError::NoToken { .. }
    )
}

/// Whether the server does not want to be seen without other credentials.
pub(super) fn is_secured(status: u16) -> bool {
    matches!(status, 401 | 403)
}

/// Whether the server says that there is nothing.
pub(super) fn is_absent(status: u16) -> bool {
    matches!(status, 404 | 410)
}
