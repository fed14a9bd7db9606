//! What the module reads, as the library in Rust reads it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ontology::ler::{ContainerError, asks, extract};
use serde_json::{Value, json};

use crate::browser::chromium::Browser;

/// How many documents are handed over at once.
const PORTION: usize = 40;

/// Reads documents with the module of the page that is shown.
pub(super) fn read_in_browser(browser: &Browser, documents: &[Vec<u8>]) -> Vec<Value> {
    let script = r#"
        const { asks, extract } = await import(new URL("alidade.js", location.href));
        const read = async (text) => {
            const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
            try {
                const extraction = await extract(bytes);
                return { extraction, asks: asks(extraction) };
            } catch (error) {
                return { error: error.code ?? String(error.stack), limit: error.limit ?? null };
            }
        };
        const answers = [];
        for (const text of args) {
            answers.push(await read(text));
        }
        return answers;
    "#;
    let portions = documents.chunks(PORTION).flat_map(|portion| {
        let texts: Vec<String> = portion.iter().map(|document| STANDARD.encode(document)).collect();
        match browser.run(script, &json!(texts)) {
            Value::Array(answers) => answers,
            other => panic!("{other}"),
        }
    });
    portions.collect()
}

/// Reads a document with the library.
pub(super) fn read_in_rust(document: &[u8]) -> Value {
    match extract(document) {
        Ok(extraction) => json!({ "extraction": extraction, "asks": asks(&extraction) }),
        Err(error @ ContainerError::TooLarge { limit }) => {
            json!({ "error": error.code(), "limit": limit.as_str() })
        }
        Err(error) => json!({ "error": error.code(), "limit": null }),
    }
}

/// Checks that module and library say the same of each document.
#[track_caller]
pub(super) fn check(browser: &Browser, documents: &[Vec<u8>]) {
    let answers = read_in_browser(browser, documents);
    assert_eq!(answers.len(), documents.len());
    let mut differ = Vec::new();
    for (document, answer) in documents.iter().zip(answers) {
        let expected = read_in_rust(document);
        if answer != expected {
            let shown: String = String::from_utf8_lossy(document).chars().take(3000).collect();
            differ.push(format!("{shown}\n  browser: {answer}\n  library: {expected}\n"));
        }
    }
    let n_differ = differ.len();
    differ.truncate(5);
    assert!(n_differ == 0, "{n_differ} of {}:\n{}", documents.len(), differ.join("\n"));
}
