//! Hands documents to the sink and counts them.

use crate::error::{FaultKind, FileFault};
use crate::source::files::limits::FileLimits;
use crate::source::files::place::{Place, Position};
use crate::source::files::sink::{DocumentSink, Skip, Stop, WalkEnd, Walked};

/// The sink wants nothing more.
#[derive(Debug)]
pub(super) struct Halted;

/// One walk, as far as it has come.
pub(super) struct Delivery<'s> {
    sink: &'s mut dyn DocumentSink,
    limits: FileLimits,
    walked: Walked,
    open: Option<String>,
}

impl<'s> Delivery<'s> {
    pub(super) fn new(sink: &'s mut dyn DocumentSink, limits: FileLimits) -> Self {
        Self { sink, limits, walked: Walked::default(), open: None }
    }

    pub(super) fn limits(&self) -> FileLimits {
        self.limits
    }

    /// Ends the walk.
    pub(super) fn walked(self, outcome: &Result<(), Halted>) -> Walked {
        let end = if outcome.is_ok() { WalkEnd::Complete } else { WalkEnd::Stopped };
        Walked { end, ..self.walked }
    }

    /// Counts a file that is going to be opened.
    pub(super) fn file(&mut self) {
        self.walked.files += 1;
    }

    /// Counts a file that is passed over for its name.
    pub(super) fn other_name(&mut self, extension: String) {
        *self.walked.other_names.entry(extension).or_default() += 1;
    }

    pub(super) fn skipped(&mut self, place: &Place, why: Skip) {
        self.walked.skipped += 1;
        self.sink.skipped(place, why);
    }

    pub(super) fn faulted(&mut self, place: &Place, at: Option<Position>, kind: FaultKind) {
        self.walked.faults += 1;
        self.sink.faulted(place, FileFault { record: place.record.clone(), at, kind });
    }

    /// Whether the sink has ever taken in a record of this id.
    pub(super) fn knows(&self, place: &Place) -> bool {
        self.sink.knows(place)
    }

    pub(super) fn withdrawn(&mut self, place: &Place) {
        self.walked.withdrawn += 1;
        self.sink.withdrawn(place);
    }

    pub(super) fn progress(&mut self, bytes: u64) {
        if bytes > 0 {
            self.sink.progress(bytes);
        }
    }

    pub(super) fn begin(&mut self, place: &Place) -> Result<(), Stop> {
        self.open = Some(place.record.clone());
        self.sink.begin(place)
    }

    pub(super) fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
        self.sink.bytes(chunk)
    }

    /// Ends the open document as good.
    pub(super) fn complete(&mut self) {
        if self.open.take().is_some() {
            self.walked.documents += 1;
            self.sink.end(Ok(()));
        }
    }

    /// Ends the open document as bad.
    pub(super) fn fail(&mut self, at: Option<Position>, kind: FaultKind) {
        if let Some(record) = self.open.take() {
            self.walked.faults += 1;
            self.sink.end(Err(FileFault { record, at, kind }));
        }
    }
}
