//! Graphs brought into a form in which two of them can be compared: as sets of lines, modulo what RDF cannot tell apart and what the
//! reader means to make one.
//!
//! 1. A blank node, a skolem IRI and a node named by its content are replaced by what is said of them, all the way down; two that say
//!    the same in the same place become one.
//! 2. A node that states a CTID is named by it, as the registry's address; so are addresses of records (`/resources/`, `/graph/`,
//!    `urn:ctid:`, an undeclared `res:`), whatever host publishes them. A sandbox stays one.
//! 3. Vocabulary terms are in the spelling of the published context.
//! 4. Lists are unrolled.
//! 5. A class without a prefix, which JSON-LD knows nothing of, is left out.
//! 6. Numbers and truths are compared by value, language tags in lower case.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedOrBlankNode, Quad, Term};

/// A subject or an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Iri(String),
    /// A node without a name of its own, by its label.
    Blank(String),
    Literal(String),
}

type Triple = (End, String, End);

const CTID: &str = "https://purl.org/ctdl/terms/ctid";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// What begins the names that the reader gives to nodes without one.
const SKOLEMS: [&str; 3] =
    ["urn:alidade:node:", "urn:alidade:bnode:", "https://credreg.net/bnodes/"];

/// How often what is said of blank nodes is followed; nothing in a record lies deeper.
const ROUNDS: usize = 24;

/// The triples of some quads, one line each, in normal form.
pub(super) fn normal(quads: &[Quad]) -> BTreeSet<String> {
    let is_unheard = |quad: &&Quad| quad.object.to_string().starts_with("<urn:alidade:term:");
    let triples: Vec<Triple> = quads.iter().filter(|quad| !is_unheard(quad)).map(triple).collect();
    let triples = unrolled(&named_by_ctid(triples));
    let mut colours: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let next = recoloured(&triples, &colours);
        if next == colours {
            break;
        }
        colours = next;
    }
    let shown = |end: &End| shown(end, &colours);
    triples.iter().map(|(s, p, o)| format!("{} <{p}> {}", shown(s), shown(o))).collect()
}

fn triple(quad: &Quad) -> Triple {
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => named(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => End::Blank(node.as_str().to_owned()),
    };
    let object = match &quad.object {
        Term::NamedNode(node) => named(node.as_str()),
        Term::BlankNode(node) => End::Blank(node.as_str().to_owned()),
        Term::Literal(literal) => End::Literal(literal_line(
            literal.value(),
            literal.language(),
            literal.datatype().as_str(),
        )),
    };
    (subject, vocabulary(quad.predicate.as_str()), object)
}

fn named(iri: &str) -> End {
    if SKOLEMS.iter().any(|start| iri.starts_with(start)) {
        return End::Blank(iri.to_owned());
    }
    End::Iri(record(iri).unwrap_or_else(|| vocabulary(iri)))
}

fn literal_line(value: &str, language: Option<&str>, datatype: &str) -> String {
    match language {
        Some(language) => format!("{value:?}@{}", language.to_lowercase()),
        None => match value.parse::<f64>() {
            // The other processor writes some numbers with their last digit rounded.
            Ok(number) => format!("number {number:.12e}"),
            Err(_) if datatype.ends_with("#string") => format!("{value:?}"),
            Err(_) => format!("{value:?}^^{}", vocabulary(datatype)),
        },
    }
}

/// The address of the record that an IRI names, on the registry that it belongs to.
fn record(iri: &str) -> Option<String> {
    let lower = iri.to_lowercase();
    let is_record = ["/resources/", "/graph/", "/graphs/", "urn:ctid:"];
    if !is_record.iter().any(|part| lower.contains(part)) && !lower.starts_with("res:") {
        return None;
    }
    let uuid = lower.rsplit(['/', ':']).next()?;
    let ctid = if uuid.starts_with("ce-") { uuid.to_owned() } else { format!("ce-{uuid}") };
    is_ctid(&ctid).then(|| address(&lower, &ctid))
}

/// The address of a CTID on the registry that another address is on.
fn address(beside: &str, ctid: &str) -> String {
    let host =
        beside.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let part = ["sandbox", "staging"].iter().find(|part| host.contains(*part));
    let part = part.map(|part| format!("{part}.")).unwrap_or_default();
    format!("https://{part}credentialengineregistry.org/resources/{ctid}")
}

