//! How `alidade resolve` asks in private.

use clap::Args;

/// How a server is asked that is not told which identifiers are meant.
#[derive(Debug, Args)]
pub(crate) struct Privately {
    /// Ask a server instead of the data directory, and send it nothing but the first digits of hashes.
    #[arg(long, conflicts_with = "provisional")]
    pub private: bool,

    /// The server that is asked [default: `server` of the table `[resolve]` of the configuration].
    #[arg(long, value_name = "URL", requires = "private")]
    pub server: Option<String>,

    /// Ask for so many prefixes besides that nobody wants.
    #[arg(long, value_name = "N", default_value_t = 0, requires = "private", value_parser = clap::value_parser!(u16).range(0..=1_000))]
    pub decoys: u16,

    /// Ask by the other spellings of an address, too; each of them tells the server more.
    #[arg(long, requires = "private")]
    pub all_spellings: bool,
}
