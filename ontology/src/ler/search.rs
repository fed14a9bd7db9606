//! What is looked for in a credential of no known type.
//!
//! Wherever it stands, an alignment is an alignment and a CTID is a CTID. The search goes through every object and list,
//! except below the members that are about the learner, the proof or third parties.

use serde_json::{Map, Value};

use crate::ler::alignment::is_alignment;
use crate::ler::ler_rs::COMPETENCY;
use crate::ler::literal::types;
use crate::ler::mention::Site;
use crate::ler::open_badge::SUBJECT;
use crate::ler::privacy::is_person_word;
use crate::ler::public::holds_ctid;
use crate::ler::scope::Scope;
use crate::ler::table::{Part, Table};

/// Members below which no definition is looked for, and no credential either.
const NEVER: &[&str] = &[
    "@context",
    "attachments",
    "communication",
    "contact",
    "contactPoint",
    "credentialSchema",
    "credentialStatus",
    "displayParameter",
    "evidence",
    "image",
    "learner",
    "person",
    "photo",
    "proof",
    "recipient",
    "refreshService",
    "termsOfUse",
];

/// Members whose string identifies the object that has them, and so what the name beside them names.
const OWN_IDENTIFIERS: &[&str] = &["id", "@id", "ctid", "ceterms:ctid", "ceasn:ctid"];

/// Members whose objects are credentials, which are read each by itself.
const CREDENTIALS: &[&str] = &["learnerRecord", "verifiableCredential", "verifications"];

static ALIGNMENTS: Table = Table(&[
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("educationalAlignment", Part::Alignments(Site::Alignment)),
]);

/// The members that are read in the same way wherever they stand.
static TABLES: [&Table; 3] = [&SUBJECT, &ALIGNMENTS, &COMPETENCY];

/// What an object that stands just anywhere is.
pub(super) enum Kind {
    Alignment,
    /// A term of a named set.
    Term,
    /// An object to search on.
    Other,
}

/// What one member turns out to be.
pub(super) enum Found {
    /// A member that a standard knows, by its name as the program knows it.
    Known(&'static str, &'static Part),
    /// A string with a CTID in it; whether the CTID is that of the object.
    RegistryIdentifier { is_own: bool },
    /// An object or a list to search on.
    Inside,
    /// Nothing to read.
    Nothing,
}

/// Whether nothing is looked for below a member.
pub(super) fn is_closed(name: &str) -> bool {
    NEVER.contains(&name) || name.starts_with("endorse")
}

/// What a member of a searched object is.
pub(super) fn member(name: &str, value: &Value) -> Found {
    if is_closed(name) || CREDENTIALS.contains(&name) {
        return Found::Nothing;
    }
    if let Some((key, part)) = TABLES.iter().find_map(|table| table.row(name)) {
        return Found::Known(key, part);
    }
    // What is about people by its name is closed, unless a standard says what it is.
    if is_person_word(name) {
        return Found::Nothing;
    }
    match value {
        Value::String(text) if holds_ctid(text) => {
            Found::RegistryIdentifier { is_own: OWN_IDENTIFIERS.contains(&name) }
        }
        Value::Array(_) | Value::Object(_) => Found::Inside,
        _ => Found::Nothing,
    }
}

/// What an object of a searched list or member is.
pub(super) fn kind(object: &Map<String, Value>) -> Kind {
    if is_alignment(Scope::of(object, None), &types(object)) {
        return Kind::Alignment;
    }
    let is_term = object.contains_key("inDefinedTermSet") || object.contains_key("termCode");
    if is_term { Kind::Term } else { Kind::Other }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ler::expectation::{check, check_credentials};

    #[test]
    fn an_unknown_credential_is_searched_but_not_below_what_is_about_somebody() {
        let ctid = "ce-00000000-1111-2222-3333-444444444444";
        let vc = json!({
            "type": ["VerifiableCredential", "MicroCredential"], "id": format!("urn:{ctid}"), "issuer": {"id": "https://org.example"},
            "evidence": [{"alignment": {"targetUrl": "https://framework.example/0"}}],
            "credentialSubject": {
                "id": "urn:uuid:ada", "image": ctid, "endorsements": [ctid], "proof": {"id": ctid}, "photo": ctid,
                "degree": {"name": "Maps", "ctid": ctid, "alignment": [{"targetUrl": "https://framework.example/1"}, "https://framework.example/2"]},
                "Ada": {"skills": [{"targetName": "Rivers"}, [format!("see {ctid}")]], "url": "https://framework.example/3"},
                "outcomes": [{"type": "AlignmentObject", "url": "https://framework.example/4"}, {"termCode": "T-1"}],
                "competency": {"taxonomyIds": [{"value": "2.A", "schemeId": "O*NET"}]},
            },
        });
        let subject = "/credentialSubject";
        check(
            &vc,
            &[
                "/issuer issuer url=https://org.example",
                &format!("{subject}/degree/ctid registryIdentifier url={ctid} name=Maps"),
                &format!("{subject}/degree/alignment/0 alignment url=https://framework.example/1"),
                &format!("{subject}/degree/alignment/1 alignment url=https://framework.example/2"),
                &format!("{subject} alignment name=Rivers"),
                &format!("{subject} registryIdentifier url={ctid}"),
                &format!("{subject}/outcomes/0 alignment url=https://framework.example/4"),
                &format!("{subject}/outcomes/1 definedTerm code=T-1"),
                &format!("{subject}/competency/taxonomyIds/0 competency code=2.A framework=O*NET"),
            ],
        );
    }

    #[test]
    fn a_credential_with_nothing_in_it_mentions_nothing() {
        let vc = json!({"type": "VerifiableCredential", "credentialSubject": {"id": "urn:uuid:ada", "degree": "Maps"}});
        check(&vc, &[]);
        check_credentials(&vc, &[("", "verifiableCredential", 0)]);
    }
}
