//! Frameworks and records of a registry, as many as are wanted, the same for the same numbers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::fake_registry::{Published, resource};
use crate::support::fake_server::bad_day::mixed;
use crate::support::package::guid;

const CASE: &str = "https://case.loom.example/ims/case/v1p0";
const WHEN: &str = "2024-01-01T00:00:00+00:00";
const WORDS: [&str; 16] = [
    "measures",
    "joins",
    "records",
    "explains",
    "safely",
    "steel",
    "circuits",
    "soil",
    "weaves",
    "plans",
    "repairs",
    "carefully",
    "engines",
    "cloth",
    "maps",
    "harvests",
];
const CLASSES: [&str; 7] = [
    "ceterms:Certificate",
    "ceterms:Certification",
    "ceterms:BachelorDegree",
    "ceterms:License",
    "ceterms:Course",
    "ceterms:LearningProgram",
    "ceterms:AssessmentProfile",
];

/// How many frameworks there are to align to, as far as envelopes know.
const FRAMEWORKS: u64 = 20;

/// So many words, the same for the same number.
fn words(number: u64, n: usize) -> String {
    let mut seed = number;
    let chosen = (0..n).map(|_| WORDS[usize::try_from(mixed(&mut seed) % 16).unwrap()]);
    chosen.collect::<Vec<_>>().join(" ")
}

/// A framework of so many items under strands, with relations among them and to the framework before it.
pub(crate) fn framework(number: u32, n_items: u32) -> Value {
    let document = guid(number, 0);
    let items: Vec<Value> = (1..=n_items).map(|n| item(number, n)).collect();
    let children = (1..=n_items).map(|n| {
        let (parent, class) = if n <= 8 { (0, "CFDocuments") } else { (n / 8, "CFItems") };
        association(number, n, "isChildOf", (class, guid(number, parent)))
    });
    let related = (10..=n_items).step_by(10).map(|n| {
        let kind = if n.is_multiple_of(20) { "exactMatchOf" } else { "isRelatedTo" };
        let to = guid(number.saturating_sub(1).max(1), n);
        association(number, n, kind, ("CFItems", to))
    });
    json!({
        "CFDocument": {
            "identifier": document,
            "uri": format!("{CASE}/CFDocuments/{document}"),
            "title": format!("Trades, volume {number}"),
            "creator": "The Loom Guild",
            "subject": [if number.is_multiple_of(2) { "Weaving" } else { "Metalwork" }],
            "adoptionStatus": "Adopted",
            "language": "en",
            "lastChangeDateTime": WHEN,
        },
        "CFItems": items,
        "CFAssociations": children.chain(related).collect::<Vec<_>>(),
    })
}

fn item(framework: u32, n: u32) -> Value {
    let identifier = guid(framework, n);
    json!({
        "identifier": identifier,
        "uri": format!("{CASE}/CFItems/{identifier}"),
        "fullStatement": format!("{} at step {n}", words(u64::from(framework) << 32 | u64::from(n), 8)),
        "humanCodingScheme": format!("V{framework}.{n}"),
        "CFItemType": if n <= 8 { "Strand" } else { "Standard" },
        "educationLevel": [format!("{:02}", 1 + n % 12)],
        "language": "en",
        "lastChangeDateTime": WHEN,
    })
}

fn association(framework: u32, n: u32, kind: &str, (class, to): (&str, String)) -> Value {
    let identifier = format!(
        "{framework:08x}-0000-4000-{}-{n:012x}",
        if kind == "isChildOf" { "9000" } else { "a000" }
    );
    let from = guid(framework, n);
    json!({
        "identifier": identifier,
        "uri": format!("{CASE}/CFAssociations/{identifier}"),
        "associationType": kind,
        "originNodeURI": { "title": "origin", "identifier": from, "uri": format!("{CASE}/CFItems/{from}") },
        "destinationNodeURI": { "title": "destination", "identifier": to, "uri": format!("{CASE}/{class}/{to}") },
        "sequenceNumber": n,
        "lastChangeDateTime": WHEN,
    })
}

/// The same framework with other words for an item, and no stamp moved.
pub(crate) fn reworded(mut package: Value, at: usize, statement: &str) -> Value {
    package["CFItems"][at]["fullStatement"] = statement.into();
    package
}

/// The same framework without its last items, and without the associations that name them; no stamp moved.
pub(crate) fn shortened(mut package: Value, n_gone: usize) -> Value {
    let items = package["CFItems"].as_array_mut().unwrap();
    let gone = items.split_off(items.len() - n_gone);
    let gone: BTreeSet<&str> =
        gone.iter().map(|item| item["identifier"].as_str().unwrap()).collect();
    let is_kept = |association: &Value| {
        let ends = ["originNodeURI", "destinationNodeURI"];
        ends.iter().all(|end| !gone.contains(association[end]["identifier"].as_str().unwrap()))
    };
    package["CFAssociations"].as_array_mut().unwrap().retain(is_kept);
    package
}

