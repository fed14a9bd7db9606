//! The pages for whoever looks after the service, and for whoever writes programs: a question in SPARQL, and an operation tried out.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

const ENTER: &str = "\u{e007}";
const CONTROL: &str = "\u{e009}";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// Begins to note what the policy forbids.
fn watch(browser: &Browser) {
    let script = r#"
        window.forbidden = [];
        document.addEventListener("securitypolicyviolation", (event) => window.forbidden.push(event.violatedDirective));
    "#;
    browser.run(script, &Value::Null);
}

#[track_caller]
fn nothing_was_forbidden(browser: &Browser) {
    assert_eq!(browser.run("return window.forbidden", &Value::Null), json!([]));
}

/// Clicks on the first element.
fn click(browser: &Browser, css: &str) {
    browser.element(css);
    browser.run("document.querySelector(args).click()", &Value::from(css));
}

#[test]
fn a_question_is_asked_answered_in_a_table_and_leads_on() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    let page = format!("http://{}/sparql", server.address());
    browser.go_to(&page);
    watch(&browser);

    click(&browser, "[data-example]");
    browser.element("#answer:not([hidden]) table");
    let status = browser.text("#status");
    assert!(status.ends_with(" rows."), "{status}");
    assert!(browser.text("#found").contains("Northfield Mathematics Framework"));
    assert!(browser.text("#save").contains("Save as CSV"));

    let query = "SELECT DISTINCT ?competency { ?competency skos:notation \"NMF.3.FR.2\" }";
    browser.run(
        "const query = document.querySelector('#query'); query.value = args; query.focus();",
        &Value::from(query),
    );
    browser.type_into("#query", &format!("{CONTROL}{ENTER}"));
    browser.element("#found a[href^='/r/']");
    let hash = browser
        .run("return new URLSearchParams(location.hash.slice(1)).get('query')", &Value::Null);
    assert_eq!(hash, query, "the address can be handed on");

    browser.run("document.querySelector('#query').value = args", &Value::from("SELECT WHERE"));
    browser.type_into("#query", &format!("{CONTROL}{ENTER}"));
    browser.element("#status.problem");
    assert!(
        browser.text("#status").starts_with("Malformed query: "),
        "{}",
        browser.text("#status")
    );
    nothing_was_forbidden(&browser);

    let shared = format!("{page}#query={}", crate::support::http::encoded(query));
    browser.go_to("about:blank");
    browser.go_to(&shared);
    click(&browser, "#found a[href^='/r/']");
    browser.element("main h1[dir]");
    let path = browser.run("return location.pathname", &Value::Null);
    assert!(path.as_str().unwrap().starts_with("/r/"), "{path}");
}

#[test]
fn an_operation_is_tried_out_under_the_strict_policy() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    let docs = format!("http://{}/docs", server.address());
    browser.go_to(&docs);
    watch(&browser);
    nothing_was_forbidden(&browser);
    click(&browser, "a[href='/docs/search']");
    browser.element("#try");
    watch(&browser);
    browser.run("document.querySelector('#p-q').value = args", &Value::from("fractions"));
    click(&browser, "#try button[type=submit]:not([disabled])");
    browser.element("#answer:not([hidden])");
    let status = browser.text("#status");
    assert!(status.starts_with("Answered with status 200: application/json"), "{status}");
    assert_eq!(browser.text("#asked"), "GET /v1/search?q=fractions");
    assert!(browser.text("#text").contains("\"hits\""));
    nothing_was_forbidden(&browser);

    browser.go_to(&format!("{docs}/resolveMany"));
    watch(&browser);
    browser.type_into("#body", &format!("{CONTROL}{ENTER}"));
    browser.element("#answer:not([hidden])");
    assert!(browser.text("#text").contains("\"resolved\""), "{}", browser.text("#text"));

    browser.go_to(&format!("{docs}/showResource"));
    watch(&browser);
    browser.run("document.querySelector('[data-path]').value = args", &Value::from("urn:none"));
    click(&browser, "#try button[type=submit]:not([disabled])");
    browser.element("#status.problem");
    assert!(browser.text("#asked").contains("/v1/resources/urn%3Anone"));
    nothing_was_forbidden(&browser);
}
