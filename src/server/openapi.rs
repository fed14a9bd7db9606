//! The description of the interface in the words of [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html).
//!
//! Every handler describes itself beside its code, and every answer is described by the type it is written from. What several
//! share is here: parameters, bodies and refusals, the latter from the very table that they are answered by. Tests compare the description with the
//! routes, and what is served with the description.

pub(super) mod available;
pub(super) mod body;
pub(super) mod document;
pub(super) mod either;
pub(super) mod found;
pub(super) mod lines;
pub(super) mod operation;
pub(super) mod pages;
pub(super) mod parameter;
pub(super) mod problem;
pub(super) mod question;
pub(super) mod response;
