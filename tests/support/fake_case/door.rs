//! Who is shown what.

use crate::support::fake_server::site::Said;

/// What whoever shows no good token is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Everything that is not private.
    Open,
    /// 401.
    Locked,
    /// 403, in words of the server's own.
    Forbidden,
    /// Nothing is said: the list has what is public, and a private package is answered by this status (`OpenCASE`).
    Silent(u16),
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Somebody who shows a good token.
    Known,
    Stranger,
}

impl Door {
    /// What a caller is told at the door.
    pub(crate) fn stop(self, caller: Caller) -> Option<Said> {
        if caller == Caller::Known {
            return None;
        }
        match self {
            Self::Open | Self::Silent(_) => None,
            Self::Locked => Some(
                Said::of(401, "text/plain", "401 Unauthorized").with("www-authenticate", "Bearer"),
            ),
            Self::Forbidden => {
                let words = r#"{"message":"Invalid credentials provided 1"}"#;
                Some(Said::of(403, "application/json", words))
            }
        }
    }
}