/// The same framework with new identifiers for its associations.
pub(crate) fn reassociated(mut package: Value) -> Value {
    for association in package["CFAssociations"].as_array_mut().unwrap() {
        let identifier = association["identifier"].as_str().unwrap().to_owned();
        let renamed = format!("beef{}", identifier.get(4..).unwrap());
        association["uri"] = format!("{CASE}/CFAssociations/{renamed}").into();
        association["identifier"] = renamed.into();
    }
    package
}

/// The CTID of record `number` of a registry.
pub(crate) fn ctid(number: u64) -> String {
    let mut seed = number;
    let drawn = mixed(&mut seed);
    format!("ce-{:08x}-{:04x}-4000-8000-{number:012x}", drawn >> 32, drawn & 0xffff)
}

/// Record `number` of a registry, as it was published for the `revision`th time: an organization, a framework of competencies, or
/// something that teaches, assesses or requires items of the generated frameworks.
pub(crate) fn envelope(number: u64, revision: u32) -> Published {
    match number % 25 {
        0 => Published::of(&[named(number, revision, "ceterms:CredentialOrganization")]),
        1 => Published::of(&competencies(number, revision)),
        at => {
            let class = CLASSES[usize::try_from(at % 7).unwrap()];
            Published::of(&[aligned(number, revision, class)])
        }
    }
}

/// Records 0 to `n`, as they were published first.
pub(crate) fn envelopes(n: u64) -> impl Iterator<Item = Published> {
    (0..n).map(|number| envelope(number, 0))
}

fn named(number: u64, revision: u32, class: &str) -> Value {
    let own = ctid(number);
    json!({
        "@id": resource(&own),
        "@type": class,
        "ceterms:ctid": own,
        "ceterms:name": { "en-US": format!("{} {number}", words(number, 3)) },
        "ceterms:description": { "en-US": format!("{} {revision}", words(number ^ 0xff, 20)) },
        "ceterms:subjectWebpage": format!("https://guild.example/{number}"),
        "ceterms:inLanguage": ["en-US"],
    })
}

/// The organization that owns a record.
pub(crate) fn owner(number: u64) -> String {
    ctid(number / 500 * 500)
}

fn aligned(number: u64, revision: u32, class: &str) -> Value {
    let mut node = named(number, revision, class);
    node["ceterms:ownedBy"] = json!([resource(&owner(number))]);
    let target = |at: u64| {
        let framework = u32::try_from(1 + (number + at) % FRAMEWORKS).unwrap();
        let item = guid(framework, u32::try_from(1 + (number * 7 + at) % 400).unwrap());
        json!({
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": format!("{CASE}/CFItems/{item}"),
            "ceterms:targetNodeName": { "en-US": words(number + at, 5) },
        })
    };
    let both = [target(0), target(1)];
    match class {
        "ceterms:Course" | "ceterms:LearningProgram" => node["ceterms:teaches"] = json!(both),
        "ceterms:AssessmentProfile" => node["ceterms:assesses"] = json!(both),
        _ => {
            node["ceterms:requires"] =
                json!([{ "@type": "ceterms:ConditionProfile", "ceterms:targetCompetency": both }]);
        }
    }
    node
}

/// Record `number` as one that is not published for good.
pub(crate) fn provisional(number: u64) -> Published {
    let mut node = named(number, 0, "ceterms:Certificate");
    node["adms:status"] = json!({
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNode": "graphPublicationStatus:Provisional",
    });
    Published::of(&[node])
}

/// A framework of three competencies.
fn competencies(number: u64, revision: u32) -> Vec<Value> {
    let own = ctid(number);
    let inner = |at: u64| ctid(1_000_000_000 + number * 4 + at);
    let tops: Vec<String> = (0..3).map(|at| resource(&inner(at))).collect();
    let framework = json!({
        "@id": resource(&own),
        "@type": "ceasn:CompetencyFramework",
        "ceterms:ctid": own,
        "ceasn:name": { "en-US": format!("{} {number}", words(number, 3)) },
        "ceasn:description": { "en-US": format!("{} {revision}", words(number, 12)) },
        "ceasn:publisher": [resource(&owner(number))],
        "ceasn:hasTopChild": tops,
    });
    let competency = |at: u64| {
        json!({
            "@id": resource(&inner(at)),
            "@type": "ceasn:Competency",
            "ceterms:ctid": inner(at),
            "ceasn:competencyText": { "en-US": format!("{} {at}", words(number * 4 + at, 6)) },
            "ceasn:isPartOf": [resource(&own)],
            "ceasn:isTopChildOf": [resource(&own)],
        })
    };
    [framework].into_iter().chain((0..3).map(competency)).collect()
}

/// Numbers below `n`, each once, the same for the same seed.
pub(crate) fn chosen(n: u64, how_many: usize, mut seed: u64) -> BTreeSet<u64> {
    let mut chosen = BTreeSet::new();
    while chosen.len() < how_many {
        chosen.insert(mixed(&mut seed) % n);
    }
    chosen
}
