//! Many questions of one body, and their answers in the same order.
//!
//! They come as a list in an object, or one a line, and so do the answers. One that cannot be read or answered spoils no other: the
//! problem stands in its place.

use std::time::Instant;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::server::answer::Answer;
use crate::server::batch::{invalid, json};
use crate::server::form::Form;
use crate::server::problem::Problem;
use crate::server::state::late;

/// Many questions.
#[derive(Debug)]
pub(super) struct Many {
    /// The questions, in their order.
    pub entries: Vec<Entry>,
    /// What else stands beside the list: it holds for all of them.
    pub rest: Map<String, Value>,
}

/// One question of many.
#[derive(Debug)]
pub(super) struct Entry {
    /// The line that it stands in, from 1, where each has one of its own.
    line: Option<usize>,
    /// Where it stands in the body, as a JSON Pointer.
    place: String,
    value: Result<Value, Problem>,
}

impl Many {
    /// Reads a body: an object with a list of this name and no more than so many entries, or as many lines.
    ///
    /// # Errors
    /// What is wrong with the whole.
    pub(super) fn read(
        form: Form,
        bytes: &[u8],
        (name, max): (&str, usize),
    ) -> Result<Self, Problem> {
        match form {
            Form::Lines => Self::of_lines(bytes, max),
            Form::Json => Self::of_object(object(bytes)?, (name, max)),
        }
    }

    /// The entries of a list in an object.
    pub(super) fn of_object(
        mut object: Map<String, Value>,
        (name, max): (&str, usize),
    ) -> Result<Self, Problem> {
        let place = format!("/{name}");
        let Some(Value::Array(values)) = object.shift_remove(name) else {
            return Err(invalid(&place, "a list is expected"));
        };
        bounded(&place, values.len(), max)?;
        let entries = values.into_iter().enumerate().map(|(at, value)| Entry {
            line: None,
            place: format!("{place}/{at}"),
            value: Ok(value),
        });
        Ok(Self { entries: entries.collect(), rest: object })
    }

    /// How many there are.
    pub(super) fn n(&self) -> usize {
        self.entries.len()
    }

    /// The entries of lines, those aside that are empty.
    pub(super) fn of_lines(bytes: &[u8], max: usize) -> Result<Self, Problem> {
        let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
        bounded("", lines.clone().count(), max)?;
        let entries = lines.map(|(line, number)| Entry {
            line: Some(number),
            place: String::new(),
            value: json(line),
        });
        Ok(Self { entries: entries.collect(), rest: Map::new() })
    }
}

/// Reads a body that is an object.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    match json(bytes)? {
        Value::Object(object) => Ok(object),
        _ => Err(invalid("", "an object is expected")),
    }
}

fn bounded(place: &str, n: usize, max: usize) -> Result<(), Problem> {
    if (1..=max).contains(&n) {
        return Ok(());
    }
    Err(invalid(place, format!("1 to {max} entries are expected, not {n}")).with("max", max))
}

/// How answers are made and written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Making<'a> {
    /// The name under which each stands.
    pub name: &'static str,
    /// The generation of the request.
    pub generation: u64,
    /// The form of the answers.
    pub form: Form,
    /// When no more of them is begun.
    pub end: Instant,
    /// The address by which the service knows itself.
    pub public_url: Option<&'a str>,
}

impl Making<'_> {
    /// Answers each question, by a generation that it names. Where the time is over, that stands in place of those which were not reached; the
    /// first always is.
    ///
    /// # Errors
    /// A fault of ours.
    pub(super) fn answers<T: Serialize>(
        self,
        entries: Vec<Entry>,
        mut make: impl FnMut(Value) -> Result<(u64, T), Problem>,
    ) -> Result<Answer, Problem> {
        let mut lines = Answer::of_lines();
        let mut answers = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let made = if index > 0 && Instant::now() > self.end {
                Err(late().into_json(self.public_url))
            } else {
                match entry.value.and_then(&mut make) {
                    Err(problem) if problem.is_ours() => return Err(problem),
                    Err(problem) => Err(problem.in_body(&entry.place).into_json(self.public_url)),
                    Ok(made) => Ok(made),
                }
            };
            let alone = (self.form == Form::Lines).then_some((index, entry.line));
            let each = Each { alone, name: self.name, made };
            match self.form {
                Form::Json => answers.push(each),
                Form::Lines => lines.line(&each)?,
            }
        }
        match self.form {
            Form::Json => Answer::of(&All { generation: self.generation, answers }),
            Form::Lines => Ok(lines),
        }
    }
}

