//! The schema of a problem.

use index::context::Brief;
use index::resolve::{Attempt, Notice, Verdict};
use utoipa::ToSchema;

use crate::server::openapi::available::Available;

/// Why there is no answer, in the form of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457). Clients tell problems apart by `type`; further
/// members may come.
#[derive(ToSchema)]
#[schema(as = Problem, rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what `server::problem` writes, and is never made")]
pub(in crate::server) struct ProblemDocument {
    /// What kind of problem it is, for good: `/problems/` and its code.
    #[schema(pattern = "/problems/[a-z-]+$", examples("/problems/unknown-parameter"))]
    r#type: String,
    /// The same for people.
    title: String,
    /// The status of the answer; of one among many the status that it would have had alone.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// One sentence about this very case.
    detail: String,
    /// The request, where it has a name.
    instance: Option<String>,
    /// The parameter that is to blame.
    parameter: Option<String>,
    /// The place of the body that is to blame, as a JSON Pointer.
    pointer: Option<String>,
    /// What could have been said instead.
    known: Option<Vec<String>>,
    /// The most that there may be.
    max: Option<u64>,
    /// What made it look like a credential.
    mark: Option<String>,
    /// Every path that there is.
    routes: Option<Vec<String>>,
    /// The media types that could have been had, with their addresses where each has one.
    available: Option<Vec<Available>>,
    /// The forms that there are.
    formats: Option<Vec<String>>,
    /// The line of the query at which it is wrong, from 1.
    line: Option<u64>,
    /// The column of the query at which it is wrong, from 1.
    column: Option<u64>,
    /// After how many seconds it was stopped.
    seconds: Option<u64>,
    /// The setting by which whoever runs the service could mend it.
    setting: Option<String>,
    /// The address of a fresh start.
    first: Option<String>,
    /// The address of the list of dumps.
    dumps: Option<String>,
    /// The oldest generation that has its changes kept.
    oldest: Option<u64>,
    /// The version under which names are dealt out by now.
    version: Option<String>,
    /// How many digits a prefix has.
    prefix_digits: Option<u32>,
    /// The generation that knows no such resource, or several.
    generation: Option<u64>,
    /// The day on which that was judged.
    as_of: Option<String>,
    /// How the name of a resource was understood.
    verdict: Option<Verdict>,
    /// What was tried to find it, in order.
    tried: Option<Vec<Attempt>>,
    /// What goes by the name, where several do.
    candidates: Option<Vec<Brief>>,
    /// What a reader should know besides.
    notices: Option<Vec<Notice>>,
}
