//! A page of the list of frameworks, in every shape that servers give it.

use serde_json::{Map, Value};
use thiserror::Error;

use crate::source::case::field::{count, field};
use crate::source::case::listed::Listed;
use crate::source::case::status_info;

/// A page of [`CFDocuments`](https://www.imsglobal.org/spec/CASE/v1p1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The frameworks that have an identifier.
    pub documents: Vec<Listed>,
    /// How many rows it has, those without an identifier too.
    pub n_rows: u64,
    /// How many rows there are in all, as the body says.
    pub total: Option<u64>,
    /// How many rows a page has at most, as the body says.
    pub limit: Option<u64>,
}

/// Why an answer is no page of the list. None of these is an empty list.
#[derive(Debug, Error, PartialEq, Eq)]
pub(super) enum NoPage {
    /// The text is no JSON.
    #[error("it is no JSON: {0}")]
    NotJson(String),
    /// The server says with a status of success that it failed.
    #[error("the server says: {0}")]
    Failure(String),
    /// There is no list in it.
    #[error("there is no list of `CFDocuments` in it")]
    NoList,
    /// There are rows, and none of them is a framework.
    #[error("none of its {0} rows has an identifier")]
    NoIdentifiers(u64),
}

impl Page {
    /// Reads a page: `{CFDocuments: […]}` with keys in any letters, or nothing but the array.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, NoPage> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value =
            serde_json::from_slice(bytes).map_err(|error| NoPage::NotJson(error.to_string()))?;
        match &value {
            Value::Array(rows) => Self::of(rows, &Map::new()),
            Value::Object(object) => {
                if let Some(words) = status_info::failure(object) {
                    return Err(NoPage::Failure(words));
                }
                let rows = field(object, "CFDocuments").and_then(Value::as_array);
                Self::of(rows.ok_or_else(|| missing(object))?, object)
            }
            _ => Err(NoPage::NoList),
        }
    }

    fn of(rows: &[Value], beside: &Map<String, Value>) -> Result<Self, NoPage> {
        let documents: Vec<Listed> = rows.iter().filter_map(Listed::read).collect();
        let n_rows = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        if documents.is_empty() && n_rows > 0 {
            return Err(NoPage::NoIdentifiers(n_rows));
        }
        let limit = count(beside, "limit").filter(|limit| *limit > 0);
        Ok(Self { documents, n_rows, total: count(beside, "total"), limit })
    }
}

