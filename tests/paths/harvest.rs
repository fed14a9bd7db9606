//! Harvests of servers that behave in every way that real ones were seen to: what is kept is what a clean server gives, or the
//! reason why not is said.

mod addresses;
mod changes;
mod doors;
mod gone;
mod kills;
mod life;
mod lists;
mod manners;
mod packages;
mod refusals;
mod registry;
mod registry_changes;
mod registry_quirks;
mod scale;
mod sources;
mod trades;
