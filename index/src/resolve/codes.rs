//! The spellings of a human code within a framework, and codes that stand in addresses.
//!
//! [`fold_code`] makes one of spellings that differ in case, separators and the prefixes of the Common Core. Other prefixes
//! belong to a framework, and are only taken away or put before a code where that framework is the one that was named.

use ontology::{CanonicalKey, fold_code, identify};

use crate::card::Card;
use crate::frameworks::{Words, are_initials, is_named_in};

/// The most words before a code that are taken for the name of its framework.
const MAX_PREFIX: usize = 3;

/// A spelling of a code, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    pub folded: String,
    /// Whether the name of the framework was taken away or put before it.
    pub is_prefixed: bool,
}

/// The folded spellings of a code in a framework of some titles, as it is given first.
pub(super) fn spellings(code: &str, titles: &[Words]) -> Vec<Spelling> {
    let folded = fold_code(code);
    let mut spellings = vec![Spelling { folded: folded.clone(), is_prefixed: false }];
    let mut add = |folded: String| {
        if !folded.is_empty() && spellings.iter().all(|held| held.folded != folded) {
            spellings.push(Spelling { folded, is_prefixed: true });
        }
    };
    for (prefix, rest) in prefixes(&folded) {
        let prefix = Words::of(&prefix);
        if titles.iter().any(|title| is_named_in(&prefix, title)) {
            add(rest);
        }
    }
    for prefix in titles.iter().flat_map(Words::initials) {
        add(format!("{prefix}.{folded}"));
    }
    spellings
}

/// Tells whether two codes are one within the framework of a card.
pub(super) fn is_same(given: &str, published: &str, card: &Card) -> bool {
    let title = card.framework.as_ref().and_then(|framework| framework.title.as_deref());
    let titles: Vec<Words> = title.into_iter().map(Words::of).collect();
    let published = fold_code(published);
    spellings(given, &titles).iter().any(|spelling| spelling.folded == published)
}

/// The name of the framework that stands before a code, such as `CCSS.Math.Content`, longest first; it begins with initials.
pub(super) fn named_frameworks(code: &str) -> Vec<String> {
    let parts: Vec<&str> =
        code.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_name = |part: &&&str| part.chars().all(char::is_alphabetic);
    let n_words = parts.iter().take_while(is_name).count().min(MAX_PREFIX);
    if parts.len() <= n_words || !parts.first().is_some_and(|first| are_initials(first)) {
        return Vec::new();
    }
    let name = |n: usize| parts.iter().take(n).copied().collect::<Vec<_>>().join(" ");
    (1..=n_words).rev().map(name).collect()
}

/// Reads the code that stands in an address of the Common Core's own site, with the prefix that names its framework.
///
/// The site gave each standard the address `http://www.corestandards.org/Math/Content/3/NF/A/1/` for the code
/// `CCSS.Math.Content.3.NF.A.1`, and said so.
pub(super) fn code_in_address(address: &str) -> Option<String> {
    let read = identify(address);
    let host = read.host.as_deref()?;
    let path = read.key.as_ref()?.as_iri()?.split_once("://")?.1.split_once('/')?.1;
    let is_site =
        matches!(host.trim_start_matches("www."), "corestandards.org" | "thecorestandards.org");
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_standard = match parts.as_slice() {
        [subject, _, _, ..] => {
            subject.eq_ignore_ascii_case("Math") || subject.eq_ignore_ascii_case("ELA-Literacy")
        }
        _ => false,
    };
    (is_site && is_standard).then(|| format!("CCSS.{}", parts.join(".")))
}

/// The key of a folded code within a framework.
pub(super) fn key_of(framework: &CanonicalKey, spelling: &Spelling) -> CanonicalKey {
    CanonicalKey::code(framework, &spelling.folded)
}

