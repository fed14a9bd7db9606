//! The page of a resource: an alignment is copied, and what stands under it unfolds.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const SPACE: &str = " ";

/// A standard of the sample set, and the domain above it.
const STANDARD: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";
const DOMAIN: &str = "eb2c2f42-5e30-5905-b5b3-1cd892821c44";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

fn go_to(browser: &Browser, server: &Server, id: &str) {
    browser.go_to(&format!("http://{}/r/{id}", server.address()));
    // The script has run where its buttons are.
    browser.element("#alignment-ob3 button:not([hidden])");
}

/// Lets the page write down what it would have put on the clipboard, or refuse to.
fn clipboard(browser: &Browser, is_allowed: bool) {
    let script = "
        const writeText = async (text) => { if (!args) throw new Error('no'); globalThis.pasted = text; };
        Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    ";
    browser.run(script, &Value::from(is_allowed));
}

/// What the page has written down, as JSON.
fn pasted(browser: &Browser) -> Value {
    let said = browser.run(
        "for (let n = 0; n < 200 && document.getElementById('copied').textContent === ''; n += 1) \
         await new Promise((done) => setTimeout(done, 20)); return globalThis.pasted ?? null;",
        &Value::Null,
    );
    serde_json::from_str(said.as_str().unwrap()).unwrap()
}

#[test]
fn an_alignment_is_copied_with_the_mouse_and_with_the_keyboard() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    go_to(&browser, &server, STANDARD);
    clipboard(&browser, true);
    let api = server.get(&format!("/v1/resources/{STANDARD}/alignment")).json();
    browser.run("document.querySelector('#alignment-ob3 button').click()", &Value::Null);
    assert_eq!(pasted(&browser), api["openBadges3"]);
    assert_eq!(browser.text("#copied"), "Copied.");
    // Onward from the summary of the second, which opens, and to its button.
    browser.run(
        "globalThis.pasted = undefined; document.getElementById('copied').textContent = ''; \
         document.querySelector('#alignment-ob2 summary').focus()",
        &Value::Null,
    );
    browser.press(SPACE);
    browser.element("#alignment-ob2[open]");
    browser.press(TAB);
    browser.press(ENTER);
    assert_eq!(pasted(&browser), api["openBadges2"]);
}

#[test]
fn where_nothing_may_be_copied_it_is_selected() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    go_to(&browser, &server, STANDARD);
    clipboard(&browser, false);
    browser.type_into("#alignment-ob3 button", ENTER);
    let selected = browser.run(
        "for (let n = 0; n < 200 && document.getElementById('copied').textContent === ''; n += 1) \
         await new Promise((done) => setTimeout(done, 20)); return String(window.getSelection());",
        &Value::Null,
    );
    assert!(selected.as_str().unwrap().contains("targetUrl"), "{selected}");
    assert!(browser.text("#copied").contains("It is selected"));
}

#[test]
fn what_stands_under_it_unfolds_and_folds_with_the_keyboard() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    go_to(&browser, &server, DOMAIN);
    let button = ".branches .unfold";
    browser.element(button);
    browser.run("document.querySelector(args).focus()", &json!(button));
    browser.press(ENTER);
    browser.element(".branches .branches a");
    let shown = browser.run(
        "return [...document.querySelectorAll('.branches .branches a')].map((link) => [link.getAttribute('href'), link.querySelector('b').textContent])",
        &Value::Null,
    );
    assert_eq!(shown.as_array().unwrap().len(), 4, "{shown}");
    assert!(
        shown.as_array().unwrap().contains(&json!([format!("/r/{STANDARD}"), "NMF.3.FR.2"])),
        "{shown}"
    );
    browser.press(SPACE);
    let folded = browser.run(
        "const button = document.querySelector(args); return [button.getAttribute('aria-expanded'), document.querySelector('.branches .branches').hidden]",
        &json!(button),
    );
    assert_eq!(folded, json!(["false", true]));
}
