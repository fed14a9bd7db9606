//! What leaves the browser: identifiers, and nothing about the learner.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::browser::recorder::Recorder;
use crate::support::DataDir;
use crate::support::http::Server;

/// Stands wherever a badge speaks of its learner.
const CANARY: &str = "quillfeather";

/// A badge of each format whose learner is a canary, also where that could leak.
fn badges() -> Vec<Value> {
    let leaks = [
        "did:web:quillfeather.example:subject",
        "quillfeather@people.example",
        "https://issuer.example/credentials/quillfeather",
        "https://issuer.example/credentials/quillfeather#1",
        "https://a.example/?learner=quillfeather",
        "mailto:quillfeather",
    ];
    let alignment = |leak: &&str| json!({"type": ["Alignment"], "targetUrl": leak, "targetName": leak, "targetCode": leak});
    let mut alignments: Vec<Value> = leaks.iter().map(alignment).collect();
    alignments.push(json!({"targetUrl": "https://framework.example/sent", "targetName": "Sent"}));
    let person = json!({"id": leaks[0], "type": ["Profile", "Person"], "name": "Quillfeather Learner", "email": leaks[1]});
    let achievement = json!({
        "id": leaks[2], "type": ["Achievement"], "name": "Quillfeather Learner", "alignment": alignments, "tag": leaks,
        "related": leaks, "criteria": {"narrative": CANARY}, "creator": person,
    });
    let open_badge_3 = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "id": leaks[2], "name": CANARY, "description": CANARY, "issuer": person,
        "evidence": [{"id": "https://quillfeather.example/1", "narrative": CANARY}], "proof": {"proofValue": CANARY},
        "credentialSubject": {"id": leaks[0], "name": "Quillfeather Learner", "achievement": achievement, "result": [{"value": CANARY}]},
    });
    let open_badge_2 = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": leaks[2], "uid": CANARY,
        "recipient": {"type": "email", "hashed": false, "identity": leaks[1]}, "issuedOn": CANARY,
        "badge": {"id": leaks[2], "name": leaks[1], "alignment": alignments, "tags": leaks, "issuer": person},
    });
    let presentation = json!({
        "type": ["VerifiablePresentation"], "holder": leaks[0], "id": "urn:quillfeather", "verifiableCredential": [open_badge_3],
    });
    vec![open_badge_3, open_badge_2, presentation]
}

#[test]
fn only_identifiers_leave_the_browser_and_nothing_stays_in_it() {
    let data = DataDir::holding(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/frameworks")]);
    let server = Server::of(&data);
    let recorder = Recorder::before(server.address());
    let browser = Browser::start();
    for badge in badges() {
        browser.go_to(&recorder.url("/badge"));
        browser
            .run("document.querySelector('#text').value = args", &Value::from(badge.to_string()));
        browser.type_into("button[type=submit]", "\u{e007}");
        browser.element("#report .verdict.unknown");
        let page = browser.run("return document.documentElement.outerHTML", &json!(null));
        assert!(!page.to_string().to_lowercase().contains(CANARY), "{page}");
    }
    let script = r#"
        const databases = await indexedDB.databases();
        const caches = await globalThis.caches?.keys() ?? [];
        return [document.cookie, localStorage.length, sessionStorage.length, databases.length, caches.length];
    "#;
    assert_eq!(browser.run(script, &json!(null)), json!(["", 0, 0, 0, 0]));
    let heard = recorder.heard();
    assert_eq!(heard.matches("POST /v1/resolve HTTP/1.1").count(), badges().len(), "{heard}");
    assert_eq!(heard.matches("https://framework.example/sent").count(), badges().len(), "{heard}");
    assert!(!heard.to_lowercase().contains(CANARY), "{heard}");
    for field in ["cookie:", "referer:", "authorization:"] {
        assert!(!heard.to_lowercase().contains(field), "{field}: {heard}");
    }
    let profile = browser.end();
    let kept = files_with(profile.path(), CANARY.as_bytes());
    assert_eq!(kept, [""; 0], "the badge is found in the profile");
}

/// The files below a folder that have certain bytes in them.
fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files_with(&path, bytes));
        } else if fs::read(&path)
            .is_ok_and(|text| text.windows(bytes.len()).any(|part| part == bytes))
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// A page of somebody else's, which uses the module of the server.
fn serve_page(page: String) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut caller in listener.incoming().map_while(Result::ok) {
            let mut request = [0; 4096];
            drop(std::io::Read::read(&mut caller, &mut request));
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            drop(std::io::Write::write_all(&mut caller, (head + &page).as_bytes()));
        }
    });
    address
}