pub(super) fn is_ctid(text: &str) -> bool {
    text.len() == 39
        && text.bytes().enumerate().all(|(at, byte)| match at {
            0 => byte == b'c',
            1 => byte == b'e',
            2 | 11 | 16 | 21 | 26 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The namespaces whose spelling differs between publishers, by the end of each, with the published one.
const NAMESPACES: [(&str, &str); 8] = [
    ("/ctdlasn/terms/", "https://purl.org/ctdlasn/terms/"),
    ("/ctdl/terms/", "https://purl.org/ctdl/terms/"),
    ("/qdata/terms/", "https://credreg.net/qdata/terms/"),
    ("/asn/schema/core/", "http://purl.org/ASN/schema/core/"),
    ("//schema.org/", "https://schema.org/"),
    ("/ctdlasn/vocabs/", "https://purl.org/ctdlasn/vocabs/"),
    ("/ctdl/vocabs/", "https://purl.org/ctdl/vocabs/"),
    ("/ctld/vocabs/", "https://purl.org/ctdl/vocabs/"),
];

fn vocabulary(iri: &str) -> String {
    let lower = iri.to_lowercase();
    let found = NAMESPACES.iter().find_map(|(part, normal)| {
        let at = lower.find(part)? + part.len();
        Some(format!("{normal}{}", iri.get(at..)?))
    });
    found.unwrap_or_else(|| iri.to_owned())
}

/// Names every subject that states a CTID by it.
fn named_by_ctid(triples: Vec<Triple>) -> Vec<Triple> {
    let mut names: BTreeMap<End, End> = BTreeMap::new();
    for (subject, predicate, object) in &triples {
        let End::Literal(value) = object else { continue };
        let ctid = value.trim_matches('"').trim().to_lowercase();
        if predicate == CTID && is_ctid(&ctid) {
            let beside = if let End::Iri(iri) = subject { iri.as_str() } else { "" };
            names.entry(subject.clone()).or_insert(End::Iri(address(beside, &ctid)));
        }
    }
    let name = |end: End| names.get(&end).cloned().unwrap_or(end);
    triples.into_iter().map(|(s, p, o)| (name(s), p, name(o))).collect()
}

/// Puts the members of every list where the list stands.
fn unrolled(triples: &[Triple]) -> Vec<Triple> {
    let of = |local: &str| {
        let property = format!("{RDF}{local}");
        let cells = triples.iter().filter(|(_, p, _)| *p == property);
        cells.map(|(s, _, o)| (s.clone(), o.clone())).collect::<BTreeMap<End, End>>()
    };
    let (firsts, rests) = (of("first"), of("rest"));
    let nil = End::Iri(format!("{RDF}nil"));
    let mut out = Vec::new();
    for (subject, predicate, object) in triples {
        if predicate.starts_with(RDF)
            && (predicate.ends_with("first") || predicate.ends_with("rest"))
        {
            continue;
        }
        let mut at = object;
        if *at != nil && !firsts.contains_key(at) {
            out.push((subject.clone(), predicate.clone(), object.clone()));
        }
        while let Some(member) = firsts.get(at) {
            out.push((subject.clone(), predicate.clone(), member.clone()));
            let Some(rest) = rests.get(at) else { break };
            at = rest;
        }
    }
    out
}

/// What is said of each blank node, under the colours of the others.
fn recoloured(triples: &[Triple], colours: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut said: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (subject, predicate, object) in triples {
        if let End::Blank(label) = object {
            said.entry(label).or_default();
        }
        if let End::Blank(label) = subject {
            said.entry(label)
                .or_default()
                .insert(format!("{predicate} {}", shown(object, colours)));
        }
    }
    let colour = |lines: BTreeSet<String>| {
        let text: Vec<String> = lines.into_iter().collect();
        format!("{:016x}", hash(&text.join("\n")))
    };
    said.into_iter().map(|(label, lines)| (label.to_owned(), colour(lines))).collect()
}

fn hash(text: &str) -> u64 {
    // FNV-1a; nobody here means to find two texts of one hash.
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn shown(end: &End, colours: &BTreeMap<String, String>) -> String {
    match end {
        End::Iri(iri) => format!("<{iri}>"),
        End::Blank(label) => format!("[{}]", colours.get(label).map_or("", String::as_str)),
        End::Literal(literal) => literal.clone(),
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};

    use super::normal;

    fn quad(subject: &str, predicate: &str, object: impl Into<Term>) -> Quad {
        let predicate = NamedNode::new(predicate).unwrap();
        match subject.strip_prefix("_:") {
            Some(label) => Quad::new(
                BlankNode::new(label).unwrap(),
                predicate,
                object,
                GraphName::DefaultGraph,
            ),
            None => Quad::new(
                NamedNode::new(subject).unwrap(),
                predicate,
                object,
                GraphName::DefaultGraph,
            ),
        }
    }

    #[test]
    fn graphs_are_compared_by_what_they_say() {
        let text = |text: &str| Literal::new_simple_literal(text);
        let blank = |label: &str| Term::from(BlankNode::new(label).unwrap());
        let skolem =
            |label: &str| Term::from(NamedNode::new(format!("urn:alidade:node:{label}")).unwrap());
        let theirs = [
            quad("http://a", "http://p", blank("x")),
            quad("http://a", "http://p", blank("y")),
            quad("_:x", "http://q", text("1.0")),
            quad("_:y", "http://q", text("1")),
        ];
        let ours = [
            quad("http://a", "http://p", skolem("1")),
            quad("urn:alidade:node:1", "http://q", text("1")),
        ];
        assert_eq!(normal(&theirs), normal(&ours));
        let other = [
            quad("http://a", "http://p", skolem("1")),
            quad("urn:alidade:node:1", "http://q", text("2")),
        ];
        assert_ne!(normal(&theirs), normal(&other));
    }
}
