//! The module and the page in a real browser.

mod chromium;
mod differential;
mod documents;
mod module;
mod page;
mod privacy;
mod recorder;
mod vectors;
