//! What may be connected to: no address of the machine, its network or its provider, unless the source's configuration names it.

mod policy;
mod special;

pub(crate) use crate::address::policy::{Policy, Refused, is_localhost, is_on_this_machine};
