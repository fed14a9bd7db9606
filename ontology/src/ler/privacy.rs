//! What may leave a badge, and what is withheld.
//!
//! Every value on its way out passes a [`Filter`]. It holds back what can name a person by its form (a mail address,
//! a telephone number, a self-issued DID, a place in a private network), and what *this* badge uses to name its
//! learner or its own award. A value that is withheld is counted and forgotten; it stands in no answer and no error.
//!
//! The issuer of a hosted badge can write a learner into any address, so the tail of an address is kept only where it
//! selects the definition:
//!
//! - of an identifier that the issuer coined (achievement, badge class, related edition) query and fragment are cut;
//! - of the `targetUrl` of an alignment they stay, because they often *are* the competency
//!   (`…/framework#problem-solving`, `…?id=…`), unless they look as if they named a person.

pub(super) mod address;
pub(super) mod folding;

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::ler::privacy::folding::{Part, first_part, folded, plain, spellings};

/// A longer identifier is none.
const LONGEST_IDENTIFIER: usize = 2 * 1024;

/// Why a value was withheld, or a part of it cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Withheld {
    /// Its scheme names a person or carries content: `mailto:`, `tel:`, `data:`, `did:key:` and their like; or it is, or
    /// contains, a signed token or a telephone number.
    PersonScheme,
    /// It is an address with a user in it.
    Userinfo,
    /// It has an `@`, plain or percent-encoded, and may be a mail address.
    AtSign,
    /// Its host is in a private network or on the holder's own machine.
    LoopbackHost,
    /// It is, or contains, what names the learner: `credentialSubject.id` or `identifier`, `recipient`, the holder.
    SubjectId,
    /// It is, or contains, what names this award: the credential's own `id`, or its status or refresh address.
    CredentialId,
    /// It is the address of evidence.
    EvidenceId,
    /// It is the identifier of an issuer who is the learner, or another person.
    SelfIssuer,
    /// It is, or contains, something else the badge says about the learner: a name, a licence number.
    LearnerDetail,
    /// It is an `IdentifierEntry` of a type that identifies people.
    PersonIdentifierType,
    /// Query and fragment of an identifier were cut off.
    QueryOrFragment,
    /// Query and fragment of an alignment were cut off, since they look as if they named a person; or its path does.
    PersonQuery,
    /// It is longer than 2 kB.
    TooLong,
}

impl Withheld {
    /// The word for this reason, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonScheme => "personScheme",
            Self::Userinfo => "userinfo",
            Self::AtSign => "atSign",
            Self::LoopbackHost => "loopbackHost",
            Self::SubjectId => "subjectId",
            Self::CredentialId => "credentialId",
            Self::EvidenceId => "evidenceId",
            Self::SelfIssuer => "selfIssuer",
            Self::LearnerDetail => "learnerDetail",
            Self::PersonIdentifierType => "personIdentifierType",
            Self::QueryOrFragment => "queryOrFragment",
            Self::PersonQuery => "personQuery",
            Self::TooLong => "tooLong",
        }
    }
}

/// What becomes of the query and the fragment of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// They are cut.
    Cut,
    /// They stay, unless they look as if they named a person.
    Keep,
}

/// An identifier that was let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passed {
    /// The identifier, as the issuer wrote it, less what was cut.
    pub text: String,
    /// Why something was cut, if it was.
    pub cut: Option<Withheld>,
}

/// Lets values pass, or withholds them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter<'a> {
    /// The secrets of every badge in the document: no value may equal one.
    pub everywhere: &'a BTreeMap<String, Withheld>,
    /// The secrets of every record of the document, and of the holder: no value may contain one.
    pub parts: &'a BTreeMap<String, Part>,
}

