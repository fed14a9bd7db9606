//! What stands inside a record, by its class: a cost, a duration, a place, an amount, the name of something.

use ontology::{Node, Object};

use crate::page::anchor::Anchor;
use crate::page::duration::duration;
use crate::page::marked::cut;
use crate::page::wording::{Wording, first, number};

/// What stands inside a record in short.
pub(crate) struct Profile {
    /// Its words.
    pub head: Option<Anchor>,
    /// What is said of it besides.
    pub notes: Vec<Anchor>,
    /// The properties that are said thereby.
    pub said: &'static [&'static str],
}

const NAMES: [&str; 3] = ["ceterms:name", "schema:name", "skos:prefLabel"];
const DESCRIPTIONS: [&str; 3] = ["ceterms:description", "schema:description", "skos:definition"];

/// Sums up what stands inside a record.
pub(crate) fn profile(node: &Node, wording: &Wording<'_>) -> Profile {
    let is_any = |classes: &[&str]| classes.iter().any(|class| node.is_a(class));
    if node.has("ceterms:targetNodeName") || node.has("ceterms:targetNode") {
        return aligned(node, wording);
    }
    if is_any(&["ceterms:CostProfile"]) {
        return cost(node, wording);
    }
    if is_any(&["ceterms:DurationProfile"]) {
        return lasting(node, wording);
    }
    if is_any(&["ceterms:Place", "ceterms:PostalAddress", "ceterms:GeoCoordinates"]) {
        return place(node);
    }
    if is_any(&["ceterms:IdentifierValue"]) {
        return identifier(node, wording);
    }
    let amounts = ["ceterms:ValueProfile", "schema:ValueProfile", "schema:QuantitativeValue"];
    if is_any(&amounts) || is_any(&["schema:MonetaryAmount", "ceterms:MonetaryAmount"]) {
        return amount(node, wording);
    }
    named(node)
}

/// The words of a description below the name.
fn notes(node: &Node, properties: &[&str]) -> Vec<Anchor> {
    first(node, properties).map(Anchor::words).into_iter().collect()
}

/// A thing by its name, which leads to its page on the web.
fn named(node: &Node) -> Profile {
    const SAID: [&str; 7] = [
        "ceterms:name",
        "schema:name",
        "skos:prefLabel",
        "ceterms:description",
        "schema:description",
        "skos:definition",
        "ceterms:subjectWebpage",
    ];
    let address = node.iris("ceterms:subjectWebpage").next();
    let name = first(node, &NAMES);
    let head = match (name, address) {
        (Some(name), Some(address)) => Some(Anchor::foreign(name, address)),
        (Some(name), None) => Some(Anchor::words(name)),
        (None, Some(address)) => Some(Anchor::address(address)),
        (None, None) => None,
    };
    let mut notes = notes(node, &DESCRIPTIONS);
    // What an organization is stands on its own page; here the beginning tells it from others.
    let is_organization = node.types.iter().any(|class| class.ends_with("Organization"));
    for note in notes.iter_mut().filter(|_| is_organization && address.is_some()) {
        note.text = cut(&note.text, MAX_TOLD);
    }
    Profile { head, notes, said: &SAID }
}

/// The most characters that are told of an organization.
const MAX_TOLD: usize = 240;

/// The end of an alignment: its name and code, and the framework that has it.
fn aligned(node: &Node, wording: &Wording<'_>) -> Profile {
    const SAID: [&str; 8] = [
        "ceterms:targetNodeName",
        "ceterms:targetNode",
        "ceterms:targetNodeDescription",
        "ceterms:codedNotation",
        "ceterms:frameworkName",
        "ceterms:framework",
        "ceterms:weight",
        "ceterms:name",
    ];
    let mut head = node.iris("ceterms:targetNode").next().map(|iri| wording.link(iri));
    if let Some(name) = first(node, &["ceterms:targetNodeName", "ceterms:name"]) {
        let held = head.get_or_insert_with(|| Anchor::words(""));
        held.text = name;
    }
    if let Some(head) = &mut head {
        head.code = node.literal("ceterms:codedNotation").map(str::to_owned);
    }
    let mut notes = notes(node, &["ceterms:targetNodeDescription"]);
    let of_vocabulary = node.iris("ceterms:framework").any(|iri| iri.contains("ctdl/terms"));
    let framework = first(node, &["ceterms:frameworkName"]).filter(|_| !of_vocabulary);
    notes.extend(framework.map(|name| match node.iris("ceterms:framework").next() {
        Some(iri) => Anchor { text: name, ..wording.link(iri) },
        None => Anchor::words(name),
    }));
    let weight = node.literal("ceterms:weight");
    notes.extend(weight.map(|weight| {
        Anchor::words(wording.shell.tell("referrers-weight", "weight", number(weight)))
    }));
    Profile { head, notes, said: &SAID }
}

