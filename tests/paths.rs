//! Whole paths through the command line.

mod archives;
mod brake;
mod changesets;
mod configuration;
mod copies;
mod credentials;
mod crosswalk;
mod ctdl;
mod demo;
mod doors;
mod exits;
mod harvest;
mod history;
mod identifiers;
mod parts;
mod people;
mod purge;
mod readers;
mod registry_files;
mod repetition;
mod serve;
mod sources;
mod sparql;
mod views;
mod workers;
