//! The part of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-validation) that the description of the interface uses.
//!
//! A keyword that is not known here fails, so that nothing is passed over; those that only say what is meant are named in [`TOLD`].

use serde_json::{Map, Value};

/// Keywords that are about people or about other readers. Patterns and formats are checked where the description is tried by schemathesis.
const TOLD: [&str; 11] = [
    "contentMediaType",
    "contentSchema",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "format",
    "pattern",
    "title",
    "propertyNames",
];

/// A document with the schemas that refer to each other.
#[derive(Clone, Copy)]
pub(crate) struct Schemas<'a> {
    document: &'a Value,
}

impl<'a> Schemas<'a> {
    pub(crate) fn of(document: &'a Value) -> Self {
        Self { document }
    }

    /// Checks a value against a schema; says where it is otherwise.
    pub(crate) fn check(self, schema: &Value, value: &Value) -> Result<(), String> {
        self.at("", schema, value)
    }

    fn at(self, place: &str, schema: &Value, value: &Value) -> Result<(), String> {
        let keywords = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Object(keywords) => keywords,
            _ => return Err(format!("{place}: nothing may be here")),
        };
        for (keyword, told) in keywords {
            if !TOLD.contains(&keyword.as_str()) {
                self.keyword(place, (keyword, told), keywords, value)?;
            }
        }
        Ok(())
    }

    fn keyword(
        self,
        place: &str,
        (keyword, told): (&str, &Value),
        all: &Map<String, Value>,
        value: &Value,
    ) -> Result<(), String> {
        let holds = match keyword {
            "$ref" => return self.at(place, self.resolve(told), value),
            "type" => is_of(told, value),
            "enum" => told.as_array().unwrap().contains(value),
            "const" => told == value,
            "minimum" => value.as_f64().is_none_or(|n| n >= told.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= told.as_f64().unwrap()),
            "minLength" => length(value).is_none_or(|n| n >= told.as_u64().unwrap()),
            "maxLength" => length(value).is_none_or(|n| n <= told.as_u64().unwrap()),
            "minItems" => {
                items(value).is_none_or(|items| items.len() as u64 >= told.as_u64().unwrap())
            }
            "maxItems" => {
                items(value).is_none_or(|items| items.len() as u64 <= told.as_u64().unwrap())
            }
            "required" => has_all(told, value),
            "oneOf" | "anyOf" => return self.some(place, (keyword, told), value),
            "allOf" => {
                let mut all = told.as_array().unwrap().iter();
                return all.try_for_each(|schema| self.at(place, schema, value));
            }
            "properties" => return self.properties(place, told, value),
            "additionalProperties" => return self.others(place, (told, all), value),
            "prefixItems" | "items" => return self.items(place, (keyword, told), all, value),
            _ => return Err(format!("{place}: the keyword `{keyword}` is not known")),
        };
        if holds {
            Ok(())
        } else {
            Err(format!("{place}: `{keyword}` is {told}, and it is {value}"))
        }
    }

    fn resolve(self, reference: &Value) -> &'a Value {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        self.document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
    }

    fn some(
        self,
        place: &str,
        (keyword, told): (&str, &Value),
        value: &Value,
    ) -> Result<(), String> {
        let schemas = told.as_array().unwrap().iter();
        let outcomes: Vec<Result<(), String>> =
            schemas.map(|schema| self.at(place, schema, value)).collect();
        let n_good = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        if n_good == 1 || (n_good > 1 && keyword == "anyOf") {
            return Ok(());
        }
        let why: Vec<String> = outcomes.into_iter().filter_map(Result::err).collect();
        Err(format!("{place}: {n_good} of `{keyword}` fit: {why:?}"))
    }

    fn properties(self, place: &str, told: &Value, value: &Value) -> Result<(), String> {
        let Some(members) = value.as_object() else { return Ok(()) };
        let properties = told.as_object().unwrap();
        let mut known = members.iter().filter_map(|(name, value)| {
            properties.get(name).map(|schema| (format!("{place}/{name}"), schema, value))
        });
        known.try_for_each(|(place, schema, value)| self.at(&place, schema, value))
    }

    /// The members that are not among the properties.
    fn others(
        self,
        place: &str,
        (told, all): (&Value, &Map<String, Value>),
        value: &Value,
    ) -> Result<(), String> {
        let Some(members) = value.as_object() else { return Ok(()) };
        let known = all.get("properties").and_then(Value::as_object);
        let is_other = |name: &str| known.is_none_or(|known| !known.contains_key(name));
        let mut others = members.iter().filter(|(name, _)| is_other(name));
        others.try_for_each(|(name, value)| self.at(&format!("{place}/{name}"), told, value))
    }

    fn items(
        self,
        place: &str,
        (keyword, told): (&str, &Value),
        all: &Map<String, Value>,
        value: &Value,
    ) -> Result<(), String> {
        let Some(items) = value.as_array() else { return Ok(()) };
        let first = all.get("prefixItems").and_then(Value::as_array);
        let n_first = first.map_or(0, Vec::len);
        for (at, item) in items.iter().enumerate() {
            let place = format!("{place}/{at}");
            match keyword {
                "items" if at >= n_first => self.at(&place, told, item)?,
                "prefixItems" if at < n_first => self.at(&place, &told[at], item)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn is_of(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("{name} is no type"),
    };
    match types {
        Value::Array(types) => types.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

fn items(value: &Value) -> Option<&Vec<Value>> {
    value.as_array()
}

fn has_all(names: &Value, value: &Value) -> bool {
    let Some(members) = value.as_object() else { return true };
    names.as_array().unwrap().iter().all(|name| members.contains_key(name.as_str().unwrap()))
}
