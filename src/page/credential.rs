//! What a record of CTDL says of a credential, a course, an organization or anything else that is no competency.

use askama::Template;
use index::context::Context;
use ontology::{Kind, Resource, Statement, local_name};

use crate::page::fact::Facts;
use crate::page::property::Section;
use crate::page::shell::Shell;
use crate::page::statement::{Statements, section};
use crate::page::wording::Wording;

/// What stands above already.
const SHOWN: [&str; 13] = [
    "ceterms:name",
    "ceasn:name",
    "schema:name",
    "skos:prefLabel",
    "ceterms:description",
    "ceasn:description",
    "schema:description",
    "skos:definition",
    "ceterms:ctid",
    "skos:notation",
    "ceterms:keyword",
    "ceterms:inLanguage",
    "ceterms:subjectWebpage",
];

/// What is listed with everything that is linked, with its number, where it is linked.
const LINKED: [&str; 10] = [
    "ceterms:teaches",
    "ceterms:assesses",
    "ceterms:owns",
    "ceterms:offers",
    "ceterms:accredits",
    "ceterms:approves",
    "ceterms:recognizes",
    "ceterms:regulates",
    "ceterms:renews",
    "ceterms:revokes",
];

/// What a record of CTDL says of a resource that is no competency.
#[derive(Template)]
#[template(path = "resource/credential.html")]
pub(crate) struct Credential {
    shell: Shell,
    title: String,
    sections: Vec<(String, Facts)>,
    /// What is published and has no label here.
    more: Facts,
}

impl Credential {
    /// Takes from what is known of a resource what belongs here; `None` where there is nothing to show.
    pub(crate) fn of(context: &Context, shell: &Shell) -> Option<Self> {
        let card = &context.chosen.card;
        let Resource::Profile(profile) = &card.resource else { return None };
        let node = card.node()?;
        let wording = Wording { names: &context.names, shell };
        let reader = Statements { wording: &wording };
        let told = || node.statements.iter().filter(|held| is_told(held, context));
        let mut sections = Vec::new();
        for (place, name) in Section::ALL {
            let facts = reader.facts(told().filter(|held| section(held) == Some(place)), 0);
            if !facts.is_empty() {
                sections.push((shell.say(name), Facts { facts }));
            }
        }
        let unknown = told().filter(|held| section(held).is_none());
        let more = Facts { facts: reader.facts(unknown, 0) };
        (!sections.is_empty() || !more.facts.is_empty()).then(|| Self {
            title: shell.say(heading(profile.class)),
            sections,
            more,
            shell: shell.clone(),
        })
    }
}

/// The name of the title of what is said of a resource of a kind.
fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Credential | Kind::LearningOpportunity | Kind::Assessment => "credential-title",
        Kind::Organization => "credential-title-organization",
        _ => "credential-title-other",
    }
}

/// Whether a statement is told here, and nowhere else on the page.
fn is_told(statement: &Statement, context: &Context) -> bool {
    let property = &*statement.property;
    let is_listed =
        || LINKED.contains(&property) && context.links.contains_key(local_name(property));
    !SHOWN.contains(&property) && !is_listed()
}