/// The beginnings of a folded code that may name its framework, with what follows; the shortest first.
fn prefixes(folded: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = folded.split('.').collect();
    let is_name = |part: &&&str| part.chars().count() > 2 && part.chars().all(char::is_alphabetic);
    let n_words = parts.iter().take_while(is_name).count().min(MAX_PREFIX);
    let cut = |n: usize| {
        let name: Vec<&str> = parts.iter().take(n).copied().collect();
        let rest: Vec<&str> = parts.iter().skip(n).copied().collect();
        (name.join(" "), rest.join("."))
    };
    (1..=n_words).map(cut).filter(|(_, rest)| !rest.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Words, code_in_address, named_frameworks, spellings};

    #[track_caller]
    fn check(code: &str, title: &str, published: &str, is_prefixed: bool) {
        let spellings = spellings(code, &[Words::of(title)]);
        let folded = ontology::fold_code(published);
        let found = spellings.iter().find(|spelling| spelling.folded == folded);
        assert_eq!(
            found.map(|found| found.is_prefixed),
            Some(is_prefixed),
            "{code}: {spellings:?}"
        );
    }

    #[test]
    fn the_prefix_of_the_named_framework_comes_and_goes() {
        let math = "Common Core State Standards for Math";
        check("3.MD.C.5a", math, "3.MD.C.5.a", false);
        check("CCSS.Math.Content.3.NF.A.1", math, "3.NF.A.1", false);
        check("3.NF.A.1", math, "CCSS.Math.Content.3.NF.A.1", false);
        check("Math.Content.3.NF.A.1", math, "3.NF.A.1", true);
        check("CCSS.Math.Practice.MP1", math, "MP1", true);
        let science = "Next Generation Science Standards";
        check("NGSS.MS-PS1-2", science, "MS-PS1-2", true);
        check("NGSS: MS-PS1-2.", science, "ms.ps1.2", true);
        check("MS-PS1-2", science, "NGSS.MS-PS1-2", true);
        check("TEKS 111.5(b)(4)(A)", "Texas Essential Knowledge and Skills", "111.5.b.4.A", true);
    }

    #[test]
    fn a_prefix_of_another_framework_stays() {
        let codes =
            spellings("NGSS.MS-PS1-2", &[Words::of("Common Core State Standards for Math")]);
        assert!(codes.iter().all(|spelling| spelling.folded != "ms.ps1.2"), "{codes:?}");
        let codes = spellings("HSA-REI.A.1", &[Words::of("Common Core State Standards for Math")]);
        assert!(codes.iter().all(|spelling| !spelling.folded.starts_with("rei")), "{codes:?}");
    }

    #[test]
    fn a_code_may_begin_with_the_name_of_its_framework() {
        assert_eq!(
            named_frameworks("CCSS.ELA-Literacy.RL.6.3"),
            ["CCSS ELA Literacy", "CCSS ELA", "CCSS"]
        );
        assert_eq!(named_frameworks("NGSS.MS-PS1-2"), ["NGSS MS", "NGSS"]);
        assert!(named_frameworks("RL.6.3").is_empty());
        assert!(named_frameworks("HSA-REI.A.1").is_empty());
        assert!(named_frameworks("CCSS").is_empty());
    }

    #[test]
    fn the_addresses_of_the_common_core_hold_codes() {
        let read = |address: &str| code_in_address(address);
        assert_eq!(
            read("http://www.corestandards.org/ELA-Literacy/RST/11-12/3").as_deref(),
            Some("CCSS.ELA-Literacy.RST.11-12.3")
        );
        assert_eq!(
            read("https://corestandards.org/Math/Content/3/NF/A/1/?x=1").as_deref(),
            Some("CCSS.Math.Content.3.NF.A.1")
        );
        assert_eq!(read("http://www.corestandards.org/about-the-standards/"), None);
        assert_eq!(read("http://www.corestandards.org/Math/"), None);
        assert_eq!(read("http://example.org/Math/Content/3/NF/A/1/"), None);
    }
}