#[test]
fn a_page_of_somebody_elses_reads_and_asks_with_the_module() {
    let data = DataDir::holding(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/frameworks")]);
    let server = Server::of(&data);
    let module = format!("http://{}/alidade.js", server.address());
    let address = serve_page("<!doctype html><title>a page</title>".to_owned());
    let browser = Browser::start();
    browser.go_to(&format!("http://{address}/"));
    let script = r#"
        const { extract, resolve, asks } = await import(args.module);
        const extraction = await extract(args.badge);
        const answers = await resolve(extraction, { asOf: "2024-01-01" });
        const same = await resolve(asks(extraction), { server: args.module.replace("alidade.js", "") });
        const none = await resolve({ mentions: [] });
        const gone = await resolve(extraction, { server: "http://127.0.0.1:1/" }).catch((error) => error.message);
        const bad = await resolve(extraction, { asOf: "noon" }).catch((error) => [error.status, error.problem.type]);
        return { answers, same, none, gone, bad };
    "#;
    let badge = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/badges/2-number-sense-refresher.json"),
    )
    .unwrap();
    let said = browser.run(script, &json!({ "module": module, "badge": badge }));
    let verdicts = |answers: &Value| -> Vec<(Value, Value)> {
        let answers = answers.as_array().unwrap().iter();
        answers
            .map(|answer| (answer["mention"].clone(), answer["resolution"]["verdict"].clone()))
            .collect()
    };
    assert!(verdicts(&said["answers"]).contains(&(json!(1), json!("resolved"))), "{said}");
    assert_eq!(verdicts(&said["answers"]), verdicts(&said["same"]));
    assert_eq!(said["none"], json!([]));
    assert_eq!(said["gone"], "the server cannot be reached");
    assert_eq!(said["bad"], json!([400, "urn:alidade:problem:invalid-body"]));
}

#[test]
fn many_questions_go_in_portions_and_come_back_in_their_order() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let browser = Browser::start();
    browser.go_to(&format!("http://{}/badge", server.address()));
    let script = r#"
        const { resolve } = await import(new URL("alidade.js", location.href));
        const sizes = [];
        const options = [];
        globalThis.fetch = async (address, request) => {
            const { ids, ...rest } = JSON.parse(request.body);
            sizes.push(ids.length);
            options.push({ ...rest, path: address.pathname, credentials: request.credentials, referrer: request.referrerPolicy });
            return Response.json({ answers: ids.map(({ targetCode }) => ({ code: targetCode })) });
        };
        const asked = Array.from({ length: 2500 }, (_, at) => [at, { targetCode: String(at) }]);
        const answers = await resolve(asked, { server: "https://a.example/alidade", asOf: "2024-01-01", suggest: true });
        const long = await resolve(Array.from({ length: 300 }, () => ({ targetName: "x".repeat(4000) })));
        return { sizes, option: options[0], inOrder: answers.every(({ mention, code }, at) => mention === at && code === String(at)), long: long.length };
    "#;
    let said = browser.run(script, &json!(null));
    let option = json!({
        "asOf": "2024-01-01", "suggest": true, "path": "/alidade/v1/resolve", "credentials": "omit", "referrer": "no-referrer",
    });
    assert_eq!(
        said,
        json!({"sizes": [1000, 1000, 500, 261, 39], "option": option, "inOrder": true, "long": 300})
    );
}
