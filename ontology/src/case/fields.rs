//! The fields of one JSON object, taken out one by one and whatever their shape, with a note of everything odd.

use serde_json::{Map, Value};

use crate::date;
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;

/// One JSON object that is being read.
pub(crate) struct Fields<'a> {
    object: Map<String, Value>,
    pointer: Pointer,
    oddities: &'a mut Oddities,
}

/// Fields of other documents' copies of an entity: legitimate elsewhere in the standard, and not worth a word here.
const TOLERATED: &[&str] = &["CFDocumentURI", "CFPackageURI", "CFItemAssociationURI"];

/// A field that was taken: the name it stood under, and its value.
pub(crate) type Field = (String, Value);

/// An object inside another, with its place.
pub(crate) type Placed = (Pointer, Map<String, Value>);

impl<'a> Fields<'a> {
    /// Starts on an object that stands at `pointer`.
    pub(crate) fn new(
        object: Map<String, Value>,
        pointer: Pointer,
        oddities: &'a mut Oddities,
    ) -> Self {
        Self { object, pointer, oddities }
    }

    /// Starts on an object inside this one.
    pub(crate) fn nested(&mut self, object: Map<String, Value>, pointer: Pointer) -> Fields<'_> {
        Fields::new(object, pointer, self.oddities)
    }

    /// The place of the object.
    pub(crate) fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    /// Notes an oddity at a place inside the object.
    pub(crate) fn note(&mut self, place: &Pointer, kind: WarningKind, detail: &str) {
        self.oddities.note(place, kind, detail);
    }

    /// Notes an oddity of one field.
    fn warn(&mut self, name: &str, kind: WarningKind, detail: &str) {
        self.oddities.note(&self.pointer.member(name), kind, detail);
    }

    /// Tells which of these fields are absent; an unreadable value is no absence.
    pub(crate) fn missing(&self, names: &[&'static str]) -> Vec<&'static str> {
        let is_there = |name: &str| {
            self.object
                .iter()
                .any(|(key, value)| key.eq_ignore_ascii_case(name) && !is_absent(value))
        };
        names.iter().copied().filter(|name| !is_there(name)).collect()
    }

    /// Takes a field; `null`, an empty string, an empty array and absence are one.
    pub(crate) fn take(&mut self, name: &str) -> Option<Field> {
        self.take_any(&[name])
    }

    /// Takes the first field that is there under any of its names, the standard's first.
    pub(crate) fn take_any(&mut self, names: &[&str]) -> Option<Field> {
        let standard = names.first().copied().unwrap_or_default();
        for name in names {
            let exact = self.object.shift_remove_entry(*name);
            let Some((found, value)) = exact.or_else(|| self.take_miscapitalised(name)) else {
                continue;
            };
            if is_absent(&value) {
                continue;
            }
            if found != standard {
                self.warn(&found, WarningKind::FieldAlias, standard);
            }
            return Some((found, value));
        }
        None
    }

    fn take_miscapitalised(&mut self, name: &str) -> Option<Field> {
        let found = self.object.keys().find(|key| key.eq_ignore_ascii_case(name))?.clone();
        self.object.shift_remove_entry(&found)
    }

    /// Takes a text; a number or a truth value is written out, an array of one text is that text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.text_any(&[name])
    }

    /// Takes a text under any of its names.
    pub(crate) fn text_any(&mut self, names: &[&str]) -> Option<String> {
        let (name, value) = self.take_any(names)?;
        self.as_text(&name, value)
    }

    /// Reads a value that was taken as a text.
    pub(crate) fn as_text(&mut self, name: &str, value: Value) -> Option<String> {
        let understood = match &value {
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Array(values) => match values.as_slice() {
                [Value::String(text)] => Some(text.clone()),
                _ => None,
            },
            _ => None,
        };
        if let Value::String(text) = value {
            return Some(text);
        }
        self.note_shape(name, &value, understood.is_some());
        understood
    }

    /// Notes that a value had another shape than the standard's, and whether it was understood all the same.
    fn note_shape(&mut self, name: &str, value: &Value, is_understood: bool) {
        let kind =
            if is_understood { WarningKind::WrongShape } else { WarningKind::UnreadableValue };
        self.warn(name, kind, &shown(value));
    }

    /// Takes a text that holds several, parted by `separator`; an array of texts is joined by it.
    pub(crate) fn joined(&mut self, name: &str, separator: &str) -> Option<String> {
        let (found, value) = self.take(name)?;
        let Value::Array(values) = value else { return self.as_text(&found, value) };
        self.warn(&found, WarningKind::WrongShape, "an array for a text");
        Some(self.as_texts(&found, values).join(separator)).filter(|text| !text.is_empty())
    }

    /// Takes a list of texts; a single text is a list of one, split at commas where `split` says so.
    pub(crate) fn texts(&mut self, names: &[&str], split: bool) -> Vec<String> {
        let Some((name, value)) = self.take_any(names) else { return Vec::new() };
        let values = match value {
            Value::Array(values) => return self.as_texts(&name, values),
            Value::String(text) => {
                let parts = if split { text.split(',').collect() } else { vec![text.as_str()] };
                let parts: Vec<String> =
                    parts.into_iter().map(|part| part.trim().to_owned()).collect();
                self.warn(&name, WarningKind::WrongShape, &text);
                parts
            }
            Value::Number(number) => {
                self.warn(&name, WarningKind::WrongShape, &number.to_string());
                vec![number.to_string()]
            }
            other => {
                self.note_shape(&name, &other, false);
                Vec::new()
            }
        };
        values.into_iter().filter(|text| !text.is_empty()).collect()
    }

    fn as_texts(&mut self, name: &str, values: Vec<Value>) -> Vec<String> {
        let mut texts = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            let understood = match value {
                ref absent if is_absent(absent) => continue,
                Value::String(text) => {
                    texts.push(text);
                    continue;
                }
                Value::Number(ref number) => Some(number.to_string()),
                _ => None,
            };
            let place = self.pointer.member(name).element(at);
            let kind = if understood.is_some() {
                WarningKind::WrongShape
            } else {
                WarningKind::UnreadableValue
            };
            self.note(&place, kind, &shown(&value));
            texts.extend(understood);
        }
        texts
    }

    /// Takes a whole number; one written as text or with a zero fraction is understood.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let (name, value) = self.take(name)?;
        if let Some(number) = value.as_i64() {
            return Some(number);
        }
        let understood = match &value {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            Value::Number(number) => number.as_f64().and_then(whole),
            _ => None,
        };
        self.note_shape(&name, &value, understood.is_some());
        understood
    }

    /// Takes a number; one written as text is understood.
    pub(crate) fn number(&mut self, name: &str) -> Option<f64> {
        let (name, value) = self.take(name)?;
        if let Some(number) = value.as_f64() {
            return Some(number);
        }
        let parsed = value.as_str().and_then(|text| text.trim().parse::<f64>().ok());
        let understood = parsed.filter(|number| number.is_finite());
        self.note_shape(&name, &value, understood.is_some());
        understood
    }

    /// Takes a date-time, as RFC 3339.
    pub(crate) fn date_time(&mut self, name: &str) -> Option<String> {
        self.dated(name, date::date_time)
    }

    /// Takes a date, as `YYYY-MM-DD`.
    pub(crate) fn date(&mut self, name: &str) -> Option<String> {
        self.dated(name, date::date)
    }

    fn dated(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Option<date::Read>,
    ) -> Option<String> {
        let (name, value) = self.take(name)?;
        let text = self.as_text(&name, value)?;
        let Some(read) = read(&text) else {
            self.warn(&name, WarningKind::InvalidDate, &text);
            return None;
        };
        if let Some(oddity) = read.oddity {
            self.warn(&name, oddity, &text);
        }
        Some(read.value)
    }

    /// Takes a list of JSON objects with the place of each; a single object is a list of one.
    pub(crate) fn objects(&mut self, name: &str) -> Vec<Placed> {
        let Some((name, value)) = self.take(name) else { return Vec::new() };
        let place = self.pointer.member(&name);
        let values = match value {
            Value::Array(values) => values,
            Value::Object(object) => {
                self.warn(&name, WarningKind::WrongShape, "a single object for an array");
                return vec![(place, object)];
            }
            other => {
                self.warn(&name, WarningKind::NotAnObject, &shown(&other));
                return Vec::new();
            }
        };
        let mut objects = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            match value {
                Value::Object(object) => objects.push((place.element(at), object)),
                Value::Null => {}
                other => self.note(&place.element(at), WarningKind::NotAnObject, &shown(&other)),
            }
        }
        objects
    }

    /// Ends the reading: what nobody took is unknown to the standard, and is given back.
    pub(crate) fn finish(mut self) -> Map<String, Value> {
        self.object.retain(|name, value| !is_absent(value) && !TOLERATED.contains(&name.as_str()));
        for name in self.object.keys() {
            self.oddities.note(&self.pointer.member(name), WarningKind::UnknownField, name);
        }
        self.object
    }
}

