//! Answers as a person reads them: 80 columns, colours only on a terminal.

mod answer;
mod block;
mod configuration;
mod context;
mod credential;
mod export;
mod harvest;
mod import;
mod left_behind;
mod marked;
mod private;
mod progress;
mod record;
mod search;
mod similar;
mod sources;
mod status;
mod style;
mod suggest;
mod table;
mod terms;
mod verbatim;

pub(crate) use crate::present::answer::print_answer;
pub(crate) use crate::present::configuration::print_configuration;
pub(crate) use crate::present::context::{print_context, print_links};
pub(crate) use crate::present::export::print_exported;
pub(crate) use crate::present::harvest::print_harvest;
pub(crate) use crate::present::import::{Bar, print_report, print_settled};
pub(crate) use crate::present::left_behind::print_extraction;
pub(crate) use crate::present::private::print_inquiry;
pub(crate) use crate::present::progress::Bars;
pub(crate) use crate::present::search::print_results;
pub(crate) use crate::present::similar::{print_duplicates, print_reported, print_similar};
pub(crate) use crate::present::sources::print_sources;
pub(crate) use crate::present::status::{print_status, print_verification};
pub(crate) use crate::present::suggest::print_suggestions;
pub(crate) use crate::present::table::Table;
pub(crate) use crate::present::verbatim::Verbatim;

use std::io::{self, Write};

use serde::Serialize;

/// Prints a value as JSON.
pub(crate) fn print_json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(())
}

/// Prints a value as JSON on a line of its own.
pub(crate) fn print_line<T: Serialize>(value: &T) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    writeln!(io::stdout().lock(), "{text}")
}
