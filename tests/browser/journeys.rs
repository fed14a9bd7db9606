//! What the three came for, from beginning to end: with the keyboard alone, and with scripts off.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

/// The keys as a browser is told of them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";

/// The assessment of the sample set that shows a skill.
const TEST: &str = "Bench Test: Fillet Weld";

/// The address in the alignments of the first sample badges.
const FRACTIONS: &str =
    "https://case.northfield.example/ims/case/v1p0/CFItems/2373ee03-1b81-5d6f-9869-0a5bee3226c7";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

fn home(browser: &Browser, server: &Server) {
    browser.go_to(&format!("http://{}/", server.address()));
}

/// Asks what the box on a page is for.
fn ask(browser: &Browser, words: &str) {
    browser.type_into("#q", words);
    browser.type_into("#q", ENTER);
}

/// Presses the tabulator until a script says that it is there.
#[track_caller]
fn tab_to(browser: &Browser, is_there: &str) {
    for _ in 0..100 {
        browser.press(TAB);
        if browser.run(is_there, &json!(null)) == true {
            return;
        }
    }
    panic!("the keyboard does not lead there: {is_there}");
}

#[test]
fn an_issuer_goes_from_a_phrase_to_a_pasted_alignment_with_the_keyboard() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    home(&browser, &server);
    browser.run("document.querySelector('#q').focus()", &json!(null));
    browser.type_into("#q", "fractions on a num");
    browser.element(".completions [role=option]");
    browser.press(DOWN);
    browser.press(ENTER);
    browser.element("#alignment-ob3 button:not([hidden])");
    // What would lie on the clipboard is written down.
    let script = "
        const writeText = async (text) => { globalThis.pasted = text; };
        Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    ";
    browser.run(script, &json!(null));
    tab_to(&browser, "return document.activeElement.matches('#alignment-ob3 button')");
    browser.press(ENTER);
    let script = "while (!globalThis.pasted) await new Promise((done) => setTimeout(done, 20)); return globalThis.pasted";
    let pasted = browser.run(script, &json!(null));
    let pasted: Value = serde_json::from_str(pasted.as_str().unwrap()).unwrap();
    assert_eq!(pasted["targetUrl"], FRACTIONS);
    assert_eq!(pasted["targetCode"], "NMF.3.FR.2");
    // Whoever is given a badge with it is told the same.
    let answer = server.post("/v1/resolve", &json!({ "ids": [pasted] }).to_string()).json();
    assert_eq!(answer["answers"][0]["resolution"]["verdict"], "resolved", "{answer}");
}

#[test]
fn without_scripts_an_issuer_reads_the_alignment_that_belongs_to_a_phrase() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::without_scripts();
    home(&browser, &server);
    ask(&browser, "fractions on a number line");
    browser.type_into(".hits h3 a", ENTER);
    let alignment: Value = serde_json::from_str(&browser.text("#alignment-ob3 pre")).unwrap();
    assert_eq!(alignment["targetUrl"], FRACTIONS);
}

#[test]
fn without_scripts_a_verifier_is_told_what_an_address_means() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::without_scripts();
    home(&browser, &server);
    ask(&browser, FRACTIONS);
    let told = browser.text(".meaning");
    for words in ["NMF.3.FR.2", "Northfield Mathematics Framework 2019", "the exact address"] {
        assert!(told.contains(words), "`{words}` is not in {told}");
    }
    browser.type_into(".hits h3 a", ENTER);
    browser.element("#provenance");
    let told = browser.text("main");
    for words in ["Northfield Department of Learning", "Nothing speaks against it", "Equivalent"] {
        assert!(told.contains(words), "`{words}` is not in {told}");
    }
}

#[test]
fn without_scripts_a_marketplace_goes_from_a_skill_to_what_assesses_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::without_scripts();
    home(&browser, &server);
    ask(&browser, "weld a fillet");
    browser.type_into(".hits h3 a", ENTER);
    // The same skill stands in another framework too, and it is that which others speak of.
    browser.type_into("a[href$='relation=assessedBy']", ENTER);
    let told = browser.text("main");
    assert!(told.contains(TEST), "{told}");
}
