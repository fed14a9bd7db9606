//! The picker: a phrase goes into anybody's form, and an alignment comes out.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::Server;

/// How long a test waits for what must come; no test is about this time.
const PATIENCE: Duration = Duration::from_mins(1);

/// The keys as a browser is told of them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

/// What all scripts here begin with.
const TOOLS: &str = r#"
    const picker = document.querySelector("alidade-picker");
    const root = picker.shadowRoot;
    const box = root.querySelector("[role=combobox]");
    const options = () => [...root.querySelectorAll("[role=option]")];
    const said = () => root.querySelector("[role=status]").textContent;
    const until = async (is) => {
        for (;;) {
            const found = is();
            if (found) return found;
            await new Promise((go) => setTimeout(go, 20));
        }
    };
    const type = (text) => {
        box.focus();
        box.value = text;
        root.querySelector("[role=status]").textContent = "";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        return until(() => /found|cannot/.test(said()));
    };
"#;

fn samples() -> DataDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")])
}

#[track_caller]
fn run(browser: &Browser, script: &str, args: &Value) -> Value {
    browser.run(&format!("{TOOLS}{script}"), args)
}

/// A site of somebody else's, with a policy as strict as can be: one page for every address, and all that was asked.
struct Host {
    address: SocketAddr,
    heard: Arc<Mutex<String>>,
}

impl Host {
    fn with(page: &str, policy: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(String::new()));
        let ear = Arc::clone(&heard);
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}; report-uri /broken\r\n\
             Cross-Origin-Embedder-Policy: require-corp\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
            page.len()
        );
        thread::spawn(move || {
            for mut caller in listener.incoming().map_while(Result::ok) {
                let mut request = [0; 8192];
                let n_read = caller.read(&mut request).unwrap_or_default();
                ear.lock().unwrap().push_str(&String::from_utf8_lossy(&request[..n_read]));
                drop(caller.write_all(answer.as_bytes()));
            }
        });
        Self { address, heard }
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }

    /// Waits for a request, and gives what its first line has after these words.
    #[track_caller]
    fn wait_for(&self, words: &str) -> String {
        let begun = Instant::now();
        loop {
            let heard = self.heard();
            if let Some((_, rest)) = heard.split_once(words) {
                return rest.split(' ').next().unwrap().to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "`{words}` is not in {heard}");
            thread::yield_now();
        }
    }
}

/// A plain form for badges on another site.
fn form(server: &Server) -> Host {
    let script = format!("http://{}", server.address());
    let page = format!(
        r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Issue a badge</title>
        <script type="module" src="{script}/picker.js"></script>
        <h1>Issue a badge</h1>
        <form action="/made">
        <p><label for="name">Name</label> <input id="name" name="name"></p>
        <p><label for="shows">What it shows</label> <alidade-picker id="shows" name="alignment" target="json" required></alidade-picker></p>
        <p><label for="json">Alignment</label> <textarea id="json" name="json"></textarea></p>
        <button>Make it</button>
        </form>"#
    );
    let policy = format!(
        "default-src 'none'; script-src {script}; connect-src {script}; form-action 'self'; base-uri 'none'"
    );
    Host::with(&page, &policy)
}

