//! From a skill to what assesses it, by keyboard alone.

use std::path::Path;

use serde_json::json;

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// The skill of protective equipment, and the course that assesses it.
const SKILL: &str = "/r/ce-8c001111-524e-4ded-85f2-2fe58c765981";
const COURSE: &str = "/r/ce-c2e8d1ef-3b4c-4d5e-9f60-7b8c9d0e1f20";

/// The competency that has the most equivalents of the sample set.
const FRACTIONS: &str = "/r/2373ee03-1b81-5d6f-9869-0a5bee3226c7";

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

/// Presses the tabulator until a script says that it is there.
#[track_caller]
fn tab_to(browser: &Browser, is_there: &str) {
    for _ in 0..200 {
        browser.press(TAB);
        if browser.run(is_there, &json!(null)) == true {
            return;
        }
    }
    panic!("the keyboard does not lead there: {is_there}");
}

#[test]
fn the_keyboard_leads_from_a_skill_to_what_assesses_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}{SKILL}", server.address()));
    let is_there = r#"
        const title = document.activeElement.closest("section")?.querySelector("h3")?.textContent ?? "";
        return document.activeElement.localName === "a" && title.startsWith("Assessed by");
    "#;
    tab_to(&browser, is_there);
    let seen = r#"
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    "#;
    assert_eq!(browser.run(seen, &json!(null)), true, "the focus is not seen");
    browser.press(ENTER);
    browser.element("h3#by-1");
    assert_eq!(browser.run("return location.pathname", &json!(null)), COURSE);
    assert!(browser.text("main").contains("Welding in Twelve Weeks"));
}

#[test]
fn what_is_drawn_is_reached_by_keyboard_named_in_full_and_scrolls_in_its_own_box() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.resize(420, 900);
    browser.go_to(&format!("http://{}{FRACTIONS}", server.address()));
    tab_to(&browser, "return document.activeElement.closest('svg') !== null");
    let label = "return document.activeElement.querySelector('title').textContent";
    let label = browser.run(label, &json!(null));
    let label = label.as_str().unwrap();
    for part in ["HWS.ME.3", "Harbor Workforce Skills Framework", "Exact match", "says"] {
        assert!(label.contains(part), "{part} is not in {label}");
    }
    let wide = r#"
        const root = document.documentElement;
        const boxes = [...document.querySelectorAll("svg .node")].map((node) => node.getBoundingClientRect());
        const outer = document.querySelector(".web > svg").getBoundingClientRect();
        const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return {
            sideways: root.scrollWidth > root.clientWidth,
            n: boxes.length,
            outside: boxes.filter((box) => box.left < outer.left || box.right > outer.right).length,
            overlapping: boxes.filter((a, at) => boxes.slice(at + 1).some((b) => overlap(a, b))).length,
        };
    "#;
    let expected = json!({"sideways": false, "n": 5, "outside": 0, "overlapping": 0});
    assert_eq!(browser.run(wide, &json!(null)), expected);
}
