//! `alidade show`: a resource with everything around it, or the alignment that points at it.

use std::io::{self, Write};
use std::path::Path;

use index::Reader;
use index::cards::Page;
use index::resolve::Resolution;
use time::OffsetDateTime;

use crate::alignment::{Alignments, Standard};
use crate::cli::{AlignmentForm, Show};
use crate::commands::{cards, day};
use crate::harmless::harmless;
use crate::lookup::{Aligned, Answer, NO_ADDRESS, Question, Shown, align, show};
use crate::outcome::{Outcome, UsageError};
use crate::present::{print_answer, print_context, print_json, print_links};

pub(super) fn run(args: &Show, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let as_of = day(args.as_of.as_deref(), now)?;
    let reader = Reader::open(data)?;
    let generation = reader.manifest().generation;
    let page = Page { offset: args.offset, limit: args.limit };
    let question = Question {
        id: &args.id,
        framework: args.framework.as_deref(),
        relation: args.relation.as_deref().map(|relation| (relation, page)),
        as_of: &as_of,
    };
    let cards = cards(&reader, args.provisional);
    if let Some(form) = args.alignment {
        return match align(&cards, generation, &question)? {
            Aligned::Ready(alignments) => print_alignments(&alignments, form),
            Aligned::NoAddress => no_address(&args.id),
            Aligned::Nothing(resolution) => nothing(args, &resolution, generation, &as_of),
        };
    }
    match show(&cards, generation, &question)? {
        Shown::Resource(shown) if args.json => print_json(&shown)?,
        Shown::Resource(shown) => print_context(&shown.context)?,
        Shown::Links(shown) if args.json => print_json(&shown)?,
        Shown::Links(shown) => print_links(&shown.relation, &shown.links)?,
        Shown::NoRelation => {
            let relation = args.relation.as_deref().unwrap_or_default();
            return Err(UsageError(format!("`{relation}` is no type of link")).into());
        }
        Shown::Nothing(resolution) => return nothing(args, &resolution, generation, &as_of),
    }
    Ok(Outcome::Done)
}

/// Prints one form alone, so that it can be pasted, and says beside it what speaks against it; or all forms with everything.
fn print_alignments(alignments: &Alignments, form: AlignmentForm) -> anyhow::Result<Outcome> {
    let standard = match form {
        AlignmentForm::All => {
            print_json(alignments)?;
            return Ok(Outcome::Done);
        }
        AlignmentForm::Ob3 => Standard::OpenBadges3,
        AlignmentForm::Ob2 => Standard::OpenBadges2,
        AlignmentForm::Ctdl => Standard::Ctdl,
    };
    print_json(&alignments.get(standard))?;
    for notice in &alignments.notices {
        let kind = notice.kind.as_str().replace('_', " ");
        writeln!(io::stderr(), "alidade: note: {kind}: {}", notice.text)?;
    }
    Ok(Outcome::Done)
}

fn no_address(id: &str) -> anyhow::Result<Outcome> {
    let id = harmless(id);
    writeln!(io::stderr(), "alidade: no alignment can point at `{id}`: {NO_ADDRESS}")?;
    Ok(Outcome::NothingFound)
}

fn nothing(
    args: &Show,
    resolution: &Resolution,
    generation: u64,
    as_of: &str,
) -> anyhow::Result<Outcome> {
    let answer =
        Answer::Identifier { text: args.id.clone(), resolution: Box::new(resolution.clone()) };
    if args.json || args.alignment.is_some() {
        print_json(
            &serde_json::json!({ "generation": generation, "asOf": as_of, "answer": answer }),
        )?;
    } else {
        print_answer(&answer)?;
    }
    Ok(Outcome::NothingFound)
}
