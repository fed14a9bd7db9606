//! What an identifier means, as a person reads it.

use std::io::{self, Write};

use index::resolve::{Found, NoticeKind, Resolution, Verdict};
use index::standing::State;
use ontology::plain;

use crate::lookup::Answer;
use crate::present::block::{cut, line, optional_line, styled_line};
use crate::present::credential::write_badge;
use crate::present::style::{BAD, GOOD, HEADING, WARNING, painted};
use crate::present::terms::write_terms;

/// The most candidates of an ambiguous answer that are shown.
const MAX_SHOWN: usize = 5;

/// The most characters of a statement that are shown.
const MAX_STATEMENT: usize = 400;

/// Prints one answer.
pub(crate) fn print_answer(answer: &Answer) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match answer {
        Answer::Identifier { text, resolution } => {
            writeln!(out, "{}", painted(HEADING, text))?;
            write_resolution(&mut out, resolution)?;
            writeln!(out)
        }
        Answer::Unreadable { file, reason } => {
            writeln!(out, "{}", painted(HEADING, file))?;
            styled_line(&mut out, "refused", reason, BAD)?;
            writeln!(out)
        }
        Answer::Badge(badge) => write_badge(&mut out, badge),
    }
}

/// Writes what something means: the verdict, what was found, and what a reader should know besides.
pub(super) fn write_resolution(out: &mut dyn Write, resolution: &Resolution) -> io::Result<()> {
    let style = match resolution.verdict {
        Verdict::Resolved => GOOD,
        Verdict::Ambiguous => WARNING,
        _ => BAD,
    };
    styled_line(out, resolution.verdict.as_str(), &resolution.reason, style)?;
    if let Some(found) = resolution.resource() {
        write_found(out, found)?;
    } else {
        for found in resolution.found.iter().take(MAX_SHOWN) {
            write_brief(out, "may be", found)?;
        }
        let more = resolution.found.len().saturating_sub(MAX_SHOWN);
        if more > 0 {
            line(out, "", &format!("and {more} more"))?;
        }
    }
    for found in &resolution.inferred {
        write_brief(out, "same UUID", found)?;
    }
    for same in resolution.equivalents.iter().filter_map(|crossing| crossing.reached.as_ref()) {
        let code = same.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        let framework = same.framework.as_deref().map(|title| format!(" ({title})"));
        let framework = framework.unwrap_or_default();
        line(out, "same as", &format!("{code}{}{framework}", cut(&same.label, 120)))?;
    }
    for suggestion in &resolution.suggestions {
        let code = suggestion.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        let score = suggestion.score;
        line(out, "suggestion", &format!("{code}{} ({score:.2})", cut(&suggestion.label, 120)))?;
    }
    for notice in &resolution.notices {
        if notice.kind == NoticeKind::InferredIdentity {
            continue;
        }
        let kind = notice.kind.as_str().replace('_', " ");
        styled_line(out, "note", &format!("{kind}: {}", notice.text), WARNING)?;
        optional_line(out, "badge says", notice.given.as_deref().map(plain).as_deref())?;
        optional_line(out, "published", notice.published.as_deref().map(plain).as_deref())?;
        for other in &notice.others {
            let code = other.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
            line(out, "other", &format!("{code}{}", cut(&other.label, 120)))?;
            line(out, "", other.key.as_str())?;
        }
    }
    if resolution.verdict == Verdict::Unknown {
        for attempt in &resolution.tried {
            line(out, "tried", &format!("{}: {}", attempt.rung.phrase(), attempt.looked_up))?;
        }
    }
    Ok(())
}

fn write_brief(out: &mut dyn Write, label: &str, found: &Found) -> io::Result<()> {
    let card = &found.chosen.card;
    let code = card.resource.code().map(|code| format!("{code}  ")).unwrap_or_default();
    let framework = card.framework.as_ref().and_then(|framework| framework.title.as_deref());
    let framework = framework.map(|title| format!(" ({title})")).unwrap_or_default();
    line(out, label, &format!("{code}{}{framework}", cut(&card.label(), 120)))?;
    line(out, "", &card.resource.identity().subject)
}

fn write_found(out: &mut dyn Write, found: &Found) -> io::Result<()> {
    let card = &found.chosen.card;
    let text = card.resource.text().first().map(plain).filter(|text| !text.is_empty());
    line(out, "says", &cut(&text.unwrap_or_else(|| card.label()), MAX_STATEMENT))?;
    write_surroundings(out, found)?;
    let standing = &found.standing;
    if standing.state == State::Current {
        line(out, "status", standing.state.as_str())?;
    } else {
        styled_line(out, "status", standing.state.as_str(), WARNING)?;
    }
    if let Some(next) = standing.successors.last() {
        let code = next.code.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        line(out, "now", &format!("{code}{}", cut(&next.label, 160)))?;
    }
    optional_line(
        out,
        "licence",
        card.license.as_ref().and_then(|license| license.title.as_deref()),
    )?;
    let origin = &card.origin;
    let when = origin.fetched_at.split('T').next().unwrap_or_default();
    line(out, "from", &format!("{} in {}, retrieved {when}", origin.record, origin.source))?;
    write_terms(out, origin)?;
    let n = found.chosen.copies.len();
    if n > 0 {
        let differing = found.chosen.copies.iter().filter(|copy| !copy.differs.is_empty()).count();
        line(out, "copies", &format!("{n} more, {differing} of them with other words or dates"))?;
    }
    line(out, "id", card.resource.identity().subject.as_str())
}

fn write_surroundings(out: &mut dyn Write, found: &Found) -> io::Result<()> {
    let card = &found.chosen.card;
    if !card.path.is_empty() {
        let steps: Vec<String> = card.path.iter().map(|step| cut(&step.label, 60)).collect();
        line(out, "under", &steps.join(" › "))?;
    }
    let Some(framework) = &card.framework else { return Ok(()) };
    if card.as_framework().is_none() {
        optional_line(out, "framework", framework.title.as_deref())?;
    }
    optional_line(out, "publisher", card.publisher())?;
    optional_line(out, "official", framework.official_source_url.as_deref())
}
