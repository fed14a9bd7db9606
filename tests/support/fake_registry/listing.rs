//! Pages of rows, and what their headers say.

use crate::support::fake_registry::envelope::Row;
use crate::support::fake_registry::quirks::{RegistryQuirks, RegistryTotal};
use crate::support::fake_server::site::{Asked, Said};

/// How many rows a page has that was asked for without `per_page`.
const PER_PAGE: usize = 10;

/// Whether a row of this standing is shown to a request that says `provisional` so, or says nothing.
pub(crate) fn shows(asked: &Asked, default: &str, is_provisional: bool) -> bool {
    match asked.parameter("provisional").unwrap_or(default) {
        "include" => true,
        "only" => is_provisional,
        _ => !is_provisional,
    }
}

/// A page of envelopes.
pub(crate) fn envelopes<'a>(
    rows: impl Iterator<Item = &'a Row>,
    quirks: &RegistryQuirks,
    asked: &Asked,
) -> Said {
    let is_metadata_only = asked.parameter("metadata_only") == Some("true");
    let is_shown = |row: &&Row| shows(asked, "exclude", row.published.is_provisional);
    let rows: Vec<&Row> = rows.filter(is_shown).collect();
    page(&rows, |row| row.shown(is_metadata_only), quirks, asked)
}

/// A page of anything, newest first as it is given.
pub(crate) fn page<T>(
    rows: &[T],
    show: impl Fn(&T) -> String,
    quirks: &RegistryQuirks,
    asked: &Asked,
) -> Said {
    let page = asked.number("page").unwrap_or(1).max(1);
    let per_page = asked.number("per_page").unwrap_or(PER_PAGE).clamp(1, quirks.caps_per_page);
    let chosen = rows.iter().skip((page - 1) * per_page).take(per_page);
    let texts: Vec<String> = chosen.map(show).collect();
    let body = format!("[{}]", texts.join(","));
    let mut said = Said::of(200, "application/json", body);
    said = match quirks.total {
        RegistryTotal::Missing => said,
        RegistryTotal::Total => said.with("total", rows.len().to_string()),
        RegistryTotal::XTotal => said.with("x-total", rows.len().to_string()),
        RegistryTotal::Over(more) => said.with("x-total", (rows.len() + more).to_string()),
        RegistryTotal::Under(fewer) => {
            said.with("x-total", rows.len().saturating_sub(fewer).to_string())
        }
    };
    let is_last = page * per_page >= rows.len();
    if quirks.has_link && !is_last {
        let next = format!("{}{}?page={}&per_page={per_page}", asked.base(), asked.path, page + 1);
        said = said.with("link", format!("<{next}>; rel=\"next\""));
    }
    said.with("per-page", per_page.to_string())
}