/// All answers in one text.
#[derive(Serialize)]
struct All<T: Serialize> {
    generation: u64,
    answers: Vec<Each<T>>,
}

/// The answer to one of many: what was found in which generation, or what was wrong.
struct Each<T> {
    /// The number of the question, from 0, and its line, where the answer stands on a line of its own.
    alone: Option<(usize, Option<usize>)>,
    name: &'static str,
    made: Result<(u64, T), Value>,
}

impl<T: Serialize> Serialize for Each<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some((index, line)) = self.alone {
            map.serialize_entry("index", &index)?;
            if let Some(line) = line {
                map.serialize_entry("line", &line)?;
            }
        }
        match &self.made {
            Ok((generation, value)) => {
                map.serialize_entry("generation", generation)?;
                map.serialize_entry(self.name, value)?;
            }
            Err(problem) => map.serialize_entry("error", problem)?,
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use serde_json::Value;

    use super::{Each, Entry, Making, Many};
    use crate::server::form::Form;

    fn read(form: Form, body: &str) -> Result<Many, String> {
        Many::read(form, body.as_bytes(), ("texts", 3)).map_err(|problem| format!("{problem:?}"))
    }

    fn places(many: &Many) -> Vec<String> {
        let place =
            |entry: &Entry| format!("{:?} {} {}", entry.line, entry.place, entry.value.is_ok());
        many.entries.iter().map(place).collect()
    }

    #[test]
    fn a_list_and_lines_have_the_same_entries() {
        let list = read(Form::Json, r#"{"texts":["a",{"text":"b"}],"limit":3}"#).unwrap();
        assert_eq!(places(&list), ["None /texts/0 true", "None /texts/1 true"]);
        assert_eq!(list.rest["limit"], 3);
        let lines = read(Form::Lines, "\"a\"\n\n{\"text\"\n").unwrap();
        assert_eq!(places(&lines), ["Some(1)  true", "Some(3)  false"]);
    }

    #[test]
    fn too_few_and_too_many_are_refused() {
        for body in [r#"{"texts":[]}"#, r#"{"texts":[1,2,3,4]}"#, r#"{"texts":"a"}"#, "{}"] {
            assert!(read(Form::Json, body).unwrap_err().contains("\"/texts\""), "{body}");
        }
        assert!(read(Form::Json, "[]").unwrap_err().contains("an object is expected"));
        assert!(read(Form::Lines, "1\n2\n3\n4").is_err());
        assert!(read(Form::Lines, "\n").is_err());
    }

    #[test]
    fn what_is_not_reached_in_time_is_told_in_its_place() {
        let many = read(Form::Json, r#"{"texts":["a","b","c"]}"#).unwrap();
        let making = Making {
            name: "length",
            generation: 7,
            form: Form::Lines,
            end: Instant::now(),
            public_url: None,
        };
        let mut n_made = 0;
        let answer = making.answers(many.entries, |_| {
            n_made += 1;
            // However fast it is, the end is over after the first.
            while Instant::now() <= making.end {}
            Ok((7, 1))
        });
        assert!(answer.is_ok_and(|answer| answer.n_bytes() > 250), "only {n_made} were made");
        assert_eq!(n_made, 1);
    }

    #[test]
    fn an_answer_alone_says_which_it_is() {
        let each = Each { alone: Some((1, Some(3))), name: "texts", made: Ok((7, 0.25_f32)) };
        let text = serde_json::to_string(&each).unwrap();
        assert_eq!(text, r#"{"index":1,"line":3,"generation":7,"texts":0.25}"#);
        let wrong: Each<()> = Each { alone: None, name: "texts", made: Err(Value::from("why")) };
        assert_eq!(serde_json::to_string(&wrong).unwrap(), r#"{"error":"why"}"#);
    }
}
