//! What the credentials of a file mean, as a person reads it: credential by credential, alignment by alignment.

use std::collections::BTreeMap;
use std::io::{self, Write};

use index::resolve::Verdict;
use ontology::ler::{Mention, SiteClass};

use crate::badge::{Badge, Hint, Outline, ResolvedMention};
use crate::present::answer::write_resolution;
use crate::present::block::{cut, line, optional_line, paragraph, width};
use crate::present::left_behind::{plural, spaced, unread, withheld};
use crate::present::style::{DIM, HEADING, painted};

/// The most hints of one kind that are listed.
const MAX_HINTS: usize = 8;

/// The most characters of a name.
const MAX_HINT: usize = 40;

/// Writes the report on a file.
pub(super) fn write_badge(out: &mut dyn Write, badge: &Badge) -> io::Result<()> {
    writeln!(out, "{}  {}", painted(HEADING, &badge.file), about(badge))?;
    optional_line(out, "in short", Some(&in_short(badge)))?;
    let mut number = 0;
    for (at, outline) in badge.credentials.iter().enumerate() {
        if badge.credentials.len() > 1 {
            write_outline(out, at + 1, outline)?;
        }
        for mention in badge.mentions.iter().filter(|mention| mention.credential == at) {
            number += 1;
            write_mention(out, number, mention)?;
        }
        let hints = || badge.hints.iter().filter(|hint| hint.credential == at);
        write_hints(out, hints())?;
        write_suggestions(out, hints())?;
    }
    write_left_behind(out, badge)?;
    writeln!(out)?;
    paragraph(out, 2, badge.not_checked)?;
    writeln!(out)
}

/// What the file is: `Open Badges 3.0 in a baked PNG image, 2 credentials, 3 identifiers`.
fn about(badge: &Badge) -> String {
    let mut about = badge.format_title.to_owned();
    if badge.carrier != "json" {
        about += " in ";
        about += badge.carrier_title;
    }
    if badge.credentials.len() > 1 {
        about += ", ";
        about += &plural(count(badge.credentials.len()), "credential");
    }
    format!("{about}, {}", plural(count(badge.mentions.len()), "identifier"))
}

/// What came of it: `2 resolved, 1 unknown, 1 of the issuer's own`.
fn in_short(badge: &Badge) -> String {
    let (own, others): (Vec<_>, Vec<_>) =
        badge.mentions.iter().partition(|mention| is_the_issuers(mention));
    let mut verdicts: BTreeMap<Verdict, u64> = BTreeMap::new();
    for mention in others {
        *verdicts.entry(mention.resolution.verdict).or_default() += 1;
    }
    let mut counts: Vec<String> =
        verdicts.into_iter().map(|(verdict, n)| format!("{n} {}", verdict.as_str())).collect();
    if !own.is_empty() {
        counts.push(format!("{} of the issuer's own", own.len()));
    }
    counts.join(", ")
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Whether only the issuer can know what an identifier names: that nothing is found is then no finding.
fn is_the_issuers(resolved: &ResolvedMention) -> bool {
    !resolved.asked && resolved.resolution.verdict == Verdict::Unknown
}

fn write_outline(out: &mut dyn Write, number: usize, outline: &Outline) -> io::Result<()> {
    let heading = format!("Credential {number}");
    writeln!(out, "\n{}  {}", painted(HEADING, &heading), outline.format_title)?;
    optional_line(out, "at", Some(&outline.pointer))
}

/// Writes what the credential says at one place, and what it means.
fn write_mention(out: &mut dyn Write, number: usize, resolved: &ResolvedMention) -> io::Result<()> {
    let mention = &resolved.mention;
    let mut site = spaced(mention.site.as_str());
    if mention.class == SiteClass::Learner {
        site += " of the learner";
    }
    let address = mention.target_url.as_deref().or(mention.target_code.as_deref());
    let name = mention.target_name.as_deref().map(|name| format!("“{name}”"));
    let called = name.as_deref().or(address).unwrap_or("(nothing is left here)");
    let room = width().saturating_sub(site.chars().count() + 6);
    writeln!(out, "\n{number:>2}  {site}  {}", painted(DIM, &cut(called, room)))?;
    write_given(out, mention)?;
    if is_the_issuers(resolved) {
        return line(out, "own", "the issuer's own name for it; nothing held here goes by it");
    }
    write_resolution(out, &resolved.resolution)
}

/// Writes what identifies the target, as it was given.
fn write_given(out: &mut dyn Write, mention: &Mention) -> io::Result<()> {
    let code = mention.target_code.as_deref();
    if let Some(url) = mention.target_url.as_deref() {
        line(out, "given", url)?;
        optional_line(out, "code given", code)?;
    } else {
        optional_line(out, "given", code)?;
    }
    optional_line(out, "as part of", mention.target_framework.as_deref())?;
    if !mention.withheld.is_empty() {
        let reasons = mention.withheld.iter().map(|why| (why.as_str().to_owned(), 1)).collect();
        line(out, "left out", &withheld(&reasons).replace("1 × ", ""))?;
    }
    Ok(())
}

/// Lists the names that identify nothing, site by site.
fn write_hints<'a>(out: &mut dyn Write, hints: impl Iterator<Item = &'a Hint>) -> io::Result<()> {
    let mut sites: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for Hint { mention, .. } in hints {
        let name = mention.target_name.as_deref().or(mention.target_code.as_deref());
        let name = name.map(|name| cut(name, MAX_HINT));
        // An address is of use only as a whole.
        let Some(shown) = name.or_else(|| mention.target_url.clone()) else { continue };
        sites.entry(mention.site.as_str()).or_default().push(shown);
    }
    if sites.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let mut label = "hints";
    for (site, names) in sites {
        let more = names.len().saturating_sub(MAX_HINTS);
        let mut listed: Vec<String> = names.into_iter().take(MAX_HINTS).collect();
        if more > 0 {
            listed.push(format!("and {more} more"));
        }
        line(out, label, &format!("{}: {}", spaced(site), listed.join(", ")))?;
        label = "";
    }
    line(out, "", "(names that identify nothing; `alidade search` looks for words)")
}

/// Writes what the names are like, where that was asked for.
fn write_suggestions<'a>(
    out: &mut dyn Write,
    hints: impl Iterator<Item = &'a Hint>,
) -> io::Result<()> {
    for hint in hints {
        let suggestions = hint.resolution.iter().flat_map(|resolution| &resolution.suggestions);
        let name = hint.mention.target_name.as_deref().unwrap_or_default();
        for suggestion in suggestions {
            let code = suggestion.code.as_deref().map(|code| format!("{code}  "));
            let (code, score) = (code.unwrap_or_default(), suggestion.score);
            let label = cut(&suggestion.label, 100);
            let words = format!("for “{}”: {code}{label} ({score:.2})", cut(name, MAX_HINT));
            line(out, "suggestion", &words)?;
        }
    }
    Ok(())
}

/// Says what stayed in the file.
fn write_left_behind(out: &mut dyn Write, badge: &Badge) -> io::Result<()> {
    if badge.withheld.is_empty() && badge.unread.is_empty() && badge.malformed == 0 {
        return Ok(());
    }
    writeln!(out)?;
    optional_line(out, "withheld", Some(&withheld(&badge.withheld)))?;
    optional_line(out, "not read", Some(&unread(&badge.unread)))?;
    if badge.malformed > 0 {
        let members = plural(badge.malformed, "member");
        line(out, "malformed", &format!("{members} with nothing readable"))?;
    }
    Ok(())
}
