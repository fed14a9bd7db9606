//! Whole paths through the command line.
