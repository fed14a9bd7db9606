//! Cuts a text into documents and hands each one over.
//!
//! The objects of a text are its documents, and the objects of an array that the text holds; other values are passed over. The
//! document that is a text's own value is ended as good only when nothing wrong follows it: not a byte of text, not a wrong
//! checksum.

use crate::error::FaultKind;
use crate::source::files::cutter::Cutter;
use crate::source::files::delivery::{Delivery, Halted};
use crate::source::files::place::{Label, Position};
use crate::source::files::scan::{Event, Scanner};
use crate::source::files::sink::{Skip, Stop};
use crate::source::files::value::{JsonKind, Opening};
use crate::syntax::Syntax;

/// Cuts one text.
#[derive(Debug)]
pub(super) struct Slicer<'l> {
    scanner: Scanner,
    cut: Cut<'l>,
}

impl<'l> Slicer<'l> {
    /// Begins a text whose first `offset` bytes, a byte order mark, are left out.
    pub(super) fn new(label: &'l Label, depth: usize, offset: u64) -> Self {
        Self {
            scanner: Scanner::new(label.naming, depth, offset),
            cut: Cut { label, current: Current::Nothing, is_element: false },
        }
    }
}

impl Cutter for Slicer<'_> {
    fn is_done(&self) -> bool {
        self.scanner.is_dead()
    }

    fn feed(&mut self, chunk: &[u8], delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        self.scanner.feed(chunk, &mut |event| self.cut.on(event, delivery))
    }

    fn finish(&mut self, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        if self.scanner.is_empty() {
            self.fail(FaultKind::Empty, delivery);
            return Ok(());
        }
        self.scanner.finish(&mut |event| self.cut.on(event, delivery))?;
        self.cut.settle(delivery);
        Ok(())
    }

    fn fail(&mut self, kind: FaultKind, delivery: &mut Delivery<'_>) {
        let at = self.scanner.position();
        self.cut.fail((at != Position::START).then_some(at), kind, delivery);
    }
}

/// The document that is being handed over.
#[derive(Debug)]
struct Cut<'l> {
    label: &'l Label,
    current: Current,
    is_element: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Current {
    /// No value is open.
    Nothing,
    /// A document of so many bytes is open.
    Document(u64),
    /// A document has come to its end, and what follows will show whether it is good.
    Held,
    /// A value is open that is handed over no further.
    PassedOver,
}

