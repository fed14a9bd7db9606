//! A made-up CASE package of any size: always the same bytes for the same size.

use std::io::{self, Write};

/// How many children an item has.
const CHILDREN: usize = 12;

/// Every so many items have a match in another framework.
const MATCHED: usize = 5;

/// The identifier of the framework.
pub(crate) const FRAMEWORK: &str = "5f0c2a51-7d34-5e6b-9a10-0c1d2e3f4a5b";

/// The title of the framework.
pub(crate) const TITLE: &str = "Benchmark Framework of Invented Skills";

const HOST: &str = "https://case.bench.example";

const DAY: &str = "2024-03-01T09:30:00+00:00";

const WORDS: [&str; 48] = [
    "applies", "measures", "compares", "explains", "draws", "records", "checks", "plans", "timber",
    "circuit", "fraction", "pressure", "budget", "garden", "harvest", "signal", "bearing",
    "texture", "volume", "ratio", "chart", "invoice", "weld", "seam", "using", "before", "after",
    "between", "within", "against", "with", "without", "simple", "exact", "safe", "common",
    "repeated", "unknown", "two", "several", "the", "a", "each", "every", "material", "method",
    "result", "error",
];

/// One item of the package.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Its identifier.
    pub identifier: String,
    /// Its code.
    pub code: String,
}

impl Item {
    /// Makes the item of a number; none is like another.
    pub(crate) fn of(number: usize) -> Self {
        let (high, low) = (mix(2 * number as u64), mix(2 * number as u64 + 1));
        let identifier = format!(
            "{:08x}-{:04x}-5{:03x}-a{:03x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        );
        Self {
            identifier,
            code: format!("BF.{}.{}.{}", number / 400, number / 20 % 20, number % 20),
        }
    }
}

/// Writes a package of so many items, each with an association to its parent and some with one into another framework.
pub(crate) fn write(n_items: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        r#"{{"CFDocument":{{"identifier":"{FRAMEWORK}","uri":"{HOST}/uri/{FRAMEWORK}","CFPackageURI":{{"title":"{TITLE}",
"identifier":"{FRAMEWORK}","uri":"{HOST}/ims/case/v1p0/CFPackages/{FRAMEWORK}"}},"title":"{TITLE}","creator":"Nobody",
"lastChangeDateTime":"{DAY}","language":"en","adoptionStatus":"Implemented"}},"#
    )?;
    write_each(out, "CFItems", n_items, &mut |out, number| write_item(out, number))?;
    write!(out, ",")?;
    write_each(out, "CFAssociations", n_items, &mut |out, number| write_associations(out, number))?;
    write!(out, "}}")
}

fn write_each(
    out: &mut dyn Write,
    member: &str,
    n: usize,
    write_one: &mut dyn FnMut(&mut dyn Write, usize) -> io::Result<()>,
) -> io::Result<()> {
    write!(out, "\"{member}\":[")?;
    for number in 0..n {
        let separator = if number == 0 { "\n" } else { ",\n" };
        write!(out, "{separator}")?;
        write_one(out, number)?;
    }
    write!(out, "]")
}

fn write_item(out: &mut dyn Write, number: usize) -> io::Result<()> {
    let Item { identifier, code } = Item::of(number);
    let (statement, label) = (statement(number), label(number));
    write!(
        out,
        r#"{{"identifier":"{identifier}","uri":"{HOST}/uri/{identifier}","fullStatement":"{statement}",
"abbreviatedStatement":"{label}","humanCodingScheme":"{code}","CFItemType":"Skill","educationLevel":["09","10"],
"language":"en","lastChangeDateTime":"{DAY}","CFDocumentURI":{{"title":"{TITLE}","identifier":"{FRAMEWORK}","uri":"{HOST}/uri/{FRAMEWORK}"}}}}"#
    )
}

/// Writes the association of an item to its parent, the framework for the first ones, and perhaps one beyond.
fn write_associations(out: &mut dyn Write, number: usize) -> io::Result<()> {
    let parent = match number.checked_sub(CHILDREN) {
        Some(_) => Item::of(number / CHILDREN - 1).identifier,
        None => FRAMEWORK.to_owned(),
    };
    write_association(out, number, "isChildOf", &parent)?;
    if number.is_multiple_of(MATCHED) {
        writeln!(out, ",")?;
        write_association(out, number, "exactMatchOf", &Item::of(number + (1 << 40)).identifier)?;
    }
    Ok(())
}

fn write_association(
    out: &mut dyn Write,
    number: usize,
    kind: &str,
    target: &str,
) -> io::Result<()> {
    let origin = Item::of(number).identifier;
    let own = Item::of(number + (kind.len() << 48)).identifier;
    let sequence = number % CHILDREN + 1;
    write!(
        out,
        r#"{{"identifier":"{own}","uri":"{HOST}/uri/{own}","associationType":"{kind}","sequenceNumber":{sequence},
"originNodeURI":{{"title":"from","identifier":"{origin}","uri":"{HOST}/uri/{origin}"}},
"destinationNodeURI":{{"title":"to","identifier":"{target}","uri":"{HOST}/uri/{target}"}},"lastChangeDateTime":"{DAY}"}}"#
    )
}

/// The statement of the item of a number.
pub(crate) fn statement(number: usize) -> String {
    sentence(number as u64, 18)
}

/// The shorter name of the item of a number.
pub(crate) fn label(number: usize) -> String {
    sentence(number as u64 + (1 << 32), 4)
}

fn sentence(seed: u64, n_words: u64) -> String {
    let words: Vec<&str> =
        (0..n_words).map(|at| WORDS[(mix(seed * 64 + at) % WORDS.len() as u64) as usize]).collect();
    words.join(" ")
}

/// Scatters a number over 64 bits, the finaliser of [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
pub(crate) fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
