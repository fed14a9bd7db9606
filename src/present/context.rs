//! A resource with everything around it, as a person reads it.

use std::io::{self, Write};

use index::card::Card;
use index::context::{Context, Crossing, Listing};
use index::standing::State;
use ontology::{Resource, plain};

use crate::present::block::{cut, line, number, optional_line, styled_line, width};
use crate::present::style::{HEADING, WARNING, painted};

/// The most lines of one list that are shown; `--json` gives all.
const MAX_SHOWN: usize = 12;

/// Prints the context of a resource.
pub(crate) fn print_context(context: &Context) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let card = &context.chosen.card;
    let code = card.resource.code().map(|code| format!("{code}  ")).unwrap_or_default();
    writeln!(out, "{}", painted(HEADING, &cut(&format!("{code}{}", card.label()), width())))?;
    line(&mut out, "what", card.resource.kind().label())?;
    write_texts(&mut out, &card.resource)?;
    write_place(&mut out, card)?;
    write_standing(&mut out, context)?;
    write_details(&mut out, &card.resource)?;
    write_origin(&mut out, context)?;
    write_listing(&mut out, "Children", &context.children, card)?;
    write_listing(&mut out, "Siblings", &context.siblings, card)?;
    write_crossings(&mut out, "Crosswalk", &context.crosswalk)?;
    for (reads, crossings) in &context.links {
        write_crossings(&mut out, reads, crossings)?;
    }
    writeln!(out)
}

fn write_texts(out: &mut dyn Write, resource: &Resource) -> io::Result<()> {
    for (tag, text) in resource.text().iter() {
        let tag = tag.map_or_else(|| "text".to_owned(), |tag| format!("text ({tag})"));
        line(out, &tag, &plain(text))?;
    }
    Ok(())
}

fn write_place(out: &mut dyn Write, card: &Card) -> io::Result<()> {
    if !card.path.is_empty() {
        let steps: Vec<String> = card.path.iter().map(|step| cut(&step.label, 60)).collect();
        line(out, "under", &steps.join(" › "))?;
    }
    if let Some(framework) = &card.framework {
        if card.as_framework().is_none() {
            optional_line(out, "framework", framework.title.as_deref())?;
        }
        optional_line(out, "publisher", framework.publisher.as_deref())?;
        optional_line(out, "creator", framework.creator.as_deref())?;
        optional_line(out, "official", framework.official_source_url.as_deref())?;
        optional_line(out, "adoption", framework.adoption_status.as_deref())?;
    }
    let license = card.license.as_ref();
    optional_line(
        out,
        "licence",
        license.and_then(|license| license.title.as_deref().or(license.uri.as_deref())),
    )
}

fn write_standing(out: &mut dyn Write, context: &Context) -> io::Result<()> {
    let standing = &context.standing;
    let text = match standing.reasons.as_slice() {
        [] => standing.state.as_str().to_owned(),
        reasons => format!("{}: {}", standing.state.as_str(), reasons.join("; ")),
    };
    if standing.state == State::Current {
        line(out, "status", &text)?;
    } else {
        styled_line(out, "status", &text, WARNING)?;
    }
    for step in &standing.successors {
        let code = step.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        line(out, "now", &format!("{code}{}", cut(&step.label, 160)))?;
    }
    Ok(())
}