impl Filter<'_> {
    /// Lets an identifier pass: an address, a name in some scheme, or a code.
    pub(super) fn identifier(&self, text: &str, tail: Tail) -> Result<Passed, Withheld> {
        if text.len() > LONGEST_IDENTIFIER {
            return Err(Withheld::TooLong);
        }
        if address::holds_token(text) {
            return Err(Withheld::PersonScheme);
        }
        let plain = plain(text);
        if let Some(reason) = address::reason(&plain).or_else(|| self.secret_in(text)) {
            return Err(reason);
        }
        let (head, rest) = address::split_tail(text);
        let cut = match tail {
            _ if rest.is_empty() => None,
            Tail::Cut => Some(Withheld::QueryOrFragment),
            Tail::Keep => address::names_a_person(rest).then_some(Withheld::PersonQuery),
        };
        let kept = if cut.is_some() { head } else { text };
        Ok(Passed { text: kept.to_owned(), cut })
    }

    /// Lets words pass: a name, a description, the name of a framework or of a type.
    pub(super) fn words(&self, text: &str) -> Result<String, Withheld> {
        let plain = plain(text);
        let holds = address::holds_person(&plain) || address::holds_handle(&plain);
        if holds || address::holds_token(text) {
            return Err(Withheld::PersonScheme);
        }
        if plain.split_whitespace().any(address::is_mail_like) {
            return Err(Withheld::AtSign);
        }
        match self.secret_in(text).or_else(|| address::reason_in_words(&plain)) {
            Some(reason) => Err(reason),
            None => Ok(text.to_owned()),
        }
    }

    /// The first secret that a value equals, with or without its tail, or contains.
    fn secret_in(&self, text: &str) -> Option<Withheld> {
        let (head, tail) = address::split_tail(text);
        let whole = spellings(text);
        let heads = if tail.is_empty() { Vec::new() } else { spellings(head) };
        let equal =
            whole.iter().chain(&heads).find_map(|value| self.everywhere.get(value).copied());
        equal
            .or_else(|| whole.iter().find_map(|value| first_part(value, self.parts)))
            .or_else(|| self.segment_in(&plain(text)))
    }

    /// The first segment of an address in a value, or value in a query of one, that is a secret.
    fn segment_in(&self, plain: &str) -> Option<Withheld> {
        let addresses =
            plain.split_whitespace().filter(|word| address::is_address(word) || is_number(word));
        let mut segments = addresses
            .flat_map(|word| word.split(['/', '?', '&', ';', '#', '=', ':']))
            .filter(|segment| !segment.is_empty());
        segments.find_map(|segment| {
            let part = self.parts.get(&folded(segment))?;
            part.is_segment.then_some(part.reason)
        })
    }
}

