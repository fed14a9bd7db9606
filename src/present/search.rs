//! The hits of a search, as a person reads them.

use std::io::{self, Write};

use index::search::SearchResults;
use ontology::plain;

use crate::present::block::{cut, number, width};
use crate::present::style::{DIM, HEADING, painted};

/// Prints the hits.
pub(crate) fn print_results(results: &SearchResults) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} found", number(u64::try_from(results.total).unwrap_or(u64::MAX)))?;
    for hit in &results.hits {
        let card = &hit.card;
        let code = card.resource.code().map(|code| format!("{code}  ")).unwrap_or_default();
        let title = cut(&format!("{code}{}", card.label()), width());
        writeln!(out, "\n{}", painted(HEADING, &title))?;
        let framework =
            card.framework.as_ref().and_then(|framework| framework.title.as_deref()).map(plain);
        let framework =
            framework.filter(|_| card.as_framework().is_none()).map(|title| format!(" in {title}"));
        let copies =
            if hit.copies > 1 { format!(", {} copies", hit.copies) } else { String::new() };
        let withdrawn = if card.withdrawn { ", withdrawn" } else { "" };
        let what = format!(
            "{}{}{copies}{withdrawn}",
            card.resource.kind().label(),
            framework.unwrap_or_default()
        );
        writeln!(out, "  {}", cut(&what, width().saturating_sub(2)))?;
        writeln!(out, "  {}", painted(DIM, &card.resource.identity().subject))?;
    }
    Ok(())
}
