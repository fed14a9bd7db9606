//! The module and the page in a real browser.

mod around;
mod chromium;
mod differential;
mod documents;
mod frameworks;
mod hostile;
mod journeys;
mod module;
mod operators;
mod page;
mod picker;
mod privacy;
mod recorder;
mod resource;
mod search;
mod vectors;
