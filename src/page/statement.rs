//! The statements of a record, read as facts: each value in as few words as hold all that it says.

use ontology::{Node, Object, Statement, local_name};

use crate::page::anchor::Anchor;
use crate::page::duration::duration;
use crate::page::fact::{Fact, Facts, Value};
use crate::page::language::name_of_language;
use crate::page::profile::{Profile, profile};
use crate::page::property::{Section, property, rank};
use crate::page::wording::{Wording, number, words_or_address};

/// The most values of one statement that are shown.
const MAX_VALUES: usize = 25;

/// How deep statements inside of others are shown.
const MAX_DEPTH: usize = 6;

/// What says nothing to people, or is said by what stands around it.
const SILENT: [&str; 9] = [
    "ceterms:latitude",
    "ceterms:longitude",
    "ceterms:geoURI",
    "ceterms:ctid",
    "ceasn:listID",
    "ceasn:listId",
    "ceterms:listId",
    "ceterms:framework",
    "ceterms:alignmentType",
];

/// Reads the statements of a record.
pub(crate) struct Statements<'a> {
    pub wording: &'a Wording<'a>,
}

impl Statements<'_> {
    /// Reads statements in the order of the page.
    pub(crate) fn facts<'n>(
        &self,
        statements: impl Iterator<Item = &'n Statement>,
        depth: usize,
    ) -> Vec<Fact> {
        let told = statements.filter(|held| !SILENT.contains(&&*held.property));
        let mut told: Vec<&Statement> = told.collect();
        told.sort_by_key(|statement| rank(&statement.property));
        let mut facts: Vec<Fact> = Vec::new();
        for fact in told.into_iter().filter_map(|statement| self.fact(statement, depth)) {
            // Two properties may go by one label, and then often say the same.
            let same = |held: &&mut Fact| held.label == fact.label && !fact.is_term;
            if let Some(held) = facts.iter_mut().find(same) {
                for value in fact.values {
                    if !held.values.contains(&value) {
                        held.values.push(value);
                    }
                }
            } else {
                facts.push(fact);
            }
        }
        facts
    }

    fn fact(&self, statement: &Statement, depth: usize) -> Option<Fact> {
        let mut values: Vec<Value> = Vec::new();
        for object in statement.objects.iter().take(MAX_VALUES) {
            let value = self.value(object, depth);
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        let n_more = statement.objects.len().saturating_sub(MAX_VALUES);
        let known = property(&statement.property);
        // How an organization goes about it is long, and read by few.
        let is_long = depth == 0 && statement.property.ends_with("Process");
        let label = if let Some((_, name)) = known {
            self.wording.shell.say(name)
        } else {
            // What no context defines goes by the name its publisher gave it.
            let term = &*statement.property;
            term.strip_prefix("urn:alidade:term:").unwrap_or(term).to_owned()
        };
        (!values.is_empty()).then(|| Fact {
            label,
            is_term: known.is_none(),
            values,
            more: (n_more > 0).then(|| self.wording.shell.count("credential-more-values", n_more)),
            fold: is_long.then(|| self.wording.shell.say("credential-show")),
        })
    }

    fn value(&self, object: &Object, depth: usize) -> Value {
        match object {
            Object::Iri(iri) => Value::of(self.wording.link(iri)),
            Object::Text(text) => Value::of(words_or_address(text)),
            Object::Tagged(text, tag) => {
                let mut head = words_or_address(text);
                head.language = Some(tag.to_string()).filter(|tag| !tag.is_empty());
                Value::of(head)
            }
            Object::Typed(text, datatype) => self.typed(text, datatype),
            Object::Node(_) if depth >= MAX_DEPTH => Value::words(""),
            Object::Node(node) => self.node(node, depth),
        }
    }

    /// A literal by its datatype: days, durations, yes and no, numbers, languages.
    fn typed(&self, text: &str, datatype: &str) -> Value {
        match local_name(datatype) {
            "duration" | "Duration" => Value::words(duration(text, self.wording.shell)),
            "boolean" if text == "true" => Value::words(self.wording.shell.say("fact-yes")),
            "boolean" if text == "false" => Value::words(self.wording.shell.say("fact-no")),
            "language" => Value::words(name_of_language(text, self.wording.shell)),
            "date" | "dateTime" => {
                let day = text.split('T').next().unwrap_or(text);
                Value { day: Some(day.to_owned()), ..Value::words(day) }
            }
            "decimal" | "float" | "double" | "integer" => Value::words(number(text)),
            _ => Value::of(words_or_address(text)),
        }
    }

    /// What stands inside a record.
    fn node(&self, node: &Node, depth: usize) -> Value {
        if let Some(held) = node.id.as_deref().and_then(|id| self.wording.names.get(id)) {
            return Value::of(Anchor::of(held));
        }
        let Profile { head, notes, said } = profile(node, self.wording);
        let rest = node.statements.iter().filter(|held| !said.contains(&&*held.property));
        let inside = Facts { facts: self.facts(rest, depth + 1) };
        Value { head, notes, day: None, inside }
    }
}

