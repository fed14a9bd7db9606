//! What leaves the browser: identifiers, and nothing about the learner.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::browser::recorder::Recorder;
use crate::support::DataDir;
use crate::support::http::Server;

/// Stands wherever a badge speaks of its learner.
const CANARY: &str = "quillfeather";

/// The one identifier in each badge that is to be sent.
const SENT: &str = "https://framework.example/sent";

/// What names the learner and the award, wherever a value may come out.
const LEAKS: [&str; 5] = [
    "did:web:quillfeather.example:subject",
    "quillfeather@people.example",
    "https://issuer.example/credentials/quillfeather",
    "https://issuer.example/credentials/quillfeather#1",
    "mailto:quillfeather",
];
const SUBJECT: &str = LEAKS[0];
const MAIL: &str = LEAKS[1];
const AWARD: &str = LEAKS[2];
const NAME: &str = "Quillfeather Learner";

/// Alignments that give the learner away, and one that does not.
fn alignments() -> Value {
    let alignment = |leak| json!({"type": ["Alignment"], "targetUrl": leak, "targetName": leak, "targetCode": leak});
    let mut alignments: Vec<Value> = LEAKS.into_iter().map(alignment).collect();
    alignments.push(json!({"targetUrl": "https://a.example/?learner=quillfeather"}));
    alignments.push(json!({"targetUrl": SENT, "targetName": "Sent"}));
    Value::from(alignments)
}

fn open_badge_3() -> Value {
    let person = json!({"id": SUBJECT, "type": ["Profile", "Person"], "name": NAME, "email": MAIL});
    let achievement = json!({
        "id": AWARD, "type": ["Achievement"], "name": NAME, "alignment": alignments(), "tag": LEAKS, "related": LEAKS,
        "criteria": {"narrative": CANARY}, "creator": person,
    });
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "id": AWARD, "name": CANARY, "description": CANARY, "issuer": person,
        "evidence": [{"id": "https://quillfeather.example/1", "narrative": CANARY}], "proof": {"proofValue": CANARY},
        "credentialSubject": {"id": SUBJECT, "name": NAME, "achievement": achievement, "result": [{"value": CANARY}]},
    })
}

fn open_badge_2() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": AWARD, "uid": CANARY, "issuedOn": CANARY,
        "recipient": {"type": "email", "hashed": false, "identity": MAIL}, "holder": SUBJECT,
        "badge": {"id": AWARD, "name": MAIL, "alignment": alignments(), "tags": [MAIL, AWARD, SUBJECT]},
    })
}

/// A badge of each format whose learner is a canary, also where that could leak.
fn badges() -> Vec<Value> {
    let credential = |kind: &str, subject: Value| {
        let kinds = ["VerifiableCredential", kind];
        json!({"type": kinds, "id": AWARD, "name": CANARY, "credentialSubject": subject})
    };
    let person = json!({"name": {"formattedName": NAME, "given": "Quillfeather", "family": "Learner"}, "id": {"value": "quillfeather-4711"}});
    vec![
        open_badge_3(),
        open_badge_2(),
        json!({"recipient": MAIL, "badge": {"name": MAIL, "criteria": "/c", "alignment": [{"url": SENT, "name": MAIL}]}}),
        json!({"type": "VerifiablePresentation", "holder": SUBJECT, "id": "urn:quillfeather", "verifiableCredential": [open_badge_3()]}),
        credential(
            "ClrCredential",
            json!({"id": SUBJECT, "type": ["ClrSubject"], "name": NAME, "verifiableCredential": [open_badge_3()]}),
        ),
        json!({"type": "Clr", "learner": {"id": SUBJECT, "name": NAME, "email": MAIL}, "assertions": [
            {"id": AWARD, "achievement": {"id": AWARD, "name": NAME, "alignments": alignments()}},
        ]}),
        credential(
            "LER-RS VC",
            json!({
                "person": person, "communication": {"email": [{"address": MAIL}]}, "narratives": [CANARY],
                "skills": [{"name": NAME, "definitionReference": {"reference": SENT}}],
                "certifications": [{"name": NAME, "id": {"value": "quillfeather-4711"}}],
            }),
        ),
        json!({"type": ["VerifiableCredential", "LearnerRecordWrapper"], "id": AWARD, "description": CANARY, "learnerRecord": [
            {"payload": {"type": "badge", "data": open_badge_2()}},
        ]}),
        credential(
            "EuropeanDigitalCredential",
            json!({
                "id": SUBJECT, "type": "Person", "fullName": {"en": [NAME]}, "hasClaim": {"title": {"en": CANARY}, "specifiedBy": {
                    "id": SUBJECT, "title": {"en": NAME}, "learningOutcome": [{"relatedESCOSkill": {"id": SENT, "prefLabel": {"en": NAME}}}],
                }},
            }),
        ),
        credential(
            "Other",
            json!({"id": SUBJECT, "name": NAME, "hasAchieved": {"id": SUBJECT, "name": NAME, "alignment": alignments()}}),
        ),
    ]
}

