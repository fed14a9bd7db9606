//! The page: a badge goes in, and what it means comes out.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::browser::privacy::png;
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
            "Harbor Welder, Level 1",
            "This badge points to three things: two credentials and a competency.",
            "Two are in use; one ended in 2023 and has a successor.",
            "An Open Badges 3.0 credential, carried in JSON.",
            "the identifier of the achievement itself",
            "This is the same certification once more: Harbor Welder, Level 1.",
            "This is a competency, known as HWS.WE.3 in Harbor Workforce Skills Framework, published by Harbor Skills Council.",
            "It stands under Welding.",
            "It has been replaced.",
            "In its place now: Harbor Welder, Level 1.",
            "not verification",
            "What was sent: 4 identifiers",
            "Nothing about the person left this browser",
        ],
    );
    save_picture(&browser, "report.png");
    let body = browser.run("return document.querySelector('#sent pre').textContent", &json!(null));
    let body: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
    assert_eq!(body["ids"].as_array().unwrap().len(), 4, "{body}");

    browser.go_to(&address(&server));
    drop_file(&browser, &demo("badges/3-fence-builders-arithmetic.json"));
    has(
        &report(&browser),
        &[
            "An Open Badges 2.0 badge",
            "Several fit",
            "It may be one of these:",
            "NMF.4.ME.2 Perimeter",
            "Not known here",
            "Tried were the exact address and the identifier inside the address.",
        ],
    );

    browser.go_to(&address(&server));
    let text = json!({"achievement": {"id": "urn:a", "name": "Knots", "tag": ["rope", "sea"], "alignment": [
        {"targetUrl": "mailto:a@b.example", "targetName": "Ties <i>knots</i>"}, {"targetCode": "T.1"},
    ]}});
    browser.type_into("#text", &text.to_string());
    browser.type_into("#badge button[type=submit]", ENTER);
    has(
        &report(&browser),
        &[
            "Knots",
            "This badge points to two things",
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
    browser.type_into("#badge button[type=submit]", ENTER);
    let said = report(&browser);
    has(
        &said,
        &[
            "This cannot be read",
            "Not JSON from line 1",
            "copy all of it",
            "Nothing was sent anywhere.",
        ],
    );
    assert!(!said.contains("quillfeather"), "{said}");
    drop(server);
    browser.type_into("#file", demo("badges/4-harbor-welder.json").to_str().unwrap());
    browser.element("#report:not([hidden]) .problem");
    has(
        &browser.text("#report"),
        &["No answer came", "The server cannot be reached.", "try again", "Try again"],
    );
}

#[test]
fn all_is_done_with_the_keyboard_and_named_for_whoever_cannot_see_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    // File, text, button, check box, in this order, behind what every page has.
    browser.run("document.getElementById('main').focus()", &json!(null));
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
    browser.type_into("#badge button[type=submit]", ENTER);
    has(&report(&browser), &["Nothing has been sent yet", "What would be sent", "targetUrl"]);
    assert_eq!(browser.run(focus, &json!(null)), "report-title");
    for _ in 0..3 {
        browser.press(TAB);
    }
    assert_eq!(browser.run(focus, &json!(null)), "send");
    browser.press(ENTER);
    browser.element("#report .verdict");
    has(&report(&browser), &["Number Sense Refresher", "NMF.3.NU.2"]);
    assert_eq!(browser.run(focus, &json!(null)), "report-title");
    assert_eq!(browser.text("#status"), "The letter is ready.");
    let nameless = r##"
        const controls = [...document.querySelectorAll("input, textarea, button, select")];
        const name = (control) =>
            control.ariaLabel || control.textContent || [...(control.labels ?? [])].map((label) => label.textContent).join("");
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
    browser.type_into("#another", ENTER);
    assert_eq!(browser.run(focus, &json!(null)), "file");
    assert_eq!(browser.run("return document.querySelector('#report').hidden", &json!(null)), true);
}

