//! The doors through which a badge is read, and that they agree.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::http::{Server, request};

/// A data directory with the service on it, which reads credentials too.
pub(super) struct Doors {
    pub data: DataDir,
    pub server: Server,
    pub folder: TempDir,
}

impl Doors {
    pub(super) fn of(data: DataDir) -> Self {
        let server = Server::with(&data, &["--set", "serve.credentials=true"]);
        Self { data, server, folder: tempfile::tempdir().unwrap() }
    }

    /// Reads bytes on the command line, sends what is extracted, and sends the bytes themselves: all say the same.
    #[track_caller]
    pub(super) fn read(&self, what: &str, bytes: &[u8]) -> Value {
        let path = self.folder.path().join("badge");
        fs::write(&path, bytes).unwrap();
        let mut said = self.data.json(&["resolve", path.to_str().unwrap()]);
        assert_eq!(said["answers"][0]["input"], "badge", "{what}: {said}");
        assert!(said["answers"][0]["notChecked"].as_str().unwrap().contains("signature"), "{what}");
        self.check_whole(what, &said, bytes);
        self.check_asked(what, &said["answers"][0], &path);
        said["answers"][0].take()
    }

    /// The bytes as they are, at the door that is open only where the operator says so.
    #[track_caller]
    fn check_whole(&self, what: &str, said: &Value, bytes: &[u8]) {
        let fields = [("Content-Type", "application/octet-stream")];
        let answer = self.server.send(&request("POST", "/v1/credentials/resolve", &fields, bytes));
        assert_eq!(answer.status, 200, "{what}: {answer:?}");
        let (mut whole, mut expected) = (answer.json(), said.clone());
        for answer in [&mut whole, &mut expected] {
            answer["answers"][0]["file"] = "badge".into();
        }
        assert!(
            whole == expected,
            "{what}: the service says {whole}\nand the command line {expected}"
        );
    }

    /// What `alidade extract` prints, sent as it is, and line by line.
    #[track_caller]
    fn check_asked(&self, what: &str, badge: &Value, path: &Path) {
        let expected: Vec<&Value> = badge["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|mention| mention["asked"] == true)
            .collect();
        let extracted = self.data.run(&["extract", path.to_str().unwrap()]);
        assert_eq!(extracted.status, i32::from(expected.is_empty()), "{what}: {extracted:?}");
        let mut answers = Vec::new();
        for body in extracted.stdout.lines() {
            let answer = self.server.post("/v1/resolve", body);
            assert_eq!(answer.status, 200, "{what}: {answer:?}");
            let one_by_one = self.line_by_line(body);
            let together = answer.json()["answers"].as_array().unwrap().clone();
            let together = together.into_iter().map(|mut answer| answer["resolution"].take());
            let together: Vec<Value> = together.collect();
            assert!(
                one_by_one == together,
                "{what}: lines say {one_by_one:?}\nand JSON {together:?}"
            );
            answers.extend(together);
        }
        assert_eq!(answers.len(), expected.len(), "{what}");
        for (answer, expected) in answers.iter().zip(expected) {
            let (asked, read) = (answer, &expected["resolution"]);
            assert!(
                asked == read,
                "{what}: {}\nasked it is {asked}\nand read {read}",
                expected["mention"]
            );
        }
    }

    /// The same questions, a line each.
    fn line_by_line(&self, body: &str) -> Vec<Value> {
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body, json!({ "ids": body["ids"] }), "only identifiers are sent");
        let lines: Vec<String> =
            body["ids"].as_array().unwrap().iter().map(Value::to_string).collect();
        let lines = lines.join("\n");
        let fields = [("Content-Type", "application/x-ndjson")];
        let answer = self.server.send(&request("POST", "/v1/resolve", &fields, lines.as_bytes()));
        assert_eq!(answer.status, 200, "{answer:?}");
        let text = String::from_utf8(answer.body).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut said = Vec::new();
        for (number, mut line) in lines.enumerate() {
            assert_eq!((&line["index"], &line["line"]), (&json!(number), &json!(number + 1)));
            said.push(line["resolution"].take());
        }
        said
    }
}
