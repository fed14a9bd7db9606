//! The fields of one JSON object, taken out one by one and whatever their shape, with a note of everything odd.

use serde_json::{Map, Value};

use crate::case::date;
use crate::record::{Warning, WarningKind};

/// One JSON object that is being read.
pub(crate) struct Fields<'a> {
    object: Map<String, Value>,
    pointer: String,
    warnings: &'a mut Vec<Warning>,
}

/// Fields of other documents' copies of an entity: legitimate elsewhere in the standard, and not worth a word here.
const TOLERATED: &[&str] = &["CFDocumentURI", "CFPackageURI", "CFItemAssociationURI"];

impl<'a> Fields<'a> {
    /// Starts on an object that stands at `pointer`.
    pub(crate) fn new(
        object: Map<String, Value>,
        pointer: String,
        warnings: &'a mut Vec<Warning>,
    ) -> Self {
        Self { object, pointer, warnings }
    }

    /// The place of the object.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Notes an oddity of one field.
    pub(crate) fn warn(&mut self, name: &str, kind: WarningKind, detail: &str) {
        self.warnings.push(Warning::new(format!("{}/{name}", self.pointer), kind, detail));
    }

    /// Takes a field; `null`, an empty string, an empty array and absence are one.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.take_any(&[name])
    }

    /// Takes the first field that is there under any of its names, the standard's first.
    pub(crate) fn take_any(&mut self, names: &[&str]) -> Option<Value> {
        let standard = names.first().copied().unwrap_or_default();
        for name in names {
            let (found, value) = match self.object.shift_remove(*name) {
                Some(value) => ((*name).to_owned(), value),
                None => match self.take_miscapitalised(name) {
                    Some(found) => found,
                    None => continue,
                },
            };
            if found != standard {
                self.warn(standard, WarningKind::FieldAlias, &found);
            }
            if !is_absent(&value) {
                return Some(value);
            }
        }
        None
    }

    fn take_miscapitalised(&mut self, name: &str) -> Option<(String, Value)> {
        let found = self.object.keys().find(|key| key.eq_ignore_ascii_case(name))?.clone();
        let value = self.object.shift_remove(&found)?;
        Some((found, value))
    }

    /// Takes a text; a number or a truth value is written out, an array of one text is that text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.text_any(&[name])
    }

    /// Takes a text under any of its names.
    pub(crate) fn text_any(&mut self, names: &[&str]) -> Option<String> {
        let name = names.first().copied().unwrap_or_default();
        let value = self.take_any(names)?;
        if let Value::String(text) = value {
            return Some(text);
        }
        let understood = match &value {
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Array(values) => match values.as_slice() {
                [Value::String(text)] => Some(text.clone()),
                _ => None,
            },
            _ => None,
        };
        let kind = if understood.is_some() {
            WarningKind::WrongShape
        } else {
            WarningKind::UnreadableValue
        };
        self.warn(name, kind, &value.to_string());
        understood
    }

    /// Takes a list of texts; a single text is a list of one, split at commas where `split` says so.
    pub(crate) fn texts(&mut self, names: &[&str], split: bool) -> Vec<String> {
        let name = names.first().copied().unwrap_or_default();
        let Some(value) = self.take_any(names) else { return Vec::new() };
        let values = match value {
            Value::Array(values) => values,
            Value::String(text) => {
                self.warn(name, WarningKind::WrongShape, &text);
                let parts = if split { text.split(',').collect() } else { vec![text.as_str()] };
                parts.into_iter().map(|part| Value::String(part.trim().to_owned())).collect()
            }
            other => {
                self.warn(name, WarningKind::WrongShape, &other.to_string());
                vec![other]
            }
        };
        let mut texts = Vec::with_capacity(values.len());
        for value in values {
            match value {
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => texts.push(text),
                Value::Number(number) => texts.push(number.to_string()),
                Value::Null => {}
                other => self.warn(name, WarningKind::UnreadableValue, &other.to_string()),
            }
        }
        texts
    }

    /// Takes a whole number; one written as text or with a zero fraction is understood.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let value = self.take(name)?;
        if let Some(number) = value.as_i64() {
            return Some(number);
        }
        let understood = match &value {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            Value::Number(number) => number.as_f64().and_then(whole),
            _ => None,
        };
        let kind = if understood.is_some() {
            WarningKind::WrongShape
        } else {
            WarningKind::UnreadableValue
        };
        self.warn(name, kind, &value.to_string());
        understood
    }

    /// Takes a number; one written as text is understood.
    pub(crate) fn number(&mut self, name: &str) -> Option<f64> {
        let value = self.take(name)?;
        if let Some(number) = value.as_f64() {
            return Some(number);
        }
        let understood = value
            .as_str()
            .and_then(|text| text.trim().parse::<f64>().ok())
            .filter(|n| n.is_finite());
        let kind = if understood.is_some() {
            WarningKind::WrongShape
        } else {
            WarningKind::UnreadableValue
        };
        self.warn(name, kind, &value.to_string());
        understood
    }

    /// Takes a date-time, as RFC 3339.
    pub(crate) fn date_time(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        self.dated(name, &text, date::date_time(&text))
    }

    /// Takes a date, as `YYYY-MM-DD`.
    pub(crate) fn date(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        self.dated(name, &text, date::date(&text))
    }

    fn dated(&mut self, name: &str, text: &str, read: Option<date::Read>) -> Option<String> {
        let Some(read) = read else {
            self.warn(name, WarningKind::InvalidDate, text);
            return None;
        };
        if let Some(oddity) = read.oddity {
            self.warn(name, oddity, text);
        }
        Some(read.value)
    }

    /// Takes a list of JSON objects with the place of each; a single object is a list of one.
    pub(crate) fn objects(&mut self, name: &str) -> Vec<(String, Map<String, Value>)> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let values = match value {
            Value::Array(values) => values,
            other => {
                self.warn(name, WarningKind::WrongShape, "a single value");
                vec![other]
            }
        };
        let mut objects = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            match value {
                Value::Object(object) => {
                    objects.push((format!("{}/{name}/{at}", self.pointer), object))
                }
                other => {
                    self.warn(&format!("{name}/{at}"), WarningKind::NotAnObject, &other.to_string())
                }
            }
        }
        objects
    }

    /// Takes a JSON object as its own text.
    pub(crate) fn json(&mut self, name: &str) -> Option<String> {
        self.take(name).map(|value| value.to_string())
    }

    /// Ends the reading: what nobody took is unknown to the standard, and is given back.
    pub(crate) fn finish(mut self) -> Map<String, Value> {
        self.object.retain(|name, value| !is_absent(value) && !TOLERATED.contains(&name.as_str()));
        for name in self.object.keys() {
            self.warnings.push(Warning::new(
                format!("{}/{}", self.pointer, escape(name)),
                WarningKind::UnknownField,
                name,
            ));
        }
        self.object
    }
}