/// The section of a statement; `None` where its property is unknown here.
pub(crate) fn section(statement: &Statement) -> Option<Section> {
    property(&statement.property).map(|(section, _)| section)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ontology::Node;
    use serde_json::{Value as Json, json};

    use super::{Statements, section};
    use crate::page::anchor::Anchor;
    use crate::page::fact::{Fact, Value};
    use crate::page::property::Section;
    use crate::page::shell::Shell;
    use crate::page::wording::Wording;

    fn node(class: &str, statements: &Json) -> Json {
        json!({ "node": { "types": [class], "statements": statements } })
    }

    /// A value in one line: its words, what is said of it in brackets, and what is inside it in braces.
    fn line(value: &Value) -> String {
        let mut parts: Vec<String> = value.head.iter().map(Anchor::full).collect();
        parts.extend(value.notes.iter().map(|note| format!("[{}]", note.full())));
        if !value.inside.facts.is_empty() {
            parts.push(format!("{{{}}}", lines(&value.inside.facts).join("; ")));
        }
        parts.join(" ")
    }

    fn lines(facts: &[Fact]) -> Vec<String> {
        let of = |fact: &Fact| fact.values.iter().map(line).collect::<Vec<_>>().join(" / ");
        facts.iter().map(|fact| format!("{}: {}", fact.label, of(fact))).collect()
    }

    /// What one value of a property reads as.
    #[track_caller]
    fn check(property: &str, value: &Json, expected: &str) {
        let statements = json!({ "statements": [{ "p": property, "o": [value] }] });
        let node: Node = serde_json::from_value(statements).unwrap();
        let (names, shell) = (BTreeMap::new(), Shell::new("/r", None));
        let wording = Wording { names: &names, shell: &shell };
        let facts = Statements { wording: &wording }.facts(node.statements.iter(), 0);
        assert_eq!(lines(&facts), [expected]);
    }

    #[test]
    fn costs_durations_places_and_amounts_are_told_in_a_line() {
        let cost = json!([
            { "p": "ceterms:price", "o": [{ "typed": ["240.0", "http://www.w3.org/2001/XMLSchema#decimal"] }] },
            { "p": "ceterms:currency", "o": [{ "text": "USD" }] },
            { "p": "ceterms:directCostType", "o": [node("ceterms:CredentialAlignmentObject", &json!([
                { "p": "ceterms:targetNodeName", "o": [{ "tagged": ["Tuition", "en"] }] }]))] },
            { "p": "ceterms:description", "o": [{ "text": "For residents" }] },
            { "p": "ceterms:endDate", "o": [{ "typed": ["2027-06-30", "http://www.w3.org/2001/XMLSchema#date"] }] },
        ]);
        let cost = node("ceterms:CostProfile", &cost);
        let expected = "Estimated cost: 240 USD, Tuition [For residents] {Until: 2027-06-30}";
        check("ceterms:estimatedCost", &cost, expected);
        let lasting = json!([
            { "p": "ceterms:minimumDuration", "o": [{ "typed": ["P1Y", "https://schema.org/Duration"] }] },
            { "p": "ceterms:maximumDuration", "o": [{ "typed": ["P1Y6M", "https://schema.org/Duration"] }] },
        ]);
        let lasting = node("ceterms:DurationProfile", &lasting);
        check("ceterms:estimatedDuration", &lasting, "Duration: 1 year to 1 year, 6 months");
        let credit = json!([
            { "p": "schema:value", "o": [{ "typed": ["3", "http://www.w3.org/2001/XMLSchema#float"] }] },
            { "p": "ceterms:creditUnitType", "o": [{ "iri": "https://purl.org/ctdl/vocabs/creditUnit/DegreeCredit" }] },
        ]);
        check(
            "ceterms:creditValue",
            &node("schema:QuantitativeValue", &credit),
            "Credit: 3 Degree Credit",
        );
        let place = json!([
            { "p": "ceterms:addressLocality", "o": [{ "text": "Oldport" }] },
            { "p": "ceterms:addressCountry", "o": [{ "text": "Harbor" }] },
            { "p": "ceterms:latitude", "o": [{ "text": "1" }] },
        ]);
        check("ceterms:address", &node("ceterms:Place", &place), "Address: Oldport, Harbor");
        check(
            "ceterms:isProctored",
            &json!({ "typed": ["true", "http://www.w3.org/2001/XMLSchema#boolean"] }),
            "Proctored: Yes",
        );
    }

    #[test]
    fn what_is_unknown_keeps_the_name_of_its_term() {
        check("urn:alidade:term:flavour", &json!({ "text": "Salt" }), "flavour: Salt");
        check(
            "ex:flavour",
            &json!({ "iri": "https://a.example/salt" }),
            "ex:flavour: a.example/salt",
        );
        let statements = json!([{ "p": "ex:depth", "o": [] }, { "p": "ceterms:ownedBy", "o": [] }]);
        let node: Node = serde_json::from_value(json!({ "statements": statements })).unwrap();
        let sections: Vec<_> = node.statements.iter().map(section).collect();
        assert_eq!(sections, [None, Some(Section::Who)]);
    }

    #[test]
    fn what_stands_in_itself_over_and_over_ends() {
        let mut deep = json!({ "text": "bottom" });
        for _ in 0..40 {
            deep = node(
                "ceterms:ConditionProfile",
                &json!([
                    { "p": "ceterms:name", "o": [{ "text": "Level" }] },
                    { "p": "ceterms:alternativeCondition", "o": [deep] },
                ]),
            );
        }
        let six = "Level {Instead of this: ".repeat(6);
        let expected =
            format!("Requires: {}{}", six.trim_end_matches(" {Instead of this: "), "}".repeat(5));
        check("ceterms:requires", &deep, &expected);
    }
}