/// The files in which a badge may come.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let badge = open_badge_3().to_string();
    let claims = json!({"iss": "https://issuer.example", "sub": SUBJECT, "jti": AWARD, "vc": open_badge_3()});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let token = format!("{}.{}.c2ln", part(&json!({"alg": "ES256"})), part(&claims));
    let picture = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential><![CDATA[{badge}]]></o:credential></svg>"#
    );
    let mut files: Vec<(&str, Vec<u8>)> =
        badges().into_iter().map(|badge| ("badge.json", badge.to_string().into_bytes())).collect();
    files.push(("badge.jwt", token.clone().into_bytes()));
    files.push(("badge.sdjwt", format!("{token}~").into_bytes()));
    files.push(("badge.svg", picture.into_bytes()));
    files.push(("badge.png", png(badge.as_bytes())));
    files
}

/// A picture with a text in it, and nothing to be seen.
pub(super) fn png(text: &[u8]) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let text = [b"openbadgecredential\0\0\0\0\0".as_slice(), text].concat();
    for (kind, data) in [(b"iTXt", text.as_slice()), (b"IEND", b"")] {
        let checked = [kind.as_slice(), data].concat();
        let mut crc = flate2::Crc::new();
        crc.update(&checked);
        picture.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        picture.extend(checked);
        picture.extend(crc.sum().to_be_bytes());
    }
    picture
}

#[test]
fn only_identifiers_leave_the_browser_and_nothing_stays_in_it() {
    let data = DataDir::holding(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/frameworks")]);
    let server = Server::of(&data);
    let recorder = Recorder::before(server.address());
    let browser = Browser::start();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files() {
        browser.go_to(&recorder.url("/badge"));
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        browser.type_into("#file", file.to_str().unwrap());
        browser.element("#report:not([hidden]) #report-title");
        let page = browser.run("return document.documentElement.outerHTML", &json!(null));
        assert!(page.to_string().contains("verdict unknown"), "{name}: {page}");
        assert!(!page.to_string().to_lowercase().contains(CANARY), "{name}: {page}");
    }
    browser.go_to(&recorder.url("/badge"));
    browser.run(
        "document.querySelector('#text').value = args",
        &Value::from(open_badge_3().to_string()),
    );
    browser.type_into("#badge button[type=submit]", "\u{e007}");
    browser.element("#report .verdict.unknown");
    let script = r"
        const databases = await indexedDB.databases();
        const caches = await globalThis.caches?.keys() ?? [];
        return [document.cookie, localStorage.length, sessionStorage.length, databases.length, caches.length];
    ";
    assert_eq!(browser.run(script, &json!(null)), json!(["", 0, 0, 0, 0]));
    let heard = recorder.heard();
    assert_eq!(heard.matches("POST /v1/resolve HTTP/1.1").count(), files().len() + 1, "{heard}");
    assert_eq!(
        heard.matches("https://framework.example/sent").count(),
        files().len() + 1,
        "{heard}"
    );
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
        const none = await resolve({ credentials: [], mentions: [] });
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
    assert!(verdicts(&said["answers"]).contains(&(json!(2), json!("resolved"))), "{said}");
    assert_eq!(verdicts(&said["answers"]), verdicts(&said["same"]));
    assert_eq!(said["none"], json!([]));
    assert_eq!(said["gone"], "the server cannot be reached");
    assert_eq!(said["bad"], json!([400, "/problems/invalid-body"]));
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
        json!({"sizes": [1000, 1000, 500, 260, 40], "option": option, "inOrder": true, "long": 300})
    );
}
