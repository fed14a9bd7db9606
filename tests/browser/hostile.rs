//! What publishers write is shown and does nothing: hostile statements, and strings that are naughty.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::chromium::Browser;
use crate::support::DataDir;
use crate::support::http::{Server, encoded};

/// What is put into statements. Each would set `pwned`, open a dialog, fetch something, or draw outside of its place.
const PAYLOADS: [&str; 34] = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=\"http://127.0.0.1:1/x.png\">",
    "<svg onload=window.pwned=1><circle r=9999 /></svg>",
    "<svg><script>window.pwned=1</script></svg>",
    "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "<a href=\"javascript:window.pwned=1\">press</a>",
    "[press](javascript:window.pwned=1)",
    "![picture](http://127.0.0.1:1/x.png)",
    "<http://127.0.0.1:1/auto>",
    "\"><script>window.pwned=1</script>",
    "'><b onmouseover=window.pwned=1>over</b>",
    "</title><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<!--<script>window.pwned=1</script>-->",
    "<![CDATA[<script>window.pwned=1</script>]]>",
    "<style>*{display:none!important}</style>",
    "<link rel=stylesheet href=http://127.0.0.1:1/x.css>",
    "<base href=http://127.0.0.1:1/>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:1/\">",
    "<form action=http://127.0.0.1:1/><input name=q autofocus onfocus=window.pwned=1></form>",
    "<object data=http://127.0.0.1:1/></object><embed src=http://127.0.0.1:1/>",
    "{{constructor.constructor('window.pwned=1')()}} ${window.pwned=1} <%= pwned %>",
    "$\\href{javascript:window.pwned=1}{x}$ $\\style{position:fixed}{x}$",
    "$\\def\\a{\\a\\a}\\a$ $$\\frac{\\frac{\\frac{1}{2}}{3}}{\\color{red}4}$$",
    "<div style=\"position:fixed;inset:0;background:red\">over everything</div>",
    "<plaintext>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt; &#60;img src=x onerror=window.pwned=1&#62;",
    "\u{202e}gnidaer sdrawkcab\u{202d} \u{2066}\u{2067}isolated",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}a\u{337}\u{310}\u{30d}l\u{328}g\u{327}o\u{329}",
    "a\u{0}b\u{7}c\u{1b}[31md\u{85}e\u{2028}f\u{feff}g",
    "＜script＞window.pwned=1＜/script＞",
];

/// So many statements are made of them.
const N_STATEMENTS: usize = 100;

/// Puts a payload into the middle, the front or the end of something, also much repeated or without a place to break.
fn statement(number: usize) -> String {
    let payload = PAYLOADS[number % PAYLOADS.len()];
    match number / PAYLOADS.len() {
        0 => payload.to_owned(),
        1 => format!("Adds fractions {payload} and explains the sum."),
        _ => format!("{}{payload}{}", "unbroken".repeat(60), "W".repeat(900)),
    }
}

/// The naughty strings, where they are there.
fn naughty() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/abuse/blns/blns.json");
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: ../shared/data/abuse/blns is not here");
        return Vec::new();
    };
    serde_json::from_str(&text).unwrap()
}

fn item(number: usize, statement: &str) -> Value {
    let identifier = format!("00000000-0000-4000-8000-{number:012x}");
    json!({
        "identifier": identifier,
        "uri": format!("https://hostile.example/CFItems/{identifier}"),
        "fullStatement": statement,
        "abbreviatedStatement": statement,
        "humanCodingScheme": statement,
        "notes": statement,
        "CFItemType": statement,
        "conceptKeywords": [statement],
        "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
    })
}

/// A framework whose every word is hostile.
fn package(statements: &[String]) -> Value {
    let identifier = "ffffffff-0000-4000-8000-000000000000";
    let uri = format!("https://hostile.example/CFDocuments/{identifier}");
    let all = PAYLOADS.join(" ");
    let items: Vec<Value> =
        statements.iter().enumerate().map(|(number, text)| item(number, text)).collect();
    let associations: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(number, item)| {
            let node = |item: &Value| {
                json!({ "title": item["fullStatement"], "identifier": item["identifier"], "uri": item["uri"] })
            };
            // Every third is a copy of the one before, so that there is something to draw.
            let is_copy = number % 3 == 1;
            let document = json!({ "fullStatement": all, "identifier": identifier, "uri": uri });
            let identifier = format!("aaaaaaaa-0000-4000-8000-{number:012x}");
            json!({
                "identifier": identifier,
                "uri": format!("https://hostile.example/CFAssociations/{identifier}"),
                "associationType": if is_copy { "exactMatchOf" } else { "isChildOf" },
                "originNodeURI": node(item),
                "destinationNodeURI": if is_copy { node(&items[number - 1]) } else { node(&document) },
                "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
            })
        })
        .collect();
    json!({
        "CFDocument": {
            "identifier": identifier,
            "uri": uri,
            "title": all,
            "creator": PAYLOADS[0],
            "publisher": PAYLOADS[1],
            "description": all,
            "officialSourceURL": "javascript:window.pwned=1",
            "version": PAYLOADS[3],
            "adoptionStatus": PAYLOADS[11],
            "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
        },
        "CFItems": items,
        "CFAssociations": associations,
    })
}