/// A cost as it is published: never added up.
fn cost(node: &Node, wording: &Wording<'_>) -> Profile {
    const SAID: [&str; 7] = [
        "ceterms:price",
        "ceterms:currency",
        "ceterms:directCostType",
        "ceterms:name",
        "ceterms:description",
        "ceterms:costDetails",
        "schema:currency",
    ];
    let price = node.literal("ceterms:price").map(number);
    let currency = node.literal("ceterms:currency").or_else(|| node.literal("schema:currency"));
    let sum = match (price, currency) {
        (Some(price), Some(currency)) => Some(format!("{price} {currency}")),
        (price, _) => price,
    };
    let kind = wording.row(node, "ceterms:directCostType");
    let words: Vec<String> = [sum, kind].into_iter().flatten().collect();
    let mut notes: Vec<Anchor> =
        first(node, &["ceterms:name"]).map(Anchor::words).into_iter().collect();
    notes.extend(first(node, &["ceterms:description"]).map(Anchor::words));
    notes.extend(node.iris("ceterms:costDetails").map(Anchor::address));
    let head = (!words.is_empty()).then(|| Anchor::words(words.join(", ")));
    Profile { head, notes, said: &SAID }
}

/// A duration, exact or between two.
fn lasting(node: &Node, wording: &Wording<'_>) -> Profile {
    const SAID: [&str; 5] = [
        "ceterms:exactDuration",
        "ceterms:minimumDuration",
        "ceterms:maximumDuration",
        "ceterms:timeRequired",
        "ceterms:description",
    ];
    let shell = wording.shell;
    let said = |property: &str| node.literal(property).map(|text| duration(text, shell));
    let exact = said("ceterms:exactDuration").or_else(|| said("ceterms:timeRequired"));
    let words = exact.or_else(|| {
        match (said("ceterms:minimumDuration"), said("ceterms:maximumDuration")) {
            (Some(least), Some(most)) if least == most => Some(least),
            (Some(least), Some(most)) => Some(format!("{least} {} {most}", shell.say("fact-to"))),
            (Some(least), None) => Some(shell.tell("fact-not-less", "value", least)),
            (None, Some(most)) => Some(shell.tell("fact-not-more", "value", most)),
            (None, None) => None,
        }
    });
    let notes = notes(node, &["ceterms:description"]);
    Profile { head: words.map(Anchor::words), notes, said: &SAID }
}

/// A place in a line.
fn place(node: &Node) -> Profile {
    const SAID: [&str; 8] = [
        "ceterms:name",
        "ceterms:streetAddress",
        "ceterms:addressLocality",
        "ceterms:addressRegion",
        "ceterms:postalCode",
        "ceterms:addressCountry",
        "ceterms:description",
        "ceterms:postOfficeBoxNumber",
    ];
    let (lines, _) = SAID.split_at(6);
    let mut words: Vec<String> = Vec::new();
    for text in lines.iter().filter_map(|property| first(node, &[property])) {
        if !words.contains(&text) {
            words.push(text);
        }
    }
    let head = (!words.is_empty()).then(|| Anchor::words(words.join(", ")));
    Profile { head, notes: notes(node, &["ceterms:description"]), said: &SAID }
}

fn identifier(node: &Node, wording: &Wording<'_>) -> Profile {
    const SAID: [&str; 4] = [
        "ceterms:identifierValueCode",
        "ceterms:identifierTypeName",
        "ceterms:identifierType",
        "ceterms:name",
    ];
    let value = node.literal("ceterms:identifierValueCode").map(str::to_owned);
    let kind = first(node, &["ceterms:identifierTypeName", "ceterms:name"]);
    let kind = kind.or_else(|| wording.row(node, "ceterms:identifierType"));
    let words = match (kind, value) {
        (Some(kind), Some(value)) => Some(format!("{value} ({kind})")),
        (kind, value) => value.or(kind),
    };
    Profile { head: words.map(Anchor::words), notes: Vec::new(), said: &SAID }
}

/// An amount with its unit.
fn amount(node: &Node, wording: &Wording<'_>) -> Profile {
    const SAID: [&str; 13] = [
        "schema:value",
        "schema:minValue",
        "schema:maxValue",
        "qdata:percentage",
        "schema:percentage",
        "schema:unitText",
        "schema:currency",
        "ceterms:currency",
        "ceterms:creditUnitType",
        "ceterms:creditLevelType",
        "ceterms:subject",
        "schema:description",
        "ceterms:description",
    ];
    let literal = |property: &str| node.objects(property).find_map(Object::literal).map(number);
    let bounds = match (literal("schema:minValue"), literal("schema:maxValue")) {
        (Some(least), Some(most)) => {
            Some(format!("{least} {} {most}", wording.shell.say("fact-to")))
        }
        (Some(least), None) => Some(wording.shell.tell("fact-not-less", "value", least)),
        (None, Some(most)) => Some(wording.shell.tell("fact-not-more", "value", most)),
        (None, None) => None,
    };
    let percentage = literal("qdata:percentage").or_else(|| literal("schema:percentage"));
    let units =
        ["schema:unitText", "schema:currency", "ceterms:currency", "ceterms:creditUnitType"];
    let unit = units.iter().find_map(|property| wording.row(node, property));
    let mut words: Vec<String> = literal("schema:value").or(bounds).into_iter().collect();
    words.extend(unit);
    words.extend(percentage.map(|percentage| format!("{percentage} %")));
    let mut sides = vec![words.join(" ")];
    let others = ["ceterms:creditLevelType", "ceterms:subject"];
    sides.extend(others.iter().filter_map(|property| wording.row(node, property)));
    sides.retain(|side| !side.is_empty());
    let head = (!sides.is_empty()).then(|| Anchor::words(sides.join(", ")));
    let notes = notes(node, &["schema:description", "ceterms:description"]);
    Profile { head, notes, said: &SAID }
}
