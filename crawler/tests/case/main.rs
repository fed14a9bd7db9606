//! Harvests of CASE servers, each with a quirk that a real one has.
#![cfg(test)]

mod gone;
mod list;
mod mirror;
mod package;
mod receiver;
mod server;