#[test]
fn an_issuer_goes_from_a_phrase_to_an_alignment_in_another_site_with_the_keyboard_alone() {
    let data = samples();
    let server = Server::of(&data);
    let host = form(&server);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", host.address));
    browser.run("await customElements.whenDefined('alidade-picker')", &json!(null));
    browser.press(TAB);
    browser.press("Number line badge");
    browser.press(TAB);
    let begun = r#"
        return {
            focus: document.activeElement.id,
            named: box.getAttribute("aria-label"),
            isComplete: document.forms[0].checkValidity(),
            expanded: box.getAttribute("aria-expanded"),
        };
    "#;
    assert_eq!(
        run(&browser, begun, &json!(null)),
        json!({"focus": "shows", "named": "What it shows", "isComplete": false, "expanded": "false"})
    );

    browser.press("fractions on a number line");
    let found = r#"
        const asked = () => performance.getEntriesByType("resource").some(({ name }) => name.includes("q=fractions+on+a+number+line&"));
        await until(() => asked() && /found/.test(said()) && box.getAttribute("aria-expanded") === "true");
        return { first: options()[0].textContent, n: options().length, active: box.getAttribute("aria-activedescendant"), said: said() };
    "#;
    let list = run(&browser, found, &json!(null));
    let first = list["first"].as_str().unwrap();
    for words in [
        "NMF.3.FR.2 Fractions on a number line",
        "Northfield Mathematics Framework 2019",
        "Northfield Department of Learning",
        "Fractions › Understand a fraction",
    ] {
        assert!(first.contains(words), "{list}");
    }
    assert_eq!(list["active"], Value::Null, "{list}");

    // Down, to the last by going up from the first, and to the first again by going down from the last.
    let active = "return [box.getAttribute('aria-activedescendant'), options().findIndex((option) => option.ariaSelected === 'true')]";
    browser.press(DOWN);
    assert_eq!(run(&browser, active, &json!(null)), json!(["option-0", 0]));
    let last = list["n"].as_u64().unwrap() - 1;
    browser.press(UP);
    assert_eq!(run(&browser, active, &json!(null)), json!([format!("option-{last}"), last]));
    browser.press(DOWN);
    browser.press(ESCAPE);
    let closed = "return [box.getAttribute('aria-expanded'), box.value]";
    assert_eq!(run(&browser, closed, &json!(null)), json!(["false", "fractions on a number line"]));
    browser.press(DOWN);
    browser.press(ENTER);

    let chosen = r#"
        await until(() => picker.value !== "");
        return {
            alignment: picker.alignment,
            pasted: JSON.parse(document.querySelector('#json').value),
            isComplete: document.forms[0].checkValidity(),
            said: said(),
            focus: document.activeElement.id,
            typed: box.value,
        };
    "#;
    let chosen = run(&browser, chosen, &json!(null));
    let key = "guid:2373ee03-1b81-5d6f-9869-0a5bee3226c7";
    let expected =
        server.get(&format!("/v1/resources/{key}/alignment")).json()["openBadges3"].take();
    assert_eq!(expected["targetCode"], "NMF.3.FR.2");
    assert_eq!(chosen["alignment"], expected);
    assert_eq!(chosen["pasted"], expected);
    assert_eq!(chosen["said"], "Chosen: NMF.3.FR.2 Fractions on a number line.");
    assert_eq!(
        (&chosen["isComplete"], &chosen["focus"], &chosen["typed"]),
        (&json!(true), &json!("shows"), &json!(""))
    );

    // Past the link, the buttons and the JSON of the preview, and the field, to the button.
    let focus = "return document.activeElement.localName";
    for _ in 0..10 {
        browser.press(TAB);
        if browser.run(focus, &json!(null)) == "button" {
            break;
        }
    }
    browser.press(ENTER);
    let query = host.wait_for("GET /made?");
    browser.go_to(&format!("http://{}/", host.address));
    let sent = "return Object.fromEntries(new URLSearchParams(args))";
    let sent = browser.run(sent, &Value::from(query));
    assert_eq!(sent["name"], "Number line badge");
    assert_eq!(
        serde_json::from_str::<Value>(sent["alignment"].as_str().unwrap()).unwrap(),
        expected
    );
    assert!(!host.heard().contains("/broken"), "the policy was broken: {}", host.heard());
}

#[test]
fn what_is_out_of_use_is_told_before_and_after_it_is_chosen() {
    let data = samples();
    let server = Server::of(&data);
    let host = form(&server);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", host.address));
    browser.run("await customElements.whenDefined('alidade-picker')", &json!(null));
    let told = r#"
        await type(args);
        const [first] = options();
        const words = first.textContent;
        first.click();
        await until(() => picker.value !== "");
        const preview = root.querySelector("[part=choice]").innerText;
        root.querySelector("[part~=remove]").click();
        return { words, preview, value: picker.value, field: document.querySelector('#json').value, isComplete: picker.checkValidity() };
    "#;
    let ended = run(&browser, told, &json!("counting frame"));
    assert!(ended["words"].as_str().unwrap().contains("Out of use"), "{ended}");
    assert!(ended["preview"].as_str().unwrap().contains("Out of use: look at its page"), "{ended}");
    assert_eq!(
        (&ended["value"], &ended["field"], &ended["isComplete"]),
        (&json!(""), &json!(""), &json!(false))
    );
    let replaced = run(&browser, told, &json!("NMF.3.FR.1"));
    let words = replaced["words"].as_str().unwrap();
    assert!(
        words.contains("Replaced") && words.contains("In its place now: NMF.3.FR.4"),
        "{replaced}"
    );
}

