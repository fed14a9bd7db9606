//! The members of a JSON object that lies in memory, as they stand in its text.
//!
//! Like the scanner of whole texts it looks at strings, escapes and brackets only: what it cuts out may still be bad JSON.

use crate::source::files::value::JsonKind;
use crate::syntax::Syntax;

/// A member of an object: the characters of its key as they are spelled, and the text of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) struct Member<'t> {
    pub key: &'t [u8],
    pub value: &'t [u8],
}

impl<'t> Member<'t> {
    /// The characters between the quotation marks, where the value is a string.
    pub(in crate::source) fn string(&self) -> Option<&'t [u8]> {
        self.value.strip_prefix(b"\"")?.strip_suffix(b"\"")
    }
}

/// Cuts an object into its members; brackets may nest `depth` levels deep in each.
pub(in crate::source) fn members(text: &[u8], depth: usize) -> Result<Vec<Member<'_>>, Syntax> {
    let mut rest = Rest(text);
    rest.token(b'{', "`{`")?;
    let mut members = Vec::new();
    if rest.after_space()? == b'}' {
        rest.token(b'}', "`}`")?;
        return rest.end(members);
    }
    loop {
        let key = rest.key()?;
        rest.token(b':', "`:`")?;
        members.push(Member { key, value: rest.value(depth)? });
        if rest.after_space()? == b'}' {
            rest.token(b'}', "`}`")?;
            return rest.end(members);
        }
        rest.token(b',', "`,` or `}`")?;
    }
}

/// The member of this name, the last one where there are several, as it is for those who parse.
pub(in crate::source) fn member<'m, 't>(
    members: &'m [Member<'t>],
    name: &str,
) -> Option<&'m Member<'t>> {
    members.iter().rfind(|member| member.key == name.as_bytes())
}

/// What is left of the text.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    /// The next byte that is no white space.
    fn after_space(&mut self) -> Result<u8, Syntax> {
        self.0 = self.0.trim_ascii_start();
        self.0.first().copied().ok_or(Syntax::Truncated)
    }

    fn take(&mut self, length: usize) -> Result<&'t [u8], Syntax> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Syntax::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn token(&mut self, byte: u8, expected: &'static str) -> Result<(), Syntax> {
        match self.after_space()? {
            found if found == byte => self.take(1).map(drop),
            found => Err(Syntax::Unexpected { found, expected }),
        }
    }

    fn key(&mut self) -> Result<&'t [u8], Syntax> {
        let found = self.after_space()?;
        if found != b'"' {
            return Err(Syntax::Unexpected { found, expected: "a key" });
        }
        let quoted = self.take(bracketed(self.0, 0)?)?;
        Ok(quoted.get(1..quoted.len() - 1).unwrap_or_default())
    }

    fn value(&mut self, depth: usize) -> Result<&'t [u8], Syntax> {
        let found = self.after_space()?;
        let length = match JsonKind::beginning_with(found) {
            Some(JsonKind::Number | JsonKind::Literal) => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'}');
                self.0.iter().position(ends).ok_or(Syntax::Truncated)?
            }
            Some(JsonKind::Object | JsonKind::Array | JsonKind::String) => {
                bracketed(self.0, depth)?
            }
            None => return Err(Syntax::Unexpected { found, expected: "a JSON value" }),
        };
        self.take(length)
    }

    fn end<T>(&self, members: T) -> Result<T, Syntax> {
        match self.0.trim_ascii_start().first() {
            None => Ok(members),
            Some(&found) => Err(Syntax::Trailing { found }),
        }
    }
}

/// The length of the string, object or array that the text begins with.
fn bracketed(text: &[u8], depth: usize) -> Result<usize, Syntax> {
    let mut closers = Vec::new();
    let (mut in_string, mut is_escaped) = (false, false);
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' if closers.len() >= depth => return Err(Syntax::TooDeep { limit: depth }),
            b'{' => closers.push(b'}'),
            b'[' => closers.push(b']'),
            b'}' | b']' => close(&mut closers, byte)?,
            _ => {}
        }
        if closers.is_empty() && !in_string {
            return Ok(at + 1);
        }
    }
    Err(Syntax::Truncated)
}

fn close(closers: &mut Vec<u8>, found: u8) -> Result<(), Syntax> {
    match closers.pop() {
        Some(closer) if closer == found => Ok(()),
        Some(b'}') => Err(Syntax::Unexpected { found, expected: "`}`" }),
        _ => Err(Syntax::Unexpected { found, expected: "`]`" }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let members = members(text.as_bytes(), 3).unwrap();
        let members: Vec<(&str, &str)> = members
            .iter()
            .map(|member| {
                let text = |bytes| std::str::from_utf8(bytes).unwrap();
                (text(member.key), text(member.value))
            })
            .collect();
        assert_eq!(members, expected, "{text}");
    }

    #[test]
    fn members_come_as_they_stand_in_the_text() {
        check("{}", &[]);
        check(" { } ", &[]);
        check(
            "{\"a\": 1.0 ,\"b\":{\"c\" : [1,2]}\n, \"d\":\"x\\\"}\", \"e\":null}",
            &[("a", "1.0"), ("b", "{\"c\" : [1,2]}"), ("d", "\"x\\\"}\""), ("e", "null")],
        );
        check("{\"a\":[[[]]],\"a\":true}", &[("a", "[[[]]]"), ("a", "true")]);
    }

    #[test]
    fn of_two_members_of_one_name_the_last_counts() {
        let members = members(br#"{"a":"x","a":"y"}"#, 1).unwrap();
        assert_eq!(member(&members, "a").unwrap().string(), Some(&b"y"[..]));
        assert_eq!(member(&members, "b"), None);
    }

    #[track_caller]
    fn check_bad(text: &str, expected: &str) {
        assert_eq!(members(text.as_bytes(), 3).unwrap_err().to_string(), expected, "{text}");
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        check_bad("", "the text ends too early");
        check_bad("[]", "`[` stands where `{` should");
        check_bad("{\"a\":1", "the text ends too early");
        check_bad("{\"a\":{\"b\":1]", "`]` stands where `}` should");
        check_bad("{\"a\":[1}", "`}` stands where `]` should");
        check_bad("{\"a\" 1}", "`1` stands where `:` should");
        check_bad("{\"a\":1 2}", "`2` stands where `,` or `}` should");
        check_bad("{a:1}", "`a` stands where a key should");
        check_bad("{\"a\":,}", "`,` stands where a JSON value should");
        check_bad("{\"a\":1}{", "`{` follows the value on the same line");
        check_bad("{\"a\":[[[[]]]]}", "brackets nest deeper than 3 levels");
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z\\\\\"{}:,é]{0,4}", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn members_are_those_that_a_parser_finds(
            object in prop::collection::btree_map(".{0,4}", value(), 0..5),
            pretty in any::<bool>(),
        ) {
            let object: Map<String, Value> = object.into_iter().collect();
            let text = if pretty { serde_json::to_vec_pretty(&object) } else { serde_json::to_vec(&object) };
            let text = text.unwrap();
            let found: Map<String, Value> = members(&text, 128)
                .unwrap()
                .iter()
                .map(|member| {
                    let key = [b"\"", member.key, b"\""].concat();
                    (serde_json::from_slice(&key).unwrap(), serde_json::from_slice(member.value).unwrap())
                })
                .collect();
            prop_assert_eq!(found, object);
        }

        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..100)) {
            drop(members(&text, 4));
            drop(members(&[b"{\"a\":", text.as_slice()].concat(), 4));
        }
    }
}
