//! An answer that is an array: its elements, handed over while they come in.

use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use crate::client::{FetchError, Halt, Head, Reply, Request, Taker};
use crate::session::Session;
use crate::source::files::FileLimits;
use crate::source::files::element::{Element, Elements, NoArray};

/// The longest element; frameworks of tens of thousands of competencies stay below.
pub(super) const ELEMENT_BYTES: usize = 128 << 20;

/// The longest answer: two hundred envelopes, some of them large frameworks.
const ANSWER_BYTES: u64 = 4 << 30;

/// What came of asking for an array.
#[derive(Debug)]
pub(super) enum Answer {
    /// It came, whole.
    Rows(Rows),
    /// Something else came.
    Refused(Refusal),
}

/// An array that came.
#[derive(Debug)]
pub(super) struct Rows {
    pub head: Head,
    /// How many elements it has.
    pub count: u64,
    /// Tells it from other arrays.
    pub digest: u64,
}

/// What came in the place of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub url: String,
    pub status: u16,
    pub words: String,
}

impl Refusal {
    /// Whether other credentials might help.
    pub(super) fn is_secured(&self) -> bool {
        matches!(self.status, 401 | 403)
    }

    /// Whether the server says that there is no such thing.
    pub(super) fn is_absence(&self) -> bool {
        matches!(self.status, 404 | 410)
    }

    /// The error that it is where an array was there a moment ago.
    pub(super) fn into_error(self) -> FetchError {
        FetchError::Unusable { reason: self.to_string(), url: self.url }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.words.trim();
        let colon = if words.is_empty() { "" } else { ": " };
        write!(f, "it answers {}{colon}{words}", self.status)
    }
}

/// Asks for an array and hands each element over as soon as it is whole.
///
/// An answer that is cut off is asked for again, and its first elements are handed over again.
pub(super) async fn ask(
    session: &Session,
    request: Request,
    on: impl FnMut(&Head, Element<'_>) -> Result<(), Halt> + Send,
) -> Result<Answer, FetchError> {
    let request = request.at_most(ANSWER_BYTES);
    let mut taker = Cutter { on, head: None, elements: elements(), count: 0, hasher: hasher() };
    let reply = session.client().fetch(&request, &mut taker).await?;
    let refused = |status, words| Refusal { url: request.url.to_string(), status, words };
    let head = match reply {
        Reply::Whole(head) => head,
        Reply::Refusal(head, words) => return Ok(Answer::Refused(refused(head.status, words))),
        Reply::NotModified(head) => {
            return Ok(Answer::Refused(refused(head.status, String::new())));
        }
    };
    match taker.elements.finish() {
        Ok(()) => {
            Ok(Answer::Rows(Rows { head, count: taker.count, digest: taker.hasher.finish() }))
        }
        Err(fault @ NoArray::Other) => Ok(Answer::Refused(refused(head.status, fault.to_string()))),
        Err(NoArray::Syntax(syntax)) => {
            Err(FetchError::Unusable { url: request.url.to_string(), reason: syntax.to_string() })
        }
    }
}

/// Cuts the array while it comes in.
struct Cutter<F> {
    on: F,
    head: Option<Head>,
    elements: Elements,
    count: u64,
    hasher: DefaultHasher,
}

impl<F: FnMut(&Head, Element<'_>) -> Result<(), Halt> + Send> Taker for Cutter<F> {
    fn begin(&mut self, head: &Head) -> Result<(), Halt> {
        self.head = Some(head.clone());
        (self.elements, self.count, self.hasher) = (elements(), 0, hasher());
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        let Self { on, head: Some(head), elements, count, hasher } = self else {
            return Err(Halt::Enough);
        };
        elements.feed(bytes, &mut |element| {
            *count += 1;
            if let Element::Whole(text) = element {
                hasher.write(text);
            }
            on(head, element)
        })?;
        match elements.fault() {
            None => Ok(()),
            Some(NoArray::Other) => Err(Halt::Enough),
            Some(NoArray::Syntax(syntax)) => Err(Halt::Unusable(syntax.to_string())),
        }
    }
}

fn elements() -> Elements {
    Elements::new(ELEMENT_BYTES, FileLimits::default().depth)
}

fn hasher() -> DefaultHasher {
    DefaultHasher::new()
}