/// Gathers what was done against the policy of the page that is open: what was before, and what comes within the wait.
const GATHER: &str = r#"
        const gathered = [];
        const observer = new ReportingObserver((reports) => gathered.push(...reports), { types: ["csp-violation"], buffered: true });
        observer.observe();
        await new Promise((go) => setTimeout(go, 50));
        gathered.push(...observer.takeRecords());
        const violations = gathered.map((report) => JSON.stringify(report.body));
"#;

/// Goes to a page and looks at it.
#[track_caller]
fn check(browser: &Browser, address: &str) {
    browser.go_to(address);
    let script = r#"
        const ours = new URL(location.href).origin;
        const is_ours = (url) => url === "" || new URL(url, location.href).origin === ours;
        const elements = [...document.querySelectorAll("*")];
        const handlers = elements.filter((e) => [...e.attributes].some((a) => a.name.startsWith("on") || a.name === "style"));
        const foreign = [...document.querySelectorAll("script[src], img, iframe, object, embed, link[rel=stylesheet], form, base, meta[http-equiv]")]
            .filter((e) => !is_ours(e.src || e.href || e.action || e.data || "") || ["IFRAME", "OBJECT", "EMBED", "BASE", "META"].includes(e.tagName));
        const links = [...document.querySelectorAll("a")].filter((a) => !/^(https?:|$)/.test(a.protocol ?? "") && a.hasAttribute("href"));
        const inline = [...document.querySelectorAll("script:not([src])")].filter((s) => s.type !== "application/ld+json");
        const outside = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return {
            pwned: window.pwned ?? null,
            violations,
            handlers: handlers.map((e) => e.outerHTML.slice(0, 200)),
            foreign: foreign.map((e) => e.outerHTML.slice(0, 200)),
            links: links.map((e) => e.outerHTML.slice(0, 200)),
            inline: inline.map((e) => e.textContent.slice(0, 200)),
            outside: Math.max(0, outside),
            titles: document.querySelectorAll("h1").length,
            asked: performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !is_ours(name)),
        };
    "#;
    let seen = browser.run(&format!("{GATHER}{script}"), &Value::Null);
    let harmless = json!({
        "pwned": null, "violations": [], "handlers": [], "foreign": [], "links": [], "inline": [], "outside": 0, "titles": 1, "asked": [],
    });
    assert_eq!(seen, harmless, "{address}");
}

/// Does on the page that is open what no publisher can: it is stopped, and would be seen.
#[track_caller]
fn check_that_harm_is_seen(browser: &Browser) {
    let harm = r#"
        const script = document.createElement("script");
        script.textContent = "window.pwned = 1";
        const other = document.createElement("div");
        other.innerHTML = "<img src=/icon.svg onload=window.pwned=2 style='color: red'><img src=http://127.0.0.1:1/x.png>";
        document.body.append(script, other);
    "#;
    let tell = "
        const directives = gathered.map((report) => report.body.effectiveDirective);
        return { pwned: window.pwned ?? null, n: violations.length, directives: [...new Set(directives)].sort() };
    ";
    let seen = browser.run(&format!("{harm}{GATHER}{tell}"), &Value::Null);
    let directives = ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"];
    assert_eq!(seen, json!({ "pwned": null, "n": 4, "directives": directives }));
}

#[test]
fn hostile_statements_and_naughty_strings_are_shown_and_do_nothing() {
    let mut statements: Vec<String> = (0..N_STATEMENTS).map(statement).collect();
    statements.extend(naughty().into_iter().filter(|text| !text.trim().is_empty()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.json");
    fs::write(&file, package(&statements).to_string()).unwrap();
    let data = DataDir::holding(&[&file]);
    let server = Server::of(&data);
    let at = |path: &str| format!("http://{}{path}", server.address());
    let browser = Browser::start();
    browser.resize(500, 900);
    for path in [
        "/",
        "/frameworks",
        "/frameworks/ffffffff-0000-4000-8000-000000000000",
        "/frameworks/ffffffff-0000-4000-8000-000000000000?q=fractions",
        "/r/ffffffff-0000-4000-8000-000000000000",
        "/?q=fractions",
        "/?q=unbroken&limit=50",
        "/sources",
    ] {
        check(&browser, &at(path));
    }
    check_that_harm_is_seen(&browser);
    // Every hostile statement, and of the naughty ones so many as are worth the time; the list of results shows them all.
    let few = (0..statements.len()).filter(|number| *number < N_STATEMENTS || number % 25 == 0);
    for number in few {
        check(&browser, &at(&format!("/r/00000000-0000-4000-8000-{number:012x}")));
    }
    for text in
        PAYLOADS.iter().map(|text| (*text).to_owned()).chain(naughty().into_iter().step_by(40))
    {
        // Some are no question, which is a page too.
        check(&browser, &at(&format!("/?q={}", encoded(&text))));
    }
}