#[test]
fn the_attributes_do_what_the_page_about_them_says() {
    let data = samples();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/picker", server.address()));
    browser.run("await customElements.whenDefined('alidade-picker')", &json!(null));
    let script = r#"
        const heard = [];
        picker.addEventListener("change", ({ detail }) => heard.push(detail.length));
        await type("harbor welder");
        options()[0].click();
        await until(() => picker.alignment.length === 1);
        await type("fractions");
        options()[0].click();
        await until(() => picker.alignment.length === 2);
        await type("fractions");
        options()[0].click();
        await until(() => /already/.test(said()));
        const made = JSON.parse(document.querySelector('#made').textContent);
        const many = new FormData(document.querySelector('#issue')).get("alignment");
        document.querySelector('#issue').reset();
        const afterReset = picker.value;
        picker.removeAttribute("multiple");
        picker.setAttribute("format", "ctdl");
        picker.setAttribute("value", "NMF.3.FR.2 is nothing");
        await until(() => /identifier/.test(said()));
        picker.setAttribute("value", "2373ee03-1b81-5d6f-9869-0a5bee3226c7");
        await until(() => picker.value !== "");
        const adopted = picker.alignment;
        picker.value = JSON.stringify({ targetName: "Given", targetUrl: "javascript:alert(1)" });
        const given = [picker.alignment.targetName, root.querySelectorAll("[part=choice] a").length];
        picker.toggleAttribute("disabled", true);
        const isOff = [box.disabled, new FormData(document.querySelector('#issue')).get("alignment")];
        picker.toggleAttribute("disabled", false);
        picker.setAttribute("kind", "framework");
        await type("northfield");
        const framework = options()[0].textContent;
        await type("zzzzqqqq");
        const nothing = said();
        picker.setAttribute("server", "http://127.0.0.1:1/");
        await type("fractions");
        const again = root.querySelector('#again');
        return { heard, names: made.alignment.map(({ targetName }) => targetName), isSame: many === JSON.stringify(made.alignment),
            afterReset, adopted: adopted["ceterms:codedNotation"], given, isOff, framework, nothing, offline: said(), canTryAgain: !again.hidden };
    "#;
    let done = run(&browser, script, &json!(null));
    assert_eq!(done["heard"], json!([1, 2]), "{done}");
    assert_eq!(done["names"].as_array().unwrap().len(), 2, "{done}");
    assert_eq!((&done["isSame"], &done["afterReset"]), (&json!(true), &json!("")));
    assert_eq!(done["adopted"], "NMF.3.FR.2");
    assert_eq!(done["given"], json!(["Given", 0]));
    assert_eq!(done["isOff"], json!([true, null]));
    assert!(
        done["framework"].as_str().unwrap().contains("Northfield Mathematics Framework 2019"),
        "{done}"
    );
    assert!(
        done["nothing"].as_str().unwrap().starts_with("Nothing was found for “zzzzqqqq”"),
        "{done}"
    );
    assert_eq!(done["offline"], "The server cannot be reached. Look whether you are connected.");
    assert_eq!(done["canTryAgain"], true);
    let snippet = browser.text("#snippet");
    assert!(snippet.contains(&format!("http://{}/picker.js", server.address())), "{snippet}");
}

/// A framework whose words would do something if they were markup.
fn hostile() -> Value {
    let statement = "Fractions <img src=x onerror=window.pwned=1><script>window.pwned=1</script> <b onclick=window.pwned=1>press</b> \u{202e}drawkcab";
    let (document, item) =
        ("ffffffff-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000001");
    let uri = |kind: &str, identifier: &str| format!("https://hostile.example/{kind}/{identifier}");
    let node = |kind: &str, identifier: &str| json!({ "title": statement, "identifier": identifier, "uri": uri(kind, identifier) });
    let changed = "2024-01-01T00:00:00+00:00";
    json!({
        "CFDocument": {
            "identifier": document, "uri": uri("CFDocuments", document), "title": statement, "creator": statement, "publisher": statement,
            "adoptionStatus": "Adopted", "lastChangeDateTime": changed,
            "CFPackageURI": node("CFPackages", document),
        },
        "CFItems": [{
            "identifier": item, "uri": uri("CFItems", item), "fullStatement": statement, "abbreviatedStatement": statement,
            "humanCodingScheme": "<i>X</i>.1", "CFDocumentURI": node("CFDocuments", document), "lastChangeDateTime": changed,
        }],
        "CFAssociations": [{
            "identifier": "aaaaaaaa-0000-4000-8000-000000000001", "uri": uri("CFAssociations", "aaaaaaaa-0000-4000-8000-000000000001"),
            "associationType": "isChildOf", "originNodeURI": node("CFItems", item), "destinationNodeURI": node("CFDocuments", document),
            "lastChangeDateTime": changed,
        }],
    })
}

#[test]
fn hostile_words_are_words() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hostile.json"), hostile().to_string()).unwrap();
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let host = form(&server);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/", host.address));
    browser.run("await customElements.whenDefined('alidade-picker')", &json!(null));
    let script = r#"
        await type("fractions");
        const n = options().length;
        options()[0].click();
        await until(() => picker.value !== "");
        await new Promise((go) => setTimeout(go, 200));
        return { n, pwned: window.pwned ?? null, odd: root.querySelectorAll("img, script, b, i").length, name: picker.alignment.targetName };
    "#;
    let done = run(&browser, script, &json!(null));
    assert_eq!(
        (&done["n"], &done["pwned"], &done["odd"]),
        (&json!(1), &Value::Null, &json!(0)),
        "{done}"
    );
    assert!(done["name"].as_str().unwrap().contains("Fractions"), "{done}");
    assert!(!host.heard().contains("/broken"), "the policy was broken: {}", host.heard());
}
