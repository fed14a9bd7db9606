//! Pictures that were made to hurt.

use std::fmt::Write;

use crate::paths::hostile_credentials::{Ending, Worst, texts};
use crate::support::carried::picture::{Chunk, SIGNATURE, deflated, png, svg_body};

const OB3: &str = "https://purl.imsglobal.org/ob/v3p0";
const TOO_LONG: &str = "longer than 2 MB";

fn badge() -> String {
    texts::badge(r#"{"targetName":"x","targetUrl":"https://framework.example/1"}"#)
}

fn small(kind: [u8; 4]) -> Chunk {
    Chunk { kind, data: Vec::new() }
}

fn baked() -> Chunk {
    Chunk::plain("openbadgecredential", &badge())
}

/// A chunk whose text unfolds to so many bytes.
fn bomb(kind: [u8; 4], start: &[u8], n_bytes: usize) -> Chunk {
    let text = [badge().into_bytes(), vec![b' '; n_bytes]].concat();
    Chunk { kind, data: [start, &deflated(&text)].concat() }
}

/// A picture that goes on behind its chunks with bytes that are none.
fn with_tail(tail: &[u8]) -> Vec<u8> {
    let mut bytes = png(&[]);
    bytes.truncate(bytes.len() - 12);
    bytes.extend(tail);
    bytes
}

fn drawing(inside: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"{OB3}\">{inside}</svg>")
}

fn laughs() -> String {
    let mut entities = "<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..10 {
        let ten = format!("&a{};", n - 1).repeat(10);
        write!(entities, "<!ENTITY a{n} \"{ten}\">").unwrap();
    }
    format!("<!DOCTYPE svg [{entities}]>{}", drawing("<text>&a9;</text>"))
}