impl Cut<'_> {
    fn on(&mut self, event: Event<'_>, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        match event {
            Event::Open(opening) => self.open(&opening, delivery)?,
            Event::Text(text) => self.text(text, delivery)?,
            Event::Close => self.close(delivery),
            Event::EmptyArray(opening) => {
                self.settle(delivery);
                delivery.skipped(&self.label.value(&opening), Skip::EmptyArray);
            }
            Event::Fault(syntax, at) => self.syntax(syntax, at, delivery),
        }
        Ok(())
    }

    fn open(&mut self, opening: &Opening, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        self.settle(delivery);
        let place = self.label.value(opening);
        self.is_element = opening.element.is_some();
        if opening.kind != JsonKind::Object {
            delivery.skipped(&place, Skip::NotAnObject(opening.kind));
            self.current = Current::PassedOver;
            return Ok(());
        }
        self.current = Current::Document(0);
        let outcome = delivery.begin(&place);
        self.heed(outcome, delivery)
    }

    fn text(&mut self, text: &[u8], delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        let Current::Document(bytes) = self.current else { return Ok(()) };
        let bytes = bytes.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        let limit = delivery.limits().document_bytes;
        if bytes > limit {
            delivery.fail(None, FaultKind::DocumentTooLarge { limit });
            self.current = Current::PassedOver;
            return Ok(());
        }
        self.current = Current::Document(bytes);
        let outcome = delivery.bytes(text);
        self.heed(outcome, delivery)
    }

    /// Does what the sink asked for.
    fn heed(
        &mut self,
        outcome: Result<(), Stop>,
        delivery: &mut Delivery<'_>,
    ) -> Result<(), Halted> {
        let Err(stop) = outcome else { return Ok(()) };
        delivery.fail(None, FaultKind::Stopped);
        self.current = Current::PassedOver;
        if stop == Stop::Walk { Err(Halted) } else { Ok(()) }
    }

    fn close(&mut self, delivery: &mut Delivery<'_>) {
        self.current = match self.current {
            Current::Document(_) if self.is_element => {
                delivery.complete();
                Current::Nothing
            }
            Current::Document(_) => Current::Held,
            Current::Nothing | Current::Held | Current::PassedOver => Current::Nothing,
        };
    }

    /// Ends the document that waits, because nothing wrong has followed it.
    fn settle(&mut self, delivery: &mut Delivery<'_>) {
        if self.current == Current::Held {
            delivery.complete();
            self.current = Current::Nothing;
        }
    }

    fn syntax(&mut self, syntax: Syntax, at: Position, delivery: &mut Delivery<'_>) {
        // A line that follows a good line is another text: what is wrong with it is no fault of the good one.
        if !matches!(syntax, Syntax::Trailing { .. }) && self.label.is_lines() {
            self.settle(delivery);
        }
        self.fail(Some(at), FaultKind::Syntax(syntax), delivery);
    }

    fn fail(&mut self, at: Option<Position>, kind: FaultKind, delivery: &mut Delivery<'_>) {
        match self.current {
            Current::Document(_) | Current::Held => delivery.fail(at, kind),
            Current::Nothing | Current::PassedOver => {
                delivery.faulted(&self.label.whole(), at, kind);
            }
        }
        self.current = Current::Nothing;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::source::files::limits::FileLimits;
    use crate::source::files::recorder::{Recorder, import_file};

    #[track_caller]
    fn check(name: &str, content: &str, expected: &[&str]) {
        let limits = FileLimits { document_bytes: 20, ..FileLimits::default() };
        assert_eq!(import_file(name, content.as_bytes(), limits), expected, "{content}");
    }

    #[test]
    fn each_object_is_a_document_with_a_name_of_its_own() {
        check("a.json", " {\"a\" : 1}\n", &["a.json = {\"a\" : 1}"]);
        check("a.json", "[{\"a\":1}, {} ]", &["a.json#/0 = {\"a\":1}", "a.json#/1 = {}"]);
        check("a.json", "{}\n{}\n[{}]", &["a.json = {}", "a.json#L2 = {}", "a.json#L3/0 = {}"]);
        check("a.ndjson", "{}\n\n{}\r\n", &["a.ndjson#L1 = {}", "a.ndjson#L3 = {}"]);
        check("a.jsonl", "[{},{}]\n", &["a.jsonl#L1/0 = {}", "a.jsonl#L1/1 = {}"]);
    }

    #[test]
    fn a_page_of_a_listing_of_envelopes_is_cut_into_envelopes() {
        let envelope = |n: u32| {
            format!(
                "{{\n \"envelope_id\":\"{n}\",\"decoded_resource\":{{\"@graph\":[{{}},{{}}]}}}}"
            )
        };
        let page = format!("[{},\n{}]", envelope(1), envelope(2));
        assert_eq!(
            import_file("page-1.json", page.as_bytes(), FileLimits::default()),
            [1, 2].map(|n| format!("page-1.json#/{} = {}", n - 1, envelope(n)))
        );
    }

    #[test]
    fn what_is_no_object_is_passed_over_with_a_reason() {
        check("a.json", "7", &["a.json ~ it is a number, not an object"]);
        check("a.json", "[]", &["a.json ~ it is an array without elements"]);
        check(
            "a.json",
            "[\"a\", {}, [{}], null]",
            &[
                "a.json#/0 ~ it is a string, not an object",
                "a.json#/1 = {}",
                "a.json#/2 ~ it is an array, not an object",
                "a.json#/3 ~ it is a literal, not an object",
            ],
        );
    }

    #[test]
    fn an_unfinished_document_is_never_good() {
        check("a.json", "{\"a\":", &["a.json ! the text ends too early at 1:6"]);
        check("a.json", "[{},{", &["a.json#/0 = {}", "a.json#/1 ! the text ends too early at 1:6"]);
        check("a.json", "[{},", &["a.json#/0 = {}", "a.json ! the text ends too early at 1:5"]);
        check("a.json", "{}x", &["a.json ! `x` follows the value on the same line at 1:3"]);
        check(
            "a.json",
            "{}\n{}\n,",
            &["a.json = {}", "a.json#L2 ! `,` stands where a JSON value should at 3:1"],
        );
        check("a.json", "", &["a.json ! there is no JSON value in it"]);
        check("a.json", "\n \n", &["a.json ! there is no JSON value in it at 3:1"]);
        check(
            "a.ndjson",
            "{}\nx\n{}\n{}}\n{}",
            &[
                "a.ndjson#L1 = {}",
                "a.ndjson ! `x` stands where a JSON value should at 2:1",
                "a.ndjson#L3 = {}",
                "a.ndjson#L4 ! `}` follows the value on the same line at 4:3",
                "a.ndjson#L5 = {}",
            ],
        );
    }

    #[test]
    fn a_document_that_is_too_long_does_not_stop_the_next() {
        let long = "{\"a\":\"0123456789012\"}";
        let fits = "{\"a\":\"012345678901\"}";
        check(
            "a.json",
            &format!("[{long},{fits}]"),
            &["a.json#/0 ! the document is longer than 20 bytes", &format!("a.json#/1 = {fits}")],
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_document() {
        check("a.json", "\u{feff}{\"a\":1}", &["a.json = {\"a\":1}"]);
        check("a.json", "\u{feff}", &["a.json ! there is no JSON value in it at 1:1"]);
        check("a.json", "\u{feff}{\u{feff}", &["a.json ! the text ends too early at 1:5"]);
    }

    /// Cuts a text that arrives in chunks.
    fn slice(name: &str, text: &[u8], chunk: usize) -> Vec<String> {
        let mut recorder = Recorder::default();
        let mut delivery = Delivery::new(&mut recorder, FileLimits::default());
        let label = Label::file(Path::new("/").join(name).as_path(), Path::new(name), 0);
        let mut slicer = Slicer::new(&label, 8, 0);
        for part in text.chunks(chunk) {
            slicer.feed(part, &mut delivery).unwrap();
        }
        slicer.finish(&mut delivery).unwrap();
        recorder.lines
    }

    fn object() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        let value = leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        });
        let object = prop::collection::btree_map(".{0,4}", value, 0..4);
        object.prop_map(|map| map.into_iter().collect::<Value>().to_string())
    }

    proptest! {
        #[test]
        fn objects_come_out_of_arrays_and_lines_as_they_went_in(
            objects in prop::collection::vec(object(), 1..6),
            chunk in 1_usize..40,
        ) {
            let expected = |place: fn(usize) -> String| -> Vec<String> {
                let named = objects.iter().enumerate();
                named.map(|(at, text)| format!("{} = {text}", place(at))).collect()
            };
            let array = format!("[{}]", objects.join(" ,\n"));
            let elements = expected(|at| format!("a.json#/{at}"));
            prop_assert_eq!(slice("a.json", array.as_bytes(), chunk), elements);
            let lines = objects.join("\n");
            let values = expected(|at| format!("a.jsonl#L{}", at + 1));
            prop_assert_eq!(slice("a.jsonl", lines.as_bytes(), chunk), values);
        }

        #[test]
        fn a_text_that_is_cut_short_gives_no_good_document_of_its_own(
            object in object(),
            cut in any::<prop::sample::Index>(),
        ) {
            let cut = cut.index(object.len());
            let told = slice("a.json", &object.as_bytes()[..cut], 7);
            prop_assert!(told.len() == 1 && told[0].contains(" ! "), "{:?}", told);
        }
    }

    /// [JSONTestSuite](https://github.com/nst/JSONTestSuite) names its good texts `y_…`, its bad ones `n_…`.
    #[test]
    fn no_bad_text_of_the_json_test_suite_becomes_a_good_document() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../shared/data/abuse/JSONTestSuite/test_parsing");
        let Ok(texts) = fs::read_dir(&folder) else {
            println!("skipped: there is no `{}`", folder.display());
            return;
        };
        for entry in texts {
            let path = entry.unwrap().path();
            let text = fs::read(&path).unwrap();
            let whole = serde_json::from_slice::<Value>(&text);
            let told = slice("a.json", &text, 3);
            let good: Vec<&str> =
                told.iter().filter_map(|line| Some(line.split_once(" = ")?.1)).collect();
            let parsed: Vec<Value> =
                good.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
            let is_faulty = told.iter().any(|line| line.contains(" ! "));
            match whole {
                Ok(Value::Array(elements)) => {
                    let objects: Vec<Value> =
                        elements.into_iter().filter(Value::is_object).collect();
                    assert_eq!((parsed, is_faulty), (objects, false), "{}", path.display());
                }
                Ok(Value::Object(object)) => {
                    assert_eq!(parsed, [Value::Object(object)], "{}", path.display());
                }
                Ok(_) => assert!(good.is_empty() && !is_faulty, "{}", path.display()),
                Err(_) => assert!(is_faulty || parsed.is_empty(), "{}: {told:?}", path.display()),
            }
        }
    }
}