/// Whether a word may be the number of somebody, in whatever spelling: it has six digits.
fn is_number(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// Whether a word of a document's own, such as the type of an identifier or a parameter of a query, is about people.
pub(super) fn is_person_word(word: &str) -> bool {
    let word = word.to_lowercase();
    let folded: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    WHOLE_WORDS.contains(&folded.as_str()) || WORD_PARTS.iter().any(|part| folded.contains(part))
}

/// Words that are about people only when they stand alone.
const WHOLE_WORDS: &[&str] =
    &["did", "dob", "jti", "mail", "name", "pid", "sid", "sso", "ssn", "sub", "tel", "uid", "who"];
/// Words that are about people wherever they stand.
const WORD_PARTS: &[&str] = &[
    "account",
    "assertion",
    "birth",
    "candidate",
    "earner",
    "email",
    "employee",
    "evidence",
    "familyname",
    "firstname",
    "fullname",
    "givenname",
    "holder",
    "identity",
    "lastname",
    "learner",
    "login",
    "member",
    "mobile",
    "nationalid",
    "passport",
    "person",
    "phone",
    "pupil",
    "recipient",
    "session",
    "student",
    "surname",
    "token",
    "user",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(list: &[(&str, Withheld)]) -> BTreeMap<String, Withheld> {
        list.iter().map(|(text, reason)| (folded(text), *reason)).collect()
    }

    fn as_parts(secrets: &BTreeMap<String, Withheld>) -> BTreeMap<String, Part> {
        let part = |reason| Part { reason, is_segment: false };
        secrets.iter().map(|(secret, reason)| (secret.clone(), part(*reason))).collect()
    }

    fn identifier(text: &str, tail: Tail) -> Result<Passed, Withheld> {
        let badge = secrets(&[
            ("did:web:people.example:ada", Withheld::SubjectId),
            ("urn:uuid:0B5C8C3A-52AF-4A51-8A2E-6C6F5D3F7B10", Withheld::SubjectId),
            ("https://issuer.example/credentials/77", Withheld::CredentialId),
            ("Ada Example", Withheld::LearnerDetail),
        ]);
        let mut everywhere = badge.clone();
        everywhere.insert("7".to_owned(), Withheld::LearnerDetail);
        Filter { everywhere: &everywhere, parts: &as_parts(&badge) }.identifier(text, tail)
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, Withheld>) {
        for tail in [Tail::Cut, Tail::Keep] {
            assert_eq!(
                identifier(text, tail).map(|passed| passed.text),
                expected.map(str::to_owned),
                "{text}"
            );
        }
    }

    #[test]
    fn public_identifiers_pass_as_they_were_written() {
        for text in [
            "https://framework.example/uri/74F5BB7D-d7cc-11e8-824f-0242ac160002",
            "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000000",
            "urn:uuid:11111111-2222-3333-4444-555555555555",
            "did:web:registry.example:achievements:1",
            "ce-11111111-2222-3333-4444-555555555555",
            "CCSS.ELA-Literacy.RST.11-12.3",
            "C# and .NET?",
            "/uri/relative",
            "77",
            "https://10.example/",
            "https://[2001:db8::1]/a",
        ] {
            check(text, Ok(text));
        }
    }

    #[test]
    fn what_has_the_form_of_a_person_is_withheld() {
        for (text, reason) in [
            ("mailto:ada", Withheld::PersonScheme),
            ("MailTo:ada@people.example", Withheld::PersonScheme),
            ("mailto%3Aada", Withheld::PersonScheme),
            (" mail\nto:ada", Withheld::PersonScheme),
            ("tel:+31201234567", Withheld::PersonScheme),
            ("data:text/plain,ada", Withheld::PersonScheme),
            ("javascript:alert(1)", Withheld::PersonScheme),
            ("file:///C:/ada/badge", Withheld::PersonScheme),
            ("did:key:z6Mk", Withheld::PersonScheme),
            ("did:peer:2.Ez6", Withheld::PersonScheme),
            ("DID:JWK:eyJ", Withheld::PersonScheme),
            ("did:example:1", Withheld::PersonScheme),
            ("https://wallet.example/of/did%3Akey%3Az6Mk", Withheld::PersonScheme),
            ("https://ada:secret@issuer.example/1", Withheld::Userinfo),
            ("https://ada%40issuer.example/1", Withheld::Userinfo),
            ("https:\\\\ada@issuer.example", Withheld::Userinfo),
            ("//ada@issuer.example/1", Withheld::Userinfo),
            ("ada@people.example", Withheld::AtSign),
            ("ada\u{ff20}people.example", Withheld::AtSign),
            ("https://issuer.example/ada%40people.example", Withheld::AtSign),
            ("https://issuer.example/ada%2540people.example", Withheld::AtSign),
            ("https://issuer.example/1?to=ada@people.example", Withheld::AtSign),
            ("http://localhost/1", Withheld::LoopbackHost),
            ("http://localhost:8080/1", Withheld::LoopbackHost),
            ("localhost:8080/1", Withheld::LoopbackHost),
            ("http://app.localhost./1", Withheld::LoopbackHost),
            ("http://127.0.0.1/1", Withheld::LoopbackHost),
            ("http://10.1.2.3/1", Withheld::LoopbackHost),
            ("http://172.20.0.1/1", Withheld::LoopbackHost),
            ("http://192.168.1.4/1", Withheld::LoopbackHost),
            ("http://169.254.1.1/1", Withheld::LoopbackHost),
            ("http://100.64.0.1/1", Withheld::LoopbackHost),
            ("http://0x7f.1/1", Withheld::LoopbackHost),
            ("http://2130706433/1", Withheld::LoopbackHost),
            ("http://[::1]/1", Withheld::LoopbackHost),
            ("http://[fe80::1]:80/1", Withheld::LoopbackHost),
            ("http://[fd00::1]/1", Withheld::LoopbackHost),
            ("http://[::ffff:10.0.0.1]/1", Withheld::LoopbackHost),
            ("http://intranet/1", Withheld::LoopbackHost),
            ("http://printer.local/1", Withheld::LoopbackHost),
            ("http://hr.corp.internal/1", Withheld::LoopbackHost),
        ] {
            check(text, Err(reason));
        }
        check(&"a".repeat(LONGEST_IDENTIFIER + 1), Err(Withheld::TooLong));
    }

    #[test]
    fn what_names_this_learner_or_this_award_is_withheld() {
        for (text, reason) in [
            ("did:web:people.example:ada", Withheld::SubjectId),
            ("did:web:people.example:ada#key-1", Withheld::SubjectId),
            ("https://issuer.example/of/did%3Aweb%3Apeople.example%3Aada/1", Withheld::SubjectId),
            ("0b5c8c3a-52af-4a51-8a2e-6c6f5d3f7b10", Withheld::SubjectId),
            ("https://issuer.example/l/0B5C8C3A-52AF-4A51-8A2E-6C6F5D3F7B10", Withheld::SubjectId),
            ("https://issuer.example/credentials/77", Withheld::CredentialId),
            (" http://ISSUER.example/credentials/77/ ", Withheld::CredentialId),
            ("https://issuer.example/credentials/77#achievement", Withheld::CredentialId),
            ("https://issuer.example/credentials/77/achievement", Withheld::CredentialId),
            ("https://issuer.example/Ada%20Example", Withheld::LearnerDetail),
            ("7", Withheld::LearnerDetail),
        ] {
            check(text, Err(reason));
        }
        check(
            "https://issuer.example/credentials/778",
            Ok("https://issuer.example/credentials/778"),
        );
        check("https://issuer.example/7", Ok("https://issuer.example/7"));
    }

    #[track_caller]
    fn check_tail(text: &str, tail: Tail, kept: &str, cut: Option<Withheld>) {
        assert_eq!(identifier(text, tail), Ok(Passed { text: kept.to_owned(), cut }));
    }

    #[test]
    fn a_tail_is_kept_where_it_selects_the_definition() {
        let cut = Some(Withheld::QueryOrFragment);
        check_tail("https://a.example/1?l=es#v3", Tail::Cut, "https://a.example/1", cut);
        check_tail("https://a.example/1#v3p0", Tail::Cut, "https://a.example/1", cut);
        check_tail("urn:example:1?=q", Tail::Cut, "urn:example:1?=q", None);
        for text in [
            "https://a.example/1?id=4&utm_source=badge",
            "https://a.example/skills#problem-solving",
        ] {
            check_tail(text, Tail::Keep, text, None);
        }
        let person = Some(Withheld::PersonQuery);
        for tail in [
            "?learner=5",
            "?a=1&User_Name=ada",
            "#/students?student-id=5",
            "?x=did:ion:abc",
            "?k=tel:5",
        ] {
            check_tail(
                &format!("https://a.example/1{tail}"),
                Tail::Keep,
                "https://a.example/1",
                person,
            );
        }
    }

    #[test]
    fn words_pass_unless_they_hold_a_mail_address_or_a_secret() {
        let badge = as_parts(&secrets(&[("Ada Example", Withheld::LearnerDetail)]));
        let everywhere = BTreeMap::new();
        let filter = Filter { everywhere: &everywhere, parts: &badge };
        for text in ["Rate @ 5%: read a table", "Meet @ noon", "Adapt examples"] {
            assert_eq!(filter.words(text), Ok(text.to_owned()));
        }
        assert_eq!(filter.words("write to ada@people.example."), Err(Withheld::AtSign));
        assert_eq!(filter.words("<mailto:ada>"), Err(Withheld::PersonScheme));
        assert_eq!(filter.words("the work of ADA EXAMPLE, 2020"), Err(Withheld::LearnerDetail));
    }

    #[test]
    fn a_reason_is_serialised_as_its_word() {
        for reason in [
            Withheld::PersonScheme,
            Withheld::Userinfo,
            Withheld::AtSign,
            Withheld::LoopbackHost,
            Withheld::SubjectId,
            Withheld::CredentialId,
            Withheld::EvidenceId,
            Withheld::SelfIssuer,
            Withheld::LearnerDetail,
            Withheld::PersonIdentifierType,
            Withheld::QueryOrFragment,
            Withheld::PersonQuery,
            Withheld::TooLong,
        ] {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
