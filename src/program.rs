//! This very program, where it starts itself once more: as the worker of a query, as the writer of a service.

use std::io;
use std::path::{Path, PathBuf};

/// What the kernel of Linux calls the file that runs, whatever has become of its name.
const SELF: &str = "/proc/self/exe";

/// The path by which this program is started again.
///
/// An upgrade puts another file under its name. What runs goes on with its like, which reads and writes what it does; the name that the
/// system remembers of it leads nowhere then.
///
/// # Errors
/// The system does not know where the program is.
pub(crate) fn this_program() -> io::Result<PathBuf> {
    let own = Path::new(SELF);
    if own.exists() { Ok(own.to_owned()) } else { std::env::current_exe() }
}
