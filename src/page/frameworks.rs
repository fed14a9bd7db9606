//! `/frameworks`: all frameworks, narrowed and searched by name.

use askama::Template;

use crate::page::shell::Shell;
use crate::page::status::Status;

/// A page of the frameworks.
#[derive(Template)]
#[template(path = "frameworks.html")]
pub(crate) struct FrameworksPage {
    pub shell: Shell,
    /// The words that were searched for.
    pub text: String,
    /// How many frameworks there are on all pages.
    pub n: usize,
    pub rows: Vec<FrameworkRow>,
    /// What the list can be narrowed by.
    pub choices: Vec<Choice>,
    /// Whether anything narrows it.
    pub is_narrowed: bool,
    /// The address of the next page.
    pub next: Option<String>,
    /// The address of the first page, where this is a later one.
    pub first: Option<String>,
}

/// A framework in short.
pub(crate) struct FrameworkRow {
    pub href: String,
    pub title: String,
    /// The language of the title.
    pub language: Option<String>,
    pub publisher: Option<String>,
    pub version: Option<String>,
    /// The adoption status as its publisher writes it.
    pub status: Option<String>,
    /// Why it should not be used without a thought; none where nothing speaks against it.
    pub doubt: Option<Status>,
    pub standard: &'static str,
    pub n_competencies: usize,
    pub license: Option<String>,
    pub source: String,
    /// The day of its last change.
    pub changed: Option<String>,
}

/// One way to narrow the list.
pub(crate) struct Choice {
    /// The name of the parameter.
    pub name: &'static str,
    /// What a person reads.
    pub label: String,
    pub values: Vec<Value>,
}

/// A value to narrow by.
pub(crate) struct Value {
    /// As the parameter has it.
    pub given: String,
    /// What a person reads.
    pub label: String,
    /// How many frameworks have it.
    pub n: usize,
    pub is_chosen: bool,
}

impl FrameworkRow {
    /// The licence that stands on every row, so that nobody takes silence for permission.
    pub(crate) fn license(&self, shell: &Shell) -> String {
        self.license.clone().unwrap_or_else(|| shell.say("licence-none-short"))
    }
}

impl Choice {
    /// Whether there is anything to choose.
    pub(crate) fn is_useful(&self) -> bool {
        self.values.len() > 1 || self.values.iter().any(|value| value.is_chosen)
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::{Choice, FrameworkRow, FrameworksPage, Status, Value};
    use crate::page::shell::Shell;

    fn page() -> FrameworksPage {
        let row = FrameworkRow {
            href: "/frameworks/1".to_owned(),
            title: "<script>Knots</script>".to_owned(),
            language: Some("de".to_owned()),
            publisher: Some("A & B".to_owned()),
            version: None,
            status: Some("Draft".to_owned()),
            doubt: Some(Status { class: "bad", words: "Withdrawn".to_owned() }),
            standard: "CASE",
            n_competencies: 1,
            license: None,
            source: "shelf".to_owned(),
            changed: None,
        };
        let value = |value: &str, is_chosen| Value {
            given: value.to_owned(),
            label: value.to_owned(),
            n: 2,
            is_chosen,
        };
        let choice = |name, values| Choice { name, label: name.to_owned(), values };
        FrameworksPage {
            shell: Shell::new("/frameworks", Some(7)),
            text: "\"kn".to_owned(),
            n: 1,
            rows: vec![row],
            choices: vec![
                choice("subject", vec![value("a\"b", true)]),
                choice("language", vec![value("de", false)]),
            ],
            is_narrowed: true,
            next: None,
            first: None,
        }
    }

    #[test]
    fn what_is_published_is_text_and_what_was_chosen_stays_chosen() {
        let text = page().render().unwrap();
        for part in [
            "&#60;script&#62;Knots",
            "lang=\"de\"",
            "A &#38; B",
            "1 competency",
            "value=\"&#34;kn\"",
            "<option value=\"a&#34;b\" selected>",
            "No licence stated",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("<script>Knots") && !text.contains("name=\"language\""), "{text}");
    }

    #[test]
    fn nothing_found_is_said_with_the_way_back() {
        let text = FrameworksPage { n: 0, rows: Vec::new(), ..page() }.render().unwrap();
        assert!(text.contains("No framework is found"), "{text}");
        assert!(text.contains("href=\"/frameworks\""), "{text}");
    }
}
