//! A web server in the process of the test, on a free port: it answers as its site says, remembers what it was asked, and has
//! bad days when it is told to.

pub(crate) mod bad_day;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod log;
pub(crate) mod robots;
mod running;
pub(crate) mod site;
pub(crate) mod trap;
pub(crate) mod wire;

pub(crate) use crate::support::fake_server::running::FakeServer;
