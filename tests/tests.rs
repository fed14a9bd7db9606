//! Whole paths through the program: one binary, a module per theme.
#![cfg(test)]

mod conformance;
mod crash;
mod paths;
mod support;
mod tidy;