fn write_details(out: &mut dyn Write, resource: &Resource) -> io::Result<()> {
    match resource {
        Resource::Competency(item) => {
            optional_line(out, "type", item.item_type.as_deref())?;
            optional_line(out, "levels", Some(&item.education_levels.join(", ")))?;
            optional_line(out, "subjects", Some(&item.subjects.join(", ")))?;
            optional_line(out, "keywords", Some(&item.keywords.join(", ")))?;
            optional_line(out, "notes", item.notes.first().map(plain).as_deref())?;
            optional_line(
                out,
                "in force",
                dates(item.status_start.as_deref(), item.status_end.as_deref()).as_deref(),
            )
        }
        Resource::Framework(framework) => {
            optional_line(out, "version", framework.version.as_deref())?;
            optional_line(out, "subjects", Some(&framework.subjects.join(", ")))?;
            optional_line(out, "language", framework.language.as_deref())?;
            let dates = dates(framework.status_start.as_deref(), framework.status_end.as_deref());
            optional_line(out, "in force", dates.as_deref())
        }
        Resource::RubricCriterion(criterion) => {
            optional_line(
                out,
                "weight",
                criterion.weight.map(|weight| weight.to_string()).as_deref(),
            )?;
            optional_line(
                out,
                "judges",
                criterion.item.as_ref().and_then(ontology::Target::iri).as_deref(),
            )
        }
        Resource::RubricCriterionLevel(level) => {
            optional_line(out, "score", level.score.map(|score| score.to_string()).as_deref())?;
            optional_line(out, "feedback", level.feedback.first().map(plain).as_deref())
        }
        Resource::Definition(definition) => {
            optional_line(out, "licence text", definition.license_text.as_deref())
        }
        _ => Ok(()),
    }
}

fn dates(start: Option<&str>, end: Option<&str>) -> Option<String> {
    match (start, end) {
        (None, None) => None,
        (start, end) => Some(format!("{} to {}", start.unwrap_or("…"), end.unwrap_or("…"))),
    }
}

fn write_origin(out: &mut dyn Write, context: &Context) -> io::Result<()> {
    let card = &context.chosen.card;
    line(out, "id", &card.resource.identity().subject)?;
    optional_line(out, "uri", card.resource.identity().uri.as_deref())?;
    line(out, "from", &format!("{} in {}", card.origin.record, card.origin.source))?;
    line(out, "retrieved", &card.origin.fetched_at)?;
    for copy in &context.chosen.copies {
        let fields: Vec<&str> = copy.differs.keys().copied().collect();
        let differs = if fields.is_empty() {
            "the same".to_owned()
        } else {
            format!("differs in {}", fields.join(", "))
        };
        line(out, "copy", &format!("{} in {}, {differs}", copy.origin.record, copy.origin.source))?;
    }
    Ok(())
}

fn write_listing(
    out: &mut dyn Write,
    title: &str,
    listing: &Listing,
    own: &Card,
) -> io::Result<()> {
    if listing.n == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{} ({})",
        painted(HEADING, title),
        number(u64::try_from(listing.n).unwrap_or(u64::MAX))
    )?;
    for item in listing.items.iter().take(MAX_SHOWN) {
        let mark = if item.key == *own.key() { "▸" } else { " " };
        let code = item.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        writeln!(
            out,
            " {mark} {}",
            cut(&format!("{code}{}", item.label), width().saturating_sub(4))
        )?;
    }
    let more = listing.n.saturating_sub(MAX_SHOWN);
    if more > 0 {
        writeln!(out, "   and {more} more")?;
    }
    Ok(())
}

fn write_crossings(out: &mut dyn Write, title: &str, crossings: &[Crossing]) -> io::Result<()> {
    if crossings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{} ({})", painted(HEADING, title), crossings.len())?;
    for crossing in crossings.iter().take(MAX_SHOWN) {
        let way: Vec<&str> = crossing.hops.iter().map(|hop| hop.reads.as_str()).collect();
        let end = match (&crossing.reached, crossing.end()) {
            (Some(held), _) => {
                let code = held.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
                let framework = held
                    .framework
                    .as_deref()
                    .map(|title| format!(" ({title})"))
                    .unwrap_or_default();
                format!("{code}{}{framework}", cut(&held.label, 100))
            }
            (None, Some(target)) => {
                let name = target.uri.clone().or_else(|| target.iri()).unwrap_or_default();
                format!("{} (not held here)", cut(&name, 100))
            }
            (None, None) => String::new(),
        };
        line(out, "", &format!("{} → {end}", way.join(" → ")))?;
        let stated = crossing
            .hops
            .last()
            .map(|hop| format!("stated by {}", hop.origin.record))
            .unwrap_or_default();
        line(out, "", &stated)?;
    }
    let more = crossings.len().saturating_sub(MAX_SHOWN);
    if more > 0 {
        writeln!(out, "   and {more} more")?;
    }
    Ok(())
}