/// Drops bytes on the page as a picture, as far as a script can.
fn drop_picture(browser: &Browser, bytes: &[u8]) {
    let script = r#"
        const bytes = Uint8Array.from(atob(args), (character) => character.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], "badge.png", { type: "image/png" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    "#;
    browser.run(script, &Value::from(STANDARD.encode(bytes)));
}

#[test]
fn a_verifier_drops_a_picture_and_understands_it() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    let badge = fs::read(demo("badges/2-number-sense-refresher.json")).unwrap();
    drop_picture(&browser, &png(&badge));
    let letter = report(&browser);
    assert_eq!(browser.text("#report-title"), "Number Sense Refresher");
    assert_eq!(
        browser.text("#summary"),
        "This badge points to three competencies. One is in use; one ended in 2021; one has been replaced."
    );
    has(
        &letter,
        &[
            "carried in a PNG picture",
            "It says that it was issued by https://www.oldport.example/issuers/evening-school.",
            "It is no longer in use.",
            "31 July 2021",
            "In its place now: NMF.3.FR.4 Equal parts of a whole.",
        ],
    );
    // What is told leads to where it stands.
    let script = r##"
        const way = [...document.querySelectorAll("#report a")].find((link) => link.textContent === "Everything about NMF.3.NU.4");
        const answer = await fetch(way.href);
        return [answer.status, /counting frame/i.test(await answer.text())];
    "##;
    assert_eq!(browser.run(script, &json!(null)), json!([200, true]));
    assert!(!letter.to_lowercase().contains("notaperson"), "{letter}");
    save_picture(&browser, "letter.png");
}

/// An achievement with alignments to the sample set, a few of which are told in other words.
fn achievement(name: &str, n_alignments: usize) -> Value {
    let path = demo("frameworks/northfield-mathematics-2019.json");
    let package: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let items = package["CFItems"].as_array().unwrap();
    let alignment = |at: usize| {
        let item = &items[at % items.len()];
        let name = if at == 1 { "Something else" } else { item["fullStatement"].as_str().unwrap() };
        json!({ "type": ["Alignment"], "targetUrl": item["uri"], "targetName": name })
    };
    let alignments: Vec<Value> = (0..n_alignments).map(alignment).collect();
    json!({ "type": ["Achievement"], "id": format!("https://a.example/{name}"), "name": name, "alignment": alignments })
}

#[test]
fn a_long_badge_is_folded_and_shows_what_needs_a_second_look() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    let badge = json!({ "achievement": achievement("Many", 200) }).to_string();
    browser.run("document.querySelector('#text').value = args", &Value::from(badge));
    browser.type_into("#badge button[type=submit]", ENTER);
    has(
        &report(&browser),
        &["This badge points to 27 competencies.", "Show only what needs a second look"],
    );
    let seen = r##"
        const all = [...document.querySelectorAll("#report details.mention")];
        return [all.length, all.filter(({ open }) => open).length, all.filter((entry) => entry.checkVisibility()).length];
    "##;
    assert_eq!(browser.run(seen, &json!(null)), json!([200, 0, 200]));
    browser.type_into("#only-doubtful", SPACE);
    let few = browser.run(seen, &json!(null));
    assert!((1..60).contains(&few[2].as_u64().unwrap()), "{few}");
    browser.run("window.dispatchEvent(new Event('beforeprint'))", &json!(null));
    assert_eq!(browser.run(seen, &json!(null))[1], 200);
    browser.run("window.dispatchEvent(new Event('afterprint'))", &json!(null));
    assert_eq!(browser.run(seen, &json!(null))[1], 0);
}

#[test]
fn several_credentials_in_one_record_are_told_one_by_one() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&address(&server));
    let credential = |name: &str| {
        json!({
            "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "https://a.example/issuer", "type": ["Profile"]},
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement(name, 2)},
        })
    };
    let record = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"],
        "type": ["VerifiableCredential", "ClrCredential"], "issuer": {"id": "https://a.example/issuer", "type": ["Profile"]},
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [credential("Knots"), credential("Sails")]},
    });
    browser.run("document.querySelector('#text').value = args", &Value::from(record.to_string()));
    browser.type_into("#badge button[type=submit]", ENTER);
    has(
        &report(&browser),
        &[
            "A record of two credentials",
            "This record of two credentials points to two competencies.",
            "Knots (2 of 2 known here)",
            "Sails (2 of 2 known here)",
            "1. Knots",
            "2. Sails",
        ],
    );
}

#[test]
fn page_and_module_come_with_their_policy_and_are_asked_about_again() {
    let data = samples();
    let server = Server::of(&data);
    let shared = "public, max-age=60, stale-while-revalidate=600";
    for (path, media_type, kept) in [
        ("/badge", "text/html; charset=utf-8", shared),
        ("/picker", "text/html; charset=utf-8", shared),
        ("/style.css", "text/css; charset=utf-8", "no-cache"),
        ("/picker.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/alidade.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/alidade/extract.js", "text/javascript; charset=utf-8", "no-cache"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        for (name, value) in [
            ("content-type", media_type),
            ("cache-control", kept),
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