/// Escapes a name for a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

/// Gives the whole number that a float stands for, where it is one that fits.
fn whole(number: f64) -> Option<i64> {
    let text = format!("{number:.0}");
    let parsed = text.parse::<i64>().ok()?;
    ((number - number.round()).abs() < f64::EPSILON).then_some(parsed)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Fields;
    use crate::record::{Warning, WarningKind};

    fn read<T>(object: Value, take: impl FnOnce(&mut Fields<'_>) -> T) -> (T, Vec<Warning>) {
        let Value::Object(object) = object else { panic!("an object") };
        let mut warnings = Vec::new();
        let mut fields = Fields::new(object, "/CFItems/0".to_owned(), &mut warnings);
        let taken = take(&mut fields);
        drop(fields.finish());
        (taken, warnings)
    }

    #[test]
    fn null_and_empty_are_absence() {
        let (texts, warnings) = read(json!({"a": null, "b": " ", "c": [], "d": "x"}), |fields| {
            ["a", "b", "c", "d"].map(|name| fields.text(name))
        });
        assert_eq!(texts, [None, None, None, Some("x".to_owned())]);
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_field_is_found_in_other_capitals_and_noted() {
        let (code, warnings) =
            read(json!({"HumanCodingScheme": "A.1"}), |fields| fields.text("humanCodingScheme"));
        assert_eq!(code.as_deref(), Some("A.1"));
        assert_eq!(warnings.first().map(|warning| warning.kind), Some(WarningKind::FieldAlias));
    }

    #[test]
    fn a_string_may_stand_for_a_list() {
        let (levels, warnings) = read(json!({"educationalLevel": "07, 08"}), |fields| {
            fields.texts(&["educationLevel", "educationalLevel"], true)
        });
        assert_eq!(levels, ["07", "08"]);
        let kinds: Vec<_> = warnings.iter().map(|warning| warning.kind).collect();
        assert_eq!(kinds, [WarningKind::FieldAlias, WarningKind::WrongShape]);
    }

    #[test]
    fn numbers_may_be_written_as_text() {
        let (read, warnings) =
            read(json!({"a": "12", "b": 3.0, "c": "many", "d": "1.5"}), |fields| {
                (fields.integer("a"), fields.integer("b"), fields.integer("c"), fields.number("d"))
            });
        assert_eq!(read, (Some(12), Some(3), None, Some(1.5)));
        assert_eq!(warnings.len(), 4);
    }

    #[test]
    fn what_nobody_takes_is_reported_with_its_place() {
        let ((), warnings) = read(json!({"x/y": 1, "CFDocumentURI": {"uri": "u"}}), |_| ());
        assert_eq!(warnings, [Warning::new("/CFItems/0/x~1y", WarningKind::UnknownField, "x/y")]);
    }
}
