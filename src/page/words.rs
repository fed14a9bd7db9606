//! The texts of the pages, each under a name, in [Fluent](https://projectfluent.org/).

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The texts in English.
const ENGLISH: &str = include_str!("../web/words/en.ftl");

/// The texts of the pages in one language.
pub(crate) struct Words {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new("en", ENGLISH));

impl Words {
    /// The texts in the one language there is so far.
    pub(crate) fn english() -> &'static Self {
        &WORDS
    }

    fn new(language: &'static str, texts: &str) -> Self {
        let language_of_rules: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language_of_rules]);
        // Published words have their own direction by `dir="auto"`; marks in the middle of a text would be copied along.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(grouped(&number.as_string())),
            _ => None,
        }));
        // A test holds that nothing in the file is wrong.
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(texts.to_owned());
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// The tag of the language.
    pub(crate) fn language(&self) -> &'static str {
        self.language
    }

    /// The text of a name.
    pub(crate) fn say(&self, name: &str) -> String {
        self.with(name, &FluentArgs::new())
    }

    /// The text of a name with the number `n` in it, in the form that goes with it.
    pub(crate) fn count(&self, name: &str, n: u64) -> String {
        let mut values = FluentArgs::new();
        values.set("n", n);
        self.with(name, &values)
    }

    /// The text of a name with values in it.
    pub(crate) fn with(&self, name: &str, values: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(name).and_then(|message| message.value());
        // Its name is more use to whoever reads than nothing; a test holds that every name that is asked for is there.
        let Some(pattern) = pattern else { return name.to_owned() };
        self.bundle.format_pattern(pattern, Some(values), &mut Vec::new()).into_owned()
    }
}

/// A number with a comma before every three digits from the right.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use fluent_bundle::{FluentArgs, FluentResource};

    use super::{ENGLISH, Words, grouped};

    /// What asks for a text by its name.
    const CALLS: [&str; 5] = ["say", "count", "tell", "fill", "numbers"];

    /// Every name of the file.
    fn names() -> BTreeSet<&'static str> {
        let lines = ENGLISH.lines().filter(|line| !line.starts_with([' ', '#', '}']));
        lines.filter_map(|line| line.split_once(" =")).map(|(name, _)| name).collect()
    }

    /// Every text as it stands in the file, by its name.
    fn texts() -> BTreeMap<&'static str, String> {
        let mut texts: BTreeMap<&'static str, String> = BTreeMap::new();
        let mut name = "";
        for line in ENGLISH.lines() {
            if !line.starts_with([' ', '}']) {
                name = line.split_once(" =").map_or("", |(name, _)| name);
            }
            texts.entry(name).or_default().push_str(line);
        }
        let names = names();
        texts.retain(|name, _| names.contains(name));
        texts
    }

    /// The values that a text has places for.
    fn places(text: &str) -> BTreeSet<&str> {
        let after = text.split('$').skip(1);
        after.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).collect()
    }

    /// The names of the texts that a call asks for, each with what it hands over besides.
    fn asked<'a>(code: &'a str, call: &str) -> Vec<(&'a str, &'a str)> {
        let opening = format!("{call}(");
        let calls = code.split(opening.as_str()).skip(1);
        let named = calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
        named.map(|(name, rest)| (name, closed(rest))).collect()
    }

    /// A text up to the parenthesis that closes it.
    fn closed(text: &str) -> &str {
        let mut n_open = 1;
        let end = text.find(|letter: char| {
            match letter {
                '(' => n_open += 1,
                ')' => n_open -= 1,
                _ => {}
            }
            n_open == 0
        });
        text.split_at(end.unwrap_or(text.len())).0
    }

    /// Every file below a folder.
    fn below(folder: &Path) -> Vec<String> {
        let mut texts = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                texts.extend(below(&path));
            } else {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
        texts
    }

    #[test]
    fn the_file_is_whole_and_names_nothing_twice() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
        let lines = ENGLISH.lines().filter(|line| !line.starts_with([' ', '#', '}']));
        assert_eq!(lines.filter(|line| line.contains(" =")).count(), names().len());
    }

    #[test]
    fn every_text_is_asked_for_and_what_is_asked_for_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let folders = ["web/templates", "page", "server/pages"];
        let code = folders.map(|folder| below(&root.join(folder)).join("\n")).join("\n");
        let is_named = |name: &str| code.contains(&format!("\"{name}\""));
        for name in names() {
            // A reason is asked for by the name of what it is the reason of.
            let is_reason = name.strip_suffix("-why").is_some_and(is_named);
            assert!(is_named(name) || is_reason, "nobody asks for {name}");
        }
        let texts = texts();
        for call in CALLS {
            let asked = asked(&code, call);
            assert!(!asked.is_empty(), "nobody calls {call}");
            for (name, values) in asked {
                let text = texts.get(name).unwrap_or_else(|| panic!("{name} is not there"));
                for place in places(text) {
                    let is_given = call == "count" && place == "n"
                        || values.contains(&format!("\"{place}\""))
                        // What is gathered before the call is not looked into.
                        || values.trim_end().ends_with("values");
                    assert!(is_given, "{name} is not told its {place}: {values}");
                }
            }
        }
    }

    #[test]
    fn every_text_can_be_written() {
        let bundle = &Words::english().bundle;
        for (name, text) in texts() {
            let values: FluentArgs<'_> =
                places(&text).into_iter().map(|place| (place, 2_u64)).collect();
            let message = bundle.get_message(name).unwrap();
            let mut errors = Vec::new();
            let written =
                bundle.format_pattern(message.value().unwrap(), Some(&values), &mut errors);
            assert!(errors.is_empty() && !written.is_empty(), "{name}: {errors:?}");
        }
    }

    #[test]
    fn numbers_are_grouped_and_choose_their_form() {
        for (digits, expected) in
            [("7", "7"), ("999", "999"), ("1000", "1,000"), ("1234567.5", "1,234,567.5")]
        {
            assert_eq!(grouped(digits), expected);
        }
        assert_eq!(Words::english().count("footer-generation", 1234), "Generation 1,234");
        let unknown = "no such name";
        assert_eq!(Words::english().say(unknown), unknown);
    }
}
