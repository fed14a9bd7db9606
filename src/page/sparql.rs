//! `/sparql`: the graph, asked in SPARQL.

use askama::Template;
use ontology::vocab::encode;

use crate::page::shell::Shell;

/// The page; its scripts ask, and show what comes back.
#[derive(Template)]
#[template(path = "sparql.html")]
pub(crate) struct SparqlPage {
    shell: Shell,
    /// The query that stands there to begin with.
    first: &'static str,
    users: Vec<Asking>,
}

/// Somebody, and the queries to begin with.
struct Asking {
    name: String,
    examples: Vec<Example>,
}

/// A query to begin with.
struct Example {
    title: String,
    /// What it tells.
    tells: String,
    /// The query, percent-encoded.
    encoded: String,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    Issuer,
    Verifier,
    Marketplace,
}

/// Who asks it, the names of its title and of what it tells, and the query.
type Asked = (User, &'static str, &'static str, &'static str);

/// The queries of the README, in its order: by whom, the names of their texts, and what is asked. A test holds the two together.
const EXAMPLES: [Asked; 10] = [
    (
        User::Issuer,
        "sparql-both-worlds",
        "sparql-both-worlds-tells",
        include_str!("../web/queries/both-worlds.rq"),
    ),
    (
        User::Issuer,
        "sparql-frameworks",
        "sparql-frameworks-tells",
        include_str!("../web/queries/frameworks.rq"),
    ),
    (User::Issuer, "sparql-tops", "sparql-tops-tells", include_str!("../web/queries/tops.rq")),
    (User::Verifier, "sparql-above", "sparql-above-tells", include_str!("../web/queries/above.rq")),
    (User::Verifier, "sparql-ended", "sparql-ended-tells", include_str!("../web/queries/ended.rq")),
    (
        User::Verifier,
        "sparql-records",
        "sparql-records-tells",
        include_str!("../web/queries/records.rq"),
    ),
    (
        User::Verifier,
        "sparql-requirements",
        "sparql-requirements-tells",
        include_str!("../web/queries/requirements.rq"),
    ),
    (
        User::Marketplace,
        "sparql-crosswalks",
        "sparql-crosswalks-tells",
        include_str!("../web/queries/crosswalks.rq"),
    ),
    (
        User::Marketplace,
        "sparql-teaches",
        "sparql-teaches-tells",
        include_str!("../web/queries/teaches.rq"),
    ),
    (
        User::Marketplace,
        "sparql-owners",
        "sparql-owners-tells",
        include_str!("../web/queries/owners.rq"),
    ),
];

impl SparqlPage {
    /// The page.
    pub(crate) fn of(shell: Shell) -> Self {
        let [(.., first), ..] = EXAMPLES;
        let users = [
            (User::Issuer, "sparql-issuers"),
            (User::Verifier, "sparql-verifiers"),
            (User::Marketplace, "sparql-marketplaces"),
        ];
        let users = users
            .map(|(user, name)| Asking { name: shell.say(name), examples: examples(user, &shell) });
        Self { first: first.trim_end(), users: users.into(), shell }
    }
}

fn examples(user: User, shell: &Shell) -> Vec<Example> {
    let examples = EXAMPLES.iter().filter(|(of, ..)| *of == user);
    let examples = examples.map(|(_, title, tells, query)| Example {
        title: shell.say(title),
        tells: shell.say(tells),
        encoded: encode(query.trim_end()),
    });
    examples.collect()
}
