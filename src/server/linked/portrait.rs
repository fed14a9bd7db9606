//! Everything that the page of a resource shows, gathered.

use index::cards::Cards;
use index::context::tree;
use index::resolve::Resolution;
use index::{IndexError, Reader};

use crate::lookup::{Question, Shown, ShownResource, align, show};
use crate::page::{Form, ResourcePage, Shell, Told, Way};
use crate::publisher::publishers_around;
use crate::server::asked::cards;
use crate::server::linked::address::Site;
use crate::server::linked::alternates::{Alternate, alternates};
use crate::server::linked::signposting::links;
use crate::server::problem::{Problem, ProblemKind};

/// The most children under each of which it is counted how many stand.
const MAX_COUNTED: usize = 200;

/// What looking for a resource came to.
pub(in crate::server) enum Portrait {
    /// Its page, and what the head of an answer says of it.
    Page(Box<ResourcePage>, String),
    /// There is not one resource.
    Nothing(Box<Resolution>),
}

/// Gathers the page of what an identifier names, on a day.
pub(in crate::server) fn portrait(
    reader: &Reader,
    id: &str,
    as_of: &str,
    site: &Site,
    way: &Way,
) -> Result<Portrait, Problem> {
    let (cards, generation) = (&cards(reader, way.provisional), reader.manifest().generation);
    let question = Question { id, framework: None, relation: None, as_of };
    let shown = match show(cards, generation, &question)? {
        Shown::Resource(shown) => shown,
        Shown::Nothing(resolution) => return Ok(Portrait::Nothing(resolution)),
        Shown::Links(_) | Shown::NoRelation => {
            return Err(Problem::new(ProblemKind::Internal, "no relation was asked for"));
        }
    };
    let card = &shown.context.chosen.card;
    let links = links(card, site);
    let told = Told {
        aligned: align(cards, generation, &question)?,
        below: below(cards, &shown)?,
        events: reader.changes().of_subject(&card.resource.identity().subject)?,
        publishers: publishers_around(cards, &shown.context)?,
        record: cards.record(&card.origin.graph())?,
        canonical: site.document(card.key(), ""),
        forms: alternates(site, card.key()).into_iter().map(form).collect(),
        shown,
    };
    let page = ResourcePage::of(told, Shell::new("/r", Some(generation)), way);
    Ok(Portrait::Page(Box::new(page), links))
}

/// How many stand under each child, where that is soon counted.
fn below(cards: &Cards, shown: &ShownResource) -> Result<Vec<usize>, IndexError> {
    let n = shown.context.children.n;
    if n == 0 || n > MAX_COUNTED {
        return Ok(Vec::new());
    }
    let grown = tree(cards, shown.context.chosen.card.clone(), 1)?;
    Ok(grown.root.children.iter().map(|branch| branch.n_children).collect())
}

fn form(alternate: Alternate) -> Form {
    let Alternate { media_type, name, href } = alternate;
    Form { media_type, name, href }
}
