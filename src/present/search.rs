//! The hits of a search, as a person reads them.

use std::io::{self, Write};

use index::card::Card;
use index::search::{
    Correction, Counted, Explanation, Facet, Highlight, Hit, MAX_OFFSET, SearchQuery, SearchResults,
};
use ontology::plain;

use crate::harmless::harmless;
use crate::present::block::{cut, line, number, width};
use crate::present::marked::marked;
use crate::present::style::{DIM, HEADING, WARNING, painted};

/// The most texts of a hit in which words are shown, its name aside.
const MAX_TEXTS: usize = 2;

/// Prints the hits, and what a reader should know besides.
pub(crate) fn print_results(query: &SearchQuery, results: &SearchResults) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} found", count(results.total))?;
    results.corrections.iter().try_for_each(|correction| write_correction(&mut out, correction))?;
    for hit in &results.hits {
        write_hit(&mut out, hit)?;
    }
    for (facet, values) in &results.facets {
        write_facet(&mut out, *facet, values)?;
    }
    write_next(&mut out, query, results)
}

fn count(n: usize) -> String {
    number(u64::try_from(n).unwrap_or(u64::MAX))
}

fn write_correction(out: &mut dyn Write, correction: &Correction) -> io::Result<()> {
    let instead: Vec<String> =
        correction.instead.iter().map(|word| format!("`{}`", harmless(word))).collect();
    let said =
        format!("nothing has `{}`; looked for {}", harmless(&correction.word), instead.join(", "));
    writeln!(out, "{}", painted(WARNING, &cut(&said, width())))
}

fn write_hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let card = &hit.card;
    let label = card.label();
    let name = hit.highlights.iter().find(|highlight| highlight.text == label);
    writeln!(out, "\n{}", heading(card, name))?;
    writeln!(out, "  {}", cut(&surroundings(hit), width().saturating_sub(2)))?;
    let others = hit.highlights.iter().filter(|highlight| highlight.text != label);
    for highlight in others.take(MAX_TEXTS) {
        let text = marked(&highlight.text, &highlight.spans, width().saturating_sub(2), HEADING);
        writeln!(out, "  {text}")?;
    }
    for twin in &hit.twins {
        writeln!(out, "  also {}", harmless(twin.as_str()))?;
    }
    if let Some(explanation) = &hit.explanation {
        write_explanation(out, hit.score, explanation)?;
    }
    writeln!(out, "  {}", painted(DIM, &card.resource.identity().subject))
}

/// The code and the name. Where words of it were met they stand out, else all of it does.
pub(super) fn heading(card: &Card, met: Option<&Highlight>) -> String {
    let code = card.resource.code().map(|code| format!("{code}  ")).unwrap_or_default();
    match met {
        None => painted(HEADING, &cut(&format!("{code}{}", card.label()), width())),
        Some(met) => {
            let code = cut(&code, width() / 2);
            let room = width().saturating_sub(textwrap::core::display_width(&code));
            format!("{code}{}", marked(&met.text, &met.spans, room, HEADING))
        }
    }
}

/// What a resource is and where it belongs.
pub(super) fn place(card: &Card) -> String {
    let framework = card.framework.as_ref().and_then(|framework| framework.title.as_deref());
    let framework = framework.map(plain).filter(|_| card.as_framework().is_none());
    let within = framework.map(|title| format!(" in {title}")).unwrap_or_default();
    format!("{}{within}", card.resource.kind().label())
}

fn surroundings(hit: &Hit) -> String {
    let copies = if hit.copies > 1 { format!(", {} copies", hit.copies) } else { String::new() };
    let withdrawn = if hit.card.withdrawn { ", withdrawn" } else { "" };
    format!("{}{copies}{withdrawn}", place(&hit.card))
}

fn write_explanation(out: &mut dyn Write, score: f32, explanation: &Explanation) -> io::Result<()> {
    line(out, "because", &format!("{} ({})", explanation.reason, explanation.tier))?;
    for part in &explanation.parts {
        let met = if part.met == part.word { String::new() } else { format!(" as {}", part.met) };
        let said =
            format!("{:.2}  {}{met} in {} ({})", part.score, part.word, part.field, part.how);
        line(out, "", &said)?;
    }
    if explanation.parts.is_empty() { Ok(()) } else { line(out, "score", &format!("{score:.2}")) }
}

fn write_facet(out: &mut dyn Write, facet: Facet, values: &[Counted]) -> io::Result<()> {
    writeln!(out, "\n{}", painted(HEADING, facet.as_str()))?;
    for counted in values {
        let value = match &counted.label {
            Some(label) => format!("{}  {}", plain(label), counted.value),
            None => counted.value.clone(),
        };
        writeln!(
            out,
            "  {:>9}  {}",
            count(counted.count),
            cut(&value, width().saturating_sub(13))
        )?;
    }
    Ok(())
}

/// Says how to go on: by an offset as long as that reaches, else by a cursor, which reaches everything.
fn write_next(out: &mut dyn Write, query: &SearchQuery, results: &SearchResults) -> io::Result<()> {
    let Some(cursor) = results.next.as_deref() else { return Ok(()) };
    let offset = query.offset + results.hits.len();
    let how = if query.cursor.is_none() && offset <= MAX_OFFSET {
        format!("--offset {offset}")
    } else {
        format!("--cursor {}", harmless(cursor))
    };
    writeln!(out, "\n{}", painted(DIM, &format!("go on with {how}")))
}
