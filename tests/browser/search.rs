//! The search: from a phrase to a resource, with the keyboard alone; filters, and the way back.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

/// The keys as a browser is told of them.
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const SPACE: &str = " ";

/// The sample set that comes with the program.
fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// What a page says in an expression.
fn value(browser: &Browser, expression: &str) -> Value {
    browser.run(&format!("return {expression}"), &json!(null))
}

/// Waits until an expression is as it has to become.
#[track_caller]
fn wait_for(browser: &Browser, expression: &str) {
    let script =
        format!("while (!({expression})) {{ await new Promise((done) => setTimeout(done, 20)); }}");
    browser.run(&script, &json!(null));
}

const BOX: &str = "document.querySelector('#q')";

#[test]
fn what_is_typed_is_completed_and_chosen_with_the_keyboard() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", server.address()));
    browser.type_into("#q", "fractions on");
    browser.element(".completions [role=option]");
    assert_eq!(value(&browser, &format!("{BOX}.getAttribute('aria-expanded')")), "true");
    assert_eq!(
        value(&browser, &format!("{BOX}.getAttribute('aria-activedescendant')")),
        Value::Null
    );
    wait_for(
        &browser,
        "document.querySelector('.seek [role=status]').textContent.startsWith('Suggestions: ')",
    );
    browser.press(DOWN);
    let active =
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    assert_eq!(value(&browser, &format!("{active}.getAttribute('aria-selected')")), "true");
    let option = value(&browser, &format!("{active}.textContent"));
    assert!(option.as_str().unwrap().contains("Fractions on a number line"), "{option}");
    // What was typed stands between the last and the first.
    browser.press(UP);
    assert_eq!(value(&browser, active), Value::Null);
    browser.press(ESCAPE);
    assert_eq!(
        value(&browser, &format!("[{BOX}.value, {BOX}.getAttribute('aria-expanded')]")),
        json!(["fractions on", "false"])
    );
    assert_eq!(value(&browser, "document.activeElement.id"), "q");
    browser.press(DOWN);
    browser.element(".completions [role=option]");
    browser.press(DOWN);
    browser.press(ENTER);
    wait_for(&browser, "location.pathname.startsWith('/r/')");
    assert!(browser.text("h1").contains("Fractions on a number line"));
}

#[test]
fn results_are_refined_and_the_way_back_keeps_their_state() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", server.address()));
    browser.type_into("#q", "measure");
    browser.press(ENTER);
    wait_for(&browser, "location.search === '?q=measure'");
    let total = "document.querySelector('#hits').textContent";
    let all = value(&browser, total);
    // With the keyboard a filter waits for the button.
    let filter = "#filters input[name=framework]";
    browser.run(&format!("document.querySelector('{filter}').focus()"), &json!(null));
    browser.press(SPACE);
    assert_eq!(value(&browser, "location.search"), "?q=measure");
    assert_eq!(value(&browser, &format!("document.querySelector('{filter}').checked")), true);
    browser.type_into("#filters button", ENTER);
    wait_for(&browser, "location.search.includes('&framework=')");
    browser.element(".chip");
    assert_ne!(value(&browser, total), all);
    // With a pointer it applies at once.
    let click =
        "const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 });
        document.querySelector('#filters input[type=checkbox]:not(:checked)').dispatchEvent(click);";
    browser.run(click, &json!(null));
    wait_for(&browser, "document.querySelectorAll('.chip').length === 2");
    browser.run("history.go(-2)", &json!(null));
    wait_for(
        &browser,
        "location.search === '?q=measure' && document.querySelector('#hits') !== null",
    );
    assert_eq!(value(&browser, total), all);
    assert_eq!(value(&browser, &format!("{BOX}.value")), "measure");
    assert_eq!(value(&browser, "document.querySelectorAll('#filters :checked').length"), 0);
}

#[test]
fn a_badge_that_is_pasted_into_the_box_is_not_sent() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", server.address()));
    browser.type_into("#q", "{\"recipient\": \"quillfeather\"}");
    browser.press(ENTER);
    wait_for(
        &browser,
        "document.querySelector('.seek [role=status]').textContent.includes('Nothing was sent')",
    );
    let sent = value(
        &browser,
        "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/v1/')).length",
    );
    assert_eq!((sent, value(&browser, "location.search")), (json!(0), json!("")));
}

#[test]
fn where_nothing_answers_the_box_is_a_field_of_a_form() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", server.address()));
    browser.run("window.fetch = () => Promise.reject(new TypeError('none'))", &json!(null));
    browser.type_into("#q", "fractions");
    browser.press(ENTER);
    wait_for(
        &browser,
        "location.search === '?q=fractions' && document.querySelectorAll('.hit').length > 0",
    );
}

#[test]
fn no_page_is_wider_than_its_window() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    for path in ["/", "/?q=fractions", "/?q=nothing+of+this+kind+xyzzy", "/?kind=planet", "/about"]
    {
        for width in [360, 800, 1920] {
            browser.resize(width, 900);
            browser.go_to(&format!("http://{}{path}", server.address()));
            let overflow =
                "document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(value(&browser, overflow), 0, "{path} at {width}");
        }
    }
}
