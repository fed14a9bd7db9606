//! What was left in a credential, in plain words.

use std::collections::BTreeMap;
use std::io::{self, Write};

use ontology::ler::Extraction;

use crate::badge::by_word;
use crate::present::block::number;

/// Why a value stays behind, by the word that JSON has for the reason.
const REASONS: [(&str, &str); 13] = [
    ("personScheme", "an address of a person, or content instead of an address"),
    ("userinfo", "an address with a user in it"),
    ("atSign", "an @, as in a mail address"),
    ("loopbackHost", "an address in a private network"),
    ("subjectId", "what names the learner"),
    ("credentialId", "what names this very award"),
    ("evidenceId", "the address of evidence"),
    ("selfIssuer", "an issuer who is a person"),
    ("learnerDetail", "something else that is said about the learner"),
    ("personIdentifierType", "an identifier of a person"),
    ("queryOrFragment", "the query or fragment of the issuer's own address"),
    ("personQuery", "a query or fragment that may name a person"),
    ("tooLong", "longer than an identifier is"),
];

/// What is recognised and not read, by the word that JSON has for it.
const FORMS: [(&str, &str); 14] = [
    ("compactJws", "a signed token (JWS) that cannot be opened"),
    ("jsonJws", "a JWS in JSON that cannot be opened"),
    ("jwe", "an encrypted token (JWE)"),
    ("sdJwt", "an SD-JWT that cannot be opened"),
    ("enveloped", "an enveloped credential that cannot be opened"),
    ("png", "a PNG image"),
    ("svg", "an SVG image"),
    ("vpqr", "the text of a QR code (VPQR)"),
    ("address", "the address of a badge, which is not fetched"),
    ("clr", "a CLR"),
    ("lerRs", "an LER-RS"),
    ("learnerRecordWrapper", "an LER wrapper"),
    ("elm", "an ELM credential"),
    ("otherCredential", "a credential of another kind"),
];

/// How many values were withheld, and why.
pub(crate) fn withheld(counts: &BTreeMap<String, u64>) -> String {
    counted(counts, &REASONS)
}

/// How many credentials were not read, and what they are.
pub(crate) fn unread(counts: &BTreeMap<String, u64>) -> String {
    counted(counts, &FORMS)
}

fn counted(counts: &BTreeMap<String, u64>, words: &[(&str, &str)]) -> String {
    let parts = counts.iter().map(|(word, n)| {
        let known = words.iter().find(|(name, _)| name == word).map(|(_, reads)| *reads);
        let reads = known.map_or_else(|| spaced(word), str::to_owned);
        format!("{} × {reads}", number(*n))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// `resultDescriptionAlignment` reads as `result description alignment`.
pub(crate) fn spaced(word: &str) -> String {
    let mut spaced = String::new();
    for character in word.chars() {
        if character.is_uppercase() {
            spaced.push(' ');
        }
        spaced.extend(character.to_lowercase());
    }
    spaced
}

/// `1 value`, `2 values`.
pub(crate) fn plural(n: u64, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {noun}{s}", number(n))
}

/// Says in one sentence on the standard error stream what would be sent of a file and what stays in it.
pub(crate) fn print_extraction(
    file: &str,
    n_asks: usize,
    extraction: Extraction,
) -> io::Result<()> {
    let n_asks = u64::try_from(n_asks).unwrap_or(u64::MAX);
    let mut parts = vec![plural(n_asks, "identifier")];
    let reasons = by_word(extraction.withheld, |why| why.as_str().to_owned());
    let n_withheld: u64 = reasons.values().sum();
    parts.push(match n_withheld {
        0 => "nothing withheld".to_owned(),
        n => format!("{} withheld ({})", plural(n, "value"), withheld(&reasons)),
    });
    let n_hints = extraction.mentions.iter().filter(|mention| mention.site.is_hint()).count();
    if n_hints > 0 {
        let n = u64::try_from(n_hints).unwrap_or(u64::MAX);
        parts.push(format!("{} kept here", plural(n, "hint")));
    }
    let forms = by_word(extraction.unread, |form| form.as_str().to_owned());
    if !forms.is_empty() {
        parts.push(format!("not read: {}", unread(&forms)));
    }
    if extraction.malformed > 0 {
        parts.push(format!("{} not readable", plural(extraction.malformed, "member")));
    }
    writeln!(io::stderr(), "{file}: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{plural, spaced, withheld};

    #[test]
    fn counts_read_as_words_and_an_unknown_word_reads_as_itself() {
        let counts = BTreeMap::from([("atSign".to_owned(), 2), ("laterReason".to_owned(), 1)]);
        assert_eq!(withheld(&counts), "2 × an @, as in a mail address; 1 × later reason");
        assert_eq!(spaced("resultDescriptionAlignment"), "result description alignment");
        assert_eq!([plural(1, "value"), plural(1_200, "value")], ["1 value", "1,200 values"]);
    }
}
