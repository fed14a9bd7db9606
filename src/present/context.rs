//! A resource with everything around it, as a person reads it.

use std::io::{self, Write};

use index::card::Card;
use index::context::{Context, Crossing, Links, Listing, Twin};
use index::standing::State;
use ontology::{Resource, plain};

use crate::present::block::{cut, line, number, optional_line, styled_line, width};
use crate::present::record::write_record;
use crate::present::style::{HEADING, WARNING, painted};
use crate::present::terms::write_terms;

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
    let own = Some(&card.origin.record);
    write_crossings(&mut out, "Crosswalk", (context.crosswalk.len(), &context.crosswalk), own)?;
    for (reads, links) in &context.links {
        write_crossings(&mut out, reads, (links.n, &links.items), own)?;
    }
    write_twins(&mut out, &context.twins)?;
    if let Some(node) = card.node() {
        writeln!(out, "\n{}", painted(HEADING, "Record"))?;
        write_record(&mut out, node, &context.names)?;
    }
    writeln!(out)
}

fn write_texts(out: &mut dyn Write, resource: &Resource) -> io::Result<()> {
    for (tag, text) in resource.text().iter() {
        line(out, tag.unwrap_or("text"), &plain(text))?;
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
    write_terms(out, &card.origin)?;
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

/// Writes what has the same UUID in the other standard.
fn write_twins(out: &mut dyn Write, twins: &[Twin]) -> io::Result<()> {
    for twin in twins {
        writeln!(out, "\n{}", painted(HEADING, "Same UUID in the other standard"))?;
        let held = &twin.resource;
        let code = held.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        line(out, "", &format!("{code}{}", cut(&held.label, 160)))?;
        optional_line(out, "framework", held.framework.as_deref())?;
        let says = if twin.same_words { "says the same words" } else { "says other words" };
        line(out, "compared", &format!("{says}; nobody states that the two are one"))?;
        line(out, "id", held.key.as_str())?;
        let links: Vec<String> =
            twin.links.iter().map(|(reads, n)| format!("{reads} {n}")).collect();
        optional_line(out, "links", Some(&links.join(", ")))?;
    }
    Ok(())
}

/// Prints a page of the links of one type.
pub(crate) fn print_links(reads: &str, links: &Links) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", painted(HEADING, &format!("{reads} ({})", links.n)))?;
    links.items.iter().try_for_each(|crossing| write_crossing(&mut out, crossing, None))
}

fn write_crossings(
    out: &mut dyn Write,
    title: &str,
    (n, crossings): (usize, &[Crossing]),
    own: Option<&String>,
) -> io::Result<()> {
    if crossings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{} ({n})", painted(HEADING, title))?;
    let shown = crossings.iter().take(MAX_SHOWN);
    shown.into_iter().try_for_each(|crossing| write_crossing(out, crossing, own))?;
    let more = n.saturating_sub(crossings.len().min(MAX_SHOWN));
    if more > 0 {
        writeln!(out, "   and {more} more")?;
    }
    Ok(())
}

/// Writes one way; who states it is left out where that is the record itself.
fn write_crossing(
    out: &mut dyn Write,
    crossing: &Crossing,
    own: Option<&String>,
) -> io::Result<()> {
    let way: Vec<&str> = crossing.hops.iter().map(|hop| hop.reads.as_str()).collect();
    let end = match (&crossing.reached, crossing.end()) {
        (Some(held), _) => {
            let code = held.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
            let framework =
                held.framework.as_deref().map(|title| format!(" ({title})")).unwrap_or_default();
            format!("{code}{}{framework}", cut(&held.label, 100))
        }
        (None, Some(target)) => not_held(target),
        (None, None) => String::new(),
    };
    line(out, "", &format!("{} → {end}", way.join(" → ")))?;
    let path = crossing.hops.last().and_then(|hop| hop.path.as_deref());
    let through = path.filter(|path| path.contains(" > ")).map(|path| format!("through {path}"));
    optional_line(out, "", through.as_deref())?;
    let stated = crossing.hops.last().map(|hop| &hop.origin.record);
    let stated = stated.filter(|record| Some(*record) != own);
    optional_line(out, "", stated.map(|record| format!("stated by {record}")).as_deref())
}

/// A target that is not held: its words, where it has any, and its address.
fn not_held(target: &ontology::Target) -> String {
    let code = target.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
    let title = target.title.as_deref().map(plain);
    let address = target.uri.clone().or_else(|| target.iri());
    match (title, address) {
        (Some(title), Some(address)) => {
            format!("{code}{} ({}, not held here)", cut(&title, 100), cut(&address, 100))
        }
        (Some(title), None) => format!("{code}{} (in words only)", cut(&title, 100)),
        (None, address) => format!("{} (not held here)", cut(&address.unwrap_or_default(), 100)),
    }
}