/// What is said of an object that holds no list.
fn missing(object: &Map<String, Value>) -> NoPage {
    status_info::said(object).map_or(NoPage::NoList, NoPage::Failure)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::source::case::link;

    fn identifiers(text: &str) -> Vec<String> {
        let page = Page::read(text.as_bytes()).unwrap();
        page.documents.into_iter().map(|listed| listed.identifier).collect()
    }

    #[test]
    fn a_list_has_many_shapes() {
        for text in [
            r#"{"CFDocuments":[{"identifier":"a"},{"identifier":"b"}]}"#,
            r#"{"cfDocuments":[{"identifier":"a"},{"identifier":"b"}],"total":14}"#,
            r#"{"CFDOCUMENTS":[{"Identifier":"a"},{"sourcedId":"b"}]}"#,
            r#"[{"identifier":"a"},{"identifier":"b"}]"#,
            "\u{feff}[{\"identifier\":\"a\"},{\"identifier\":\"b\"}]",
        ] {
            assert_eq!(identifiers(text), ["a", "b"], "{text}");
        }
    }

    #[test]
    fn a_body_may_say_total_and_limit() {
        let page = Page::read(br#"{"CFDocuments":[],"total":14,"limit":"2","offset":6}"#).unwrap();
        assert_eq!((page.n_rows, page.total, page.limit), (0, Some(14), Some(2)));
        let page = Page::read(br#"{"CFDocuments":[],"limit":0}"#).unwrap();
        assert_eq!((page.total, page.limit), (None, None));
    }

    #[test]
    fn an_error_is_no_empty_list() {
        let failure = |text: &str| Page::read(text.as_bytes()).unwrap_err();
        let words = |text: &str| NoPage::Failure(text.to_owned());
        assert_eq!(
            failure(r#"{"imsx_codeMajor":"failure","imsx_description":"down"}"#),
            words("down")
        );
        assert_eq!(
            failure(
                r#"{"CFDocuments":[],"imsx_StatusInfo":{"imsx_codeMajor":"failure","imsx_description":"down"}}"#
            ),
            words("down")
        );
        assert_eq!(failure(r#"{"message":"down"}"#), words("down"));
        assert_eq!(failure("{}"), NoPage::NoList);
        assert_eq!(failure(r#"{"CFDocuments":null}"#), NoPage::NoList);
        assert_eq!(failure("\"CFDocuments\""), NoPage::NoList);
        assert_eq!(failure(r#"[{"error":"down"}]"#), NoPage::NoIdentifiers(1));
        assert!(matches!(failure("<html>"), NoPage::NotJson(_)));
        assert!(matches!(failure(r#"{"CFDocuments":[{"identifier":"a"}"#), NoPage::NotJson(_)));
    }

    #[test]
    fn rows_without_an_identifier_are_counted_all_the_same() {
        let page = Page::read(br#"[{"identifier":"a"},{"title":"b"},7]"#).unwrap();
        assert_eq!((page.documents.len(), page.n_rows), (1, 3));
    }

    /// An exchange with a real server: its header fields, and its page.
    fn exchange(name: &str) -> Option<(String, Page)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = folder.join("../../shared/data/transcripts/compeito").join(name);
        let Ok(text) = fs::read_to_string(&path) else {
            println!("skipped: {} is not there", path.display());
            return None;
        };
        let text = text.replace("\r\n", "\n");
        let (_, answer) = text.split_once("\n\n")?;
        let (head, body) = answer.split_once("\n\n")?;
        Some((head.to_owned(), Page::read(body.trim().as_bytes()).ok()?))
    }

    fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    #[test]
    fn pages_of_a_real_server_are_read() {
        let mut identifiers = Vec::new();
        for (name, n_rows, has_next) in [
            ("166-many-noparams.http", 100, true),
            ("167-many-page2.http", 100, true),
            ("168-many-page3.http", 30, false),
        ] {
            let Some((head, page)) = exchange(name) else { return };
            assert_eq!((page.n_rows, page.total), (n_rows, None), "{name}");
            assert_eq!(header(&head, "x-total-count"), Some("230"));
            assert_eq!(link::next(header(&head, "link").unwrap()).is_some(), has_next, "{name}");
            identifiers.extend(page.documents.iter().map(Listed::key));
            assert!(page.documents.iter().all(|listed| listed.package.is_some()));
        }
        identifiers.sort();
        identifiers.dedup();
        assert_eq!(identifiers.len(), 230);
    }

    #[test]
    fn past_the_end_a_real_server_gives_an_empty_page_without_a_next() {
        let Some((head, page)) = exchange("007-documents-past-end.http") else { return };
        assert_eq!(page, Page::default());
        assert_eq!(link::next(header(&head, "link").unwrap()), None);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(page) = Page::read(&bytes) {
                prop_assert!(page.documents.len() as u64 <= page.n_rows);
            }
        }

        #[test]
        fn arbitrary_rows_never_panic(
            rows in proptest::collection::vec(
                r#"\{"(identifier|CFPackageURI|subject|lastChangeDateTime)":("[a-z0-9: -]{0,12}"|\{\}|\[\]|null|[0-9])\}"#,
                0..5,
            ),
        ) {
            let text = format!(r#"{{"CFDocuments":[{}]}}"#, rows.join(","));
            if let Ok(page) = Page::read(text.as_bytes()) {
                prop_assert_eq!(page.n_rows, rows.len() as u64);
            }
        }
    }
}
