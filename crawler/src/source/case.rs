//! A CASE server: its frameworks, each as one package ([CASE 1.1 REST binding](https://www.imsglobal.org/spec/CASE/v1p1)).
//!
//! | Concept                                              | File          |
//! |------------------------------------------------------|---------------|
//! | A run, from the list to what is gone                 | `run`, `visit` |
//! | What is wanted                                       | `scope`       |
//! | Versions of the binding, and which one a server knows | `version`, `probe` |
//! | Addresses below the server's own, and none elsewhere | `provider`    |
//! | A page of the list, its documents and its words of error | `page`, `listed`, `field`, `status_info`, `link` |
//! | The way through the pages, and what it proves        | `trail`, `walk`, `listing` |
//! | Packages: where they are, and taking them            | `candidates`, `held`, `record`, `package`, `packages` |
//! | Frameworks that are gone, and credentials that are   | `gone`, `anonymous`, `failure` |
//!
//! Nothing here decides by a stamp that a package need not be asked for, and nothing here reads a package: whoever receives it does.

mod anonymous;
mod candidates;
mod failure;
mod field;
mod gone;
mod held;
mod link;
mod listed;
mod listing;
mod package;
mod packages;
mod page;
mod probe;
mod provider;
mod record;
mod run;
mod scope;
mod status_info;
mod trail;
mod version;
mod visit;
mod walk;

pub use crate::source::case::run::harvest;
pub use crate::source::case::scope::CaseScope;
