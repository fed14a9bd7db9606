//! A framework: its tree is opened with the keyboard, something is found in it, and the same goes without scripts.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;
use crate::support::package::{guid, numbered, save};

const ENTER: &str = "\u{e007}";
const LEFT: &str = "\u{e012}";
const UP: &str = "\u{e013}";
const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";

const NORTHFIELD: &str = "363ed1ab-968c-5728-aafb-19128739b9e2";

/// A row that is closed at first, by its name in a path, and the first of what stands under it.
const CLOSED: &str = "3ba1401a-5131-56a9-9e6c-9db6db6f6060";
const UNDER_IT: &str = "d5136671-91aa-5b2a-b0d2-ce4bf5d13824";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

fn address(server: &Server) -> String {
    format!("http://{}/frameworks/{NORTHFIELD}", server.address())
}

/// The name in a path of the row that has the focus.
fn row(browser: &Browser) -> Value {
    let script = "return document.activeElement.closest('li.twig')?.dataset.id ?? null";
    browser.run(script, &json!(null))
}

/// Follows a link.
#[track_caller]
fn follow(browser: &Browser, css: &str) {
    browser.type_into(css, ENTER);
}

fn expanded(browser: &Browser, id: &str) -> Value {
    let script =
        "return document.querySelector(`[data-id='${args}'] > .row > .toggle`).ariaExpanded";
    browser.run(script, &json!(id))
}

#[test]
fn a_tree_is_opened_with_the_keyboard() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    browser.element(&format!("[data-id='{CLOSED}'] > .row > .toggle"));
    let focus = "document.querySelector(`[data-id='${args}'] > .row > .toggle`).focus()";
    browser.run(focus, &json!(CLOSED));
    assert_eq!(expanded(&browser, CLOSED), "false");
    browser.press(ENTER);
    browser.element(&format!("[data-id='{CLOSED}'] [data-id='{UNDER_IT}'] a.name"));
    assert_eq!(expanded(&browser, CLOSED), "true");
    let mark = browser.text(&format!("[data-id='{UNDER_IT}'] > .row > .badge"));
    assert_eq!(mark, "Replaced", "what is added says how it stands");
    // In, down, up, out, and closed.
    browser.press(RIGHT);
    assert_eq!(row(&browser), UNDER_IT);
    browser.press(DOWN);
    assert_ne!(row(&browser), UNDER_IT);
    browser.press(UP);
    assert_eq!(row(&browser), UNDER_IT);
    browser.press(LEFT);
    assert_eq!(row(&browser), CLOSED);
    browser.press(LEFT);
    assert_eq!(expanded(&browser, CLOSED), "false");
    browser.press(DOWN);
    assert_ne!(row(&browser), UNDER_IT, "what is closed is passed over");
    let nameless = "return [...document.querySelectorAll('#tree button')].filter((one) => !one.ariaLabel && !one.textContent).length";
    assert_eq!(browser.run(nameless, &json!(null)), 0);
    // To what is found there.
    browser.run(focus, &json!(CLOSED));
    browser.press(ENTER);
    browser.press(RIGHT);
    browser.press(ENTER);
    browser.element("main:not(:has(#tree)) h1");
    assert_eq!(browser.run("return location.pathname", &json!(null)), format!("/r/{UNDER_IT}"));
}

#[test]
fn what_is_searched_for_inside_is_shown_in_the_tree() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    browser.type_into("#inside-q", "number line");
    browser.type_into("#inside-q", ENTER);
    assert!(browser.text("#found-n").contains("in this framework"));
    let place = "return document.querySelector('.within a[href*=\"?at=\"]').href";
    let place = browser.run(place, &json!(null));
    browser.go_to(place.as_str().unwrap());
    assert!(browser.text("#here").contains("number line"));
    let current = "return document.querySelectorAll('#tree [aria-current=true]').length";
    assert_eq!(browser.run(current, &json!(null)), 1);
}

#[test]
fn a_long_list_goes_on_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 130));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/frameworks/{}", server.address(), guid(1, 0)));
    let codes =
        "return [...document.querySelectorAll('#tree li.twig')].map((row) => row.dataset.id)";
    let begun = browser.run(codes, &json!(null));
    let n_shown = begun.as_array().unwrap().len();
    assert!(n_shown < 130, "{n_shown}");
    for shown in [2 * n_shown, 130] {
        browser.type_into("#tree li.rest a", ENTER);
        browser.element(&format!("#tree li.twig:nth-child({shown})"));
    }
    let whole = browser.run(codes, &json!(null));
    let expected: Vec<String> = (1..=130).map(|n| guid(1, n)).collect();
    assert_eq!(whole, json!(expected), "each once, in order");
    let rest = "return document.querySelectorAll('#tree li.rest').length";
    assert_eq!(browser.run(rest, &json!(null)), 0);
    assert_eq!(row(&browser), expected[2 * n_shown], "one reads on where it goes on");
}

#[test]
fn without_scripts_the_tree_is_opened_by_links() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::without_scripts();
    browser.go_to(&address(&server));
    follow(&browser, &format!("[data-id='{CLOSED}'] > .row > a.open"));
    browser.element(&format!("#here[data-id='{CLOSED}'] [data-id='{UNDER_IT}'] a.name"));
    browser.type_into("#inside-q", "number line");
    browser.type_into("#inside-q", ENTER);
    follow(&browser, ".within a[href*='?at=']");
    assert!(browser.text("#here").contains("number line"));
    follow(&browser, "#here a.name");
    browser.element("main:not(:has(#tree)) h1");
}
