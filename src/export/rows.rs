//! Every resource as a row, as each record has it, in the order of the tree. For tables and for reading; what cannot stand in a cell is left out.

use std::io::{self, Write};

use index::card::{Card, LicenseCard};
use index::dump::{DumpError, each_resource};
use ontology::{LanguageMap, Resource, plain};

use crate::export::Wanted;

/// The columns.
const COLUMNS: [&str; 22] = [
    "key",
    "subject",
    "address",
    "kind",
    "code",
    "label",
    "text",
    "language",
    "framework",
    "frameworkTitle",
    "publisher",
    "parent",
    "status",
    "adoptionStatus",
    "statusStart",
    "statusEnd",
    "levels",
    "subjects",
    "licence",
    "source",
    "record",
    "retrieved",
];

/// The columns of keys and addresses, in which nothing is ever added.
const EXACT: [&str; 5] = ["key", "subject", "address", "framework", "parent"];

/// What a formula may begin with in a program for tables.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What stands between the values of one cell.
const AND: &str = "; ";

/// Writes the rows, record by record.
pub(super) fn write(wanted: &Wanted<'_>, out: &mut dyn Write) -> Result<u64, DumpError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS).map_err(io::Error::from)?;
    let mut n = 0;
    for record in &wanted.selection.records {
        each_resource(wanted.reader.cards(), record, &mut |card| {
            let framework = card.framework.as_ref().map(|framework| &framework.key);
            if card.withdrawn && !wanted.withdrawn || !wanted.selection.scope.wants(framework) {
                return Ok(());
            }
            n += 1;
            let cells = COLUMNS.into_iter().zip(row(&card));
            writer.write_record(cells.map(|(name, text)| cell(name, text))).map_err(io::Error::from)
        })?;
    }
    writer.flush()?;
    Ok(n)
}

/// A cell that no program for tables takes for a formula.
fn cell(column: &str, text: String) -> String {
    let is_formula = text.starts_with(FORMULA) && !EXACT.contains(&column);
    if is_formula { format!("'{text}") } else { text }
}

fn row(card: &Card) -> [String; COLUMNS.len()] {
    let (identity, origin) = (card.resource.identity(), &card.origin);
    let framework = card.framework.as_ref();
    let text = card.resource.text();
    let facts = Facts::of(&card.resource);
    let adoption = framework.and_then(|framework| framework.adoption_status.clone());
    [
        identity.key.to_string(),
        identity.subject.clone(),
        identity.uri.clone().unwrap_or_default(),
        card.resource.kind().as_str().to_owned(),
        card.resource.code().unwrap_or_default().to_owned(),
        card.label(),
        text.first().map(plain).unwrap_or_default(),
        language(text).or_else(|| language(card.resource.name())).unwrap_or_default(),
        framework.map(|framework| framework.key.to_string()).unwrap_or_default(),
        framework.and_then(|framework| framework.title.clone()).unwrap_or_default(),
        card.publisher().unwrap_or_default().to_owned(),
        card.parents.first().map(|parent| parent.key.to_string()).unwrap_or_default(),
        if card.withdrawn { "withdrawn" } else { "current" }.to_owned(),
        adoption.unwrap_or_default(),
        facts.status_start.unwrap_or_default().to_owned(),
        facts.status_end.unwrap_or_default().to_owned(),
        facts.levels.join(AND),
        facts.subjects.join(AND),
        card.license.as_ref().and_then(licence).unwrap_or_default(),
        origin.source.clone(),
        origin.record.clone(),
        origin.fetched_at.clone(),
    ]
}

/// What only some kinds of resources say.
#[derive(Default)]
struct Facts<'a> {
    levels: &'a [String],
    subjects: &'a [String],
    status_start: Option<&'a str>,
    status_end: Option<&'a str>,
}

impl<'a> Facts<'a> {
    fn of(resource: &'a Resource) -> Self {
        match resource {
            Resource::Competency(competency) => Self {
                levels: &competency.education_levels,
                subjects: &competency.subjects,
                status_start: competency.status_start.as_deref(),
                status_end: competency.status_end.as_deref(),
            },
            Resource::Framework(framework) => Self {
                levels: &[],
                subjects: &framework.subjects,
                status_start: framework.status_start.as_deref(),
                status_end: framework.status_end.as_deref(),
            },
            _ => Self::default(),
        }
    }
}

/// The language of the first text, where its publisher says one.
fn language(map: &LanguageMap) -> Option<String> {
    map.iter().next().and_then(|(language, _)| language).map(str::to_owned)
}

fn licence(licence: &LicenseCard) -> Option<String> {
    licence.uri.clone().or_else(|| licence.title.clone())
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, EXACT, cell};

    #[test]
    fn words_are_no_formula_and_keys_are_as_they_are() {
        assert!(EXACT.iter().all(|name| COLUMNS.contains(name)));
        for text in ["=HYPERLINK(\"//a\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(cell("text", text.to_owned()), format!("'{text}"));
            assert_eq!(cell("address", text.to_owned()), text);
        }
        for text in ["", "a=b", "'=a", "1-2"] {
            assert_eq!(cell("label", text.to_owned()), text);
        }
    }
}