pub(super) fn worst() -> Vec<Worst> {
    use Ending::{Either, Read, Refused};
    let itxt: &[u8] = b"openbadgecredential\0\x01\0\0\0";
    let ztxt: &[u8] = b"openbadges\0\0";
    let many = |n: usize, kind: [u8; 4]| (0..n).map(move |_| small(kind));
    let far = |chunks: Vec<Chunk>| png(&chunks.into_iter().chain([baked()]).collect::<Vec<_>>());
    let mut crossed = png(&[baked()]);
    let middle = crossed.len() / 2;
    crossed[middle] ^= 1;
    let body = String::from_utf8(svg_body(OB3, "credential", &badge())).unwrap();
    vec![
        Worst::new("a picture", png(&[baked()]), Read),
        Worst::new("a signature alone", SIGNATURE, Either),
        Worst::new("half a signature", &SIGNATURE[..5], Either),
        Worst::new("a chunk of 4 GB", with_tail(b"\xff\xff\xff\xffiTXtopenbadgecredential"), Refused("broken PNG")),
        Worst::new("a chunk of 2 GB", with_tail(b"\x7f\xff\xff\xffiTXtopenbadgecredential"), Refused("broken PNG")),
        Worst::new("a chunk that ends in its head", with_tail(b"\0\0"), Either),
        Worst::new("a chunk without its sum", with_tail(b"\0\0\0\x04iTXtopen"), Either),
        Worst::new("a picture with another sum", crossed, Refused("broken PNG")),
        Worst::new("10,000 chunks", far(many(10_000, *b"tEXt").collect()), Read),
        Worst::new("1,000,000 chunks", far(many(1_000_000, *b"tEXt").collect()), Either),
        Worst::new("10,000 credentials", png(&(0..10_000).map(|_| baked()).collect::<Vec<_>>()), Read),
        Worst::new("10,000 chunks without a keyword", far(many(10_000, *b"iTXt").collect()), Either),
        Worst::new("a chunk of 15 MB before the credential", far(vec![Chunk { kind: *b"IDAT", data: vec![7; 15 << 20] }]), Read),
        Worst::new("a picture of 17 MB", png(&[Chunk { kind: *b"IDAT", data: vec![7; 17 << 20] }]), Refused("larger than 16 MB")),
        Worst::new("a credential of more than 2 MB", png(&[Chunk::plain("openbadgecredential", &format!("{}{}", badge(), " ".repeat(2 << 20)))]), Refused(TOO_LONG)),
        Worst::new("a bomb of 1.9 MB", png(&[bomb(*b"iTXt", itxt, 1_900_000)]), Read),
        Worst::new("a bomb of 3 MB", png(&[bomb(*b"iTXt", itxt, 3_000_000)]), Refused(TOO_LONG)),
        Worst::new("a bomb of 500 MB", png(&[bomb(*b"iTXt", itxt, 500_000_000)]), Refused(TOO_LONG)),
        Worst::new("an old bomb of 100 MB", png(&[bomb(*b"zTXt", ztxt, 100_000_000)]), Either),
        Worst::new("40 bombs of 3 MB", png(&(0..40).map(|_| bomb(*b"iTXt", itxt, 3_000_000)).collect::<Vec<_>>()), Refused(TOO_LONG)),
        Worst::new("a keyword of 1 MB", png(&[Chunk::plain(&"k".repeat(1 << 20), &badge())]), Either),
        Worst::new("a language of 1 MB", png(&[Chunk { kind: *b"iTXt", data: [b"openbadgecredential\0\0\0".as_slice(), &vec![b'e'; 1 << 20], b"\0\0", badge().as_bytes()].concat() }]), Either),
        Worst::new("a compression that nobody has", png(&[Chunk { kind: *b"iTXt", data: b"openbadgecredential\0\x01\x07\0\0abc".to_vec() }]), Either),
        Worst::new("a drawing", body.clone(), Read),
        Worst::new("a drawing with a document type", body.replacen("<svg", "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg", 1), Read),
        Worst::new("a billion laughs", laughs(), Refused("SVG")),
        Worst::new("an entity of a file", format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", drawing("<text>&x;</text>")), Refused("SVG")),
        Worst::new("an entity of its own", format!("<!DOCTYPE svg [<!ENTITY x \"&x;\">]>{}", drawing("&x;")), Refused("SVG")),
        Worst::new("a document type that does not end", format!("<!DOCTYPE svg [{}", "<!-- ".repeat(300_000)), Either),
        Worst::new("100,000 groups in each other", drawing(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000))), Refused("100 elements")),
        Worst::new("300,000 groups that open", drawing(&"<g>".repeat(300_000)), Either),
        Worst::new("300,000 groups beside each other", drawing(&"<g/>".repeat(300_000)), Either),
        Worst::new("10,000 credentials in a drawing", drawing(&"<openbadges:credential>{}</openbadges:credential>".repeat(10_000)), Either),
        Worst::new("100,000 attributes", drawing(&format!("<g {}/>", (0..100_000).map(|n| format!("a{n}=\"1\"")).collect::<Vec<_>>().join(" "))), Either),
        Worst::new("one attribute 100,000 times", drawing(&format!("<g {}/>", "a=\"1\" ".repeat(100_000))), Either),
        Worst::new("20,000 namespaces", drawing(&format!("<g {}>{}</g>", (0..20_000).map(|n| format!("xmlns:a{n}=\"urn:{n}\"")).collect::<Vec<_>>().join(" "), "<g/>".repeat(20_000))), Either),
        Worst::new("a comment of 2 MB", drawing(&format!("<!--{}-->", " ".repeat(2_000_000))), Either),
        Worst::new("1.9 MB of ampersands", drawing(&"&amp;".repeat(380_000)), Either),
        Worst::new("1.9 MB of ampersands that are none", drawing(&"&".repeat(1_900_000)), Either),
        Worst::new("a body of 100,000 pieces", drawing(&format!("<openbadges:credential>{}</openbadges:credential>", "<![CDATA[ ]]>".repeat(100_000))), Either),
        Worst::new("a body of lists that open", drawing(&format!("<openbadges:credential><![CDATA[{}]]></openbadges:credential>", "[".repeat(1_500_000))), Refused("nested deeper than 32 levels")),
        Worst::new("2 MB of markup that opens", "<".repeat(2_000_000), Either),
        Worst::new("2 MB of elements that open", "<a ".repeat(600_000), Either),
        Worst::new("a drawing of 17 MB", drawing(&" ".repeat(17 << 20)), Either),
    ]
}