/// Says a value in few words, however large it is.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => text.clone(),
        scalar => scalar.to_string(),
    }
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
    use crate::oddities::Oddities;
    use crate::pointer::Pointer;
    use crate::record::{Warning, WarningKind};

    fn read<T>(object: Value, take: impl FnOnce(&mut Fields<'_>) -> T) -> (T, Vec<Warning>) {
        let Value::Object(object) = object else { panic!("an object") };
        let mut oddities = Oddities::default();
        let place = Pointer::default().member("CFItems").element(0);
        let mut fields = Fields::new(object, place, &mut oddities);
        let taken = take(&mut fields);
        drop(fields.finish());
        (taken, oddities.finish().0)
    }

    #[test]
    fn null_and_empty_are_absence() {
        let (texts, warnings) = read(json!({"a": null, "b": " ", "c": [], "d": "x"}), |fields| {
            assert_eq!(fields.missing(&["a", "b", "c", "d", "e"]), ["a", "b", "c", "e"]);
            ["a", "b", "c", "d"].map(|name| fields.text(name))
        });
        assert_eq!(texts, [None, None, None, Some("x".to_owned())]);
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_field_is_found_in_other_capitals_and_noted_where_it_stands() {
        let (code, warnings) = read(json!({"HumanCodingScheme": ["A.1"]}), |fields| {
            assert_eq!(fields.missing(&["humanCodingScheme"]), [""; 0]);
            fields.text("humanCodingScheme")
        });
        assert_eq!(code.as_deref(), Some("A.1"));
        let place = "/CFItems/0/HumanCodingScheme";
        assert_eq!(
            warnings,
            [
                Warning::new(place, WarningKind::FieldAlias, "humanCodingScheme"),
                Warning::new(place, WarningKind::WrongShape, "an array"),
            ]
        );
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
    fn a_list_may_stand_for_a_joined_text() {
        let (words, warnings) =
            read(json!({"keywords": ["a", 2, null, {}]}), |fields| fields.joined("keywords", "]"));
        assert_eq!(words.as_deref(), Some("a]2"));
        let places: Vec<_> = warnings.iter().map(|warning| warning.pointer.as_str()).collect();
        let at = "/CFItems/0/keywords";
        assert_eq!(places, [at, &format!("{at}/1"), &format!("{at}/3")]);
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
