//! The page: a badge goes in, and what it means comes out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::{Server, request};

/// The keys as a browser is told of them.
const TAB: &str = "\u{e004}";
const SPACE: &str = " ";
const ENTER: &str = "\u{e007}";

fn demo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join(path)
}

/// The sample set that comes with the program.
fn samples() -> DataDir {
    DataDir::holding(&[&demo("frameworks"), &demo("records")])
}

fn address(server: &Server) -> String {
    format!("http://{}/badge", server.address())
}

/// Waits for the report and gives its words.
#[track_caller]
fn report(browser: &Browser) -> String {
    browser.element("#report:not([hidden]) #report-title");
    browser.text("#report")
}

#[track_caller]
fn has(report: &str, words: &[&str]) {
    for word in words {
        assert!(report.contains(word), "`{word}` is not in:\n{report}");
    }
}

/// Drops a file on the page, as far as a script can.
fn drop_file(browser: &Browser, path: &Path) {
    let script = r#"
        const transfer = new DataTransfer();
        transfer.items.add(new File([args], "badge.json"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    "#;
    browser.run(script, &Value::from(fs::read_to_string(path).unwrap()));
}

/// Saves what is seen, to be looked at.
fn save_picture(browser: &Browser, name: &str) {
    let folder = Path::new(env!("CARGO_BIN_EXE_alidade")).parent().unwrap().join("pictures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), browser.picture()).unwrap();
}

#[test]
fn a_badge_is_chosen_dropped_or_pasted_and_explained() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    save_picture(&browser, "page.png");

    browser.type_into("#file", demo("badges/4-harbor-welder.json").to_str().unwrap());
    let chosen = report(&browser);
    has(
        &chosen,
        &[
            "Open Badges 3.0, carried in JSON. 4 identifiers of 4 known here.",
            "Harbor Welder, Level 1",
            "the identifier of the achievement itself",
            "Known here",
            "HWS.WE.3",
            "Harbor Workforce Skills Framework",
            "Replaced.",
            "not verification",
            "What was sent: 4 identifiers",
        ],
    );
    save_picture(&browser, "report.png");
    let body = browser.run("return document.querySelector('#sent pre').textContent", &json!(null));
    let body: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
    assert_eq!(body["ids"].as_array().unwrap().len(), 4, "{body}");

    browser.go_to(&address(&server));
    drop_file(&browser, &demo("badges/3-fence-builders-arithmetic.json"));
    has(&report(&browser), &["Open Badges 2.0", "Ambiguous", "It may be:", "Not known here"]);

    browser.go_to(&address(&server));
    let text = json!({"achievement": {"id": "urn:a", "name": "Knots", "tag": ["rope", "sea"], "alignment": [
        {"targetUrl": "mailto:a@b.example", "targetName": "Ties <i>knots</i>"}, {"targetCode": "T.1"},
    ]}});
    browser.type_into("#text", &text.to_string());
    browser.type_into("button[type=submit]", ENTER);
    has(
        &report(&browser),
        &[
            "Knots",
            "Not asked",
            "Ties knots",
            "rope, sea",
            "Words alone identify nothing",
            "1 address that names a person or carries content",
        ],
    );
    browser.resize(420, 900);
    save_picture(&browser, "narrow.png");
}

#[test]
fn what_cannot_be_read_is_said_without_a_word_of_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    browser.type_into("#text", "{\"quillfeather\": quillfeather}");
    browser.type_into("button[type=submit]", ENTER);
    let said = report(&browser);
    has(&said, &["This cannot be read", "Not JSON from line 1"]);
    assert!(!said.contains("quillfeather"), "{said}");
    drop(server);
    browser.type_into("#file", demo("badges/4-harbor-welder.json").to_str().unwrap());
    browser.element("#report:not([hidden]) .problem");
    has(&browser.text("#report"), &["No answer came", "The server cannot be reached."]);
}

#[test]
fn all_is_done_with_the_keyboard_and_named_for_whoever_cannot_see_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    // File, text, button, check box, in this order.
    let focus = "return document.activeElement.id || document.activeElement.type";
    let mut order = Vec::new();
    for _ in 0..4 {
        browser.press(TAB);
        order.push(browser.run(focus, &json!(null)));
    }
    assert_eq!(json!(order), json!(["file", "text", "submit", "ask-first"]));
    browser.press(SPACE);
    let text = fs::read_to_string(demo("badges/2-number-sense-refresher.json")).unwrap();
    browser.run("document.querySelector('#text').value = args", &Value::from(text));
    browser.type_into("button[type=submit]", ENTER);
    has(&report(&browser), &["Nothing has been sent yet", "What would be sent", "targetUrl"]);
    assert_eq!(browser.run(focus, &json!(null)), "report-title");
    for _ in 0..3 {
        browser.press(TAB);
    }
    assert_eq!(browser.run(focus, &json!(null)), "send");
    browser.press(ENTER);
    browser.element("#report .verdict");
    has(&report(&browser), &["What the badge says", "NMF.3.NU.2"]);
    assert_eq!(browser.run(focus, &json!(null)), "report-title");
    let nameless = r##"
        const controls = [...document.querySelectorAll("input, textarea, button, select")];
        const name = (control) => control.textContent || [...(control.labels ?? [])].map((label) => label.textContent).join("");
        return {
            nameless: controls.filter((control) => name(control).trim() === "").map((control) => control.outerHTML),
            language: document.documentElement.lang,
            headings: document.querySelectorAll("h1").length,
            landmarks: ["header", "main", "footer"].filter((name) => document.querySelector(name) === null),
            links: [...document.querySelectorAll("#report a")].filter((link) => link.rel !== "noreferrer noopener").length,
        };
    "##;
    let expected =
        json!({"nameless": [], "language": "en", "headings": 1, "landmarks": [], "links": 0});
    assert_eq!(browser.run(nameless, &json!(null)), expected);
}

#[test]
fn page_and_module_come_with_their_policy_and_are_asked_about_again() {
    let server = Server::of(&DataDir::new());
    for (path, media_type) in [
        ("/badge", "text/html; charset=utf-8"),
        ("/badge.css", "text/css; charset=utf-8"),
        ("/alidade.js", "text/javascript; charset=utf-8"),
        ("/alidade/extract.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        for (name, value) in [
            ("content-type", media_type),
            ("cache-control", "no-cache"),
            ("access-control-allow-origin", "*"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(answer.field(name), Some(value), "{path}");
        }
        let policy = answer.field("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.field("set-cookie"), None);
        let tag = answer.field("etag").unwrap();
        let again = server.send(&request("GET", path, &[("If-None-Match", tag)], b""));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    assert_eq!(server.get("/alidade/nothing.js").status, 404);
    assert_eq!(server.post("/badge", "{}").status, 405);
}
