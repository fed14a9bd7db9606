//! Resolving the alignment of a badge: several claims about one thing, held against each other and against what is
//! published.

use ontology::{
    CanonicalKey, Environment, Identifier, IdentifierKind, KeyScheme, Kind, fold_code, identify,
};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::context::Crossing;
use crate::error::IndexError;
use crate::resolve::claim::Claim;
use crate::resolve::class::class_notice;
use crate::resolve::codes;
use crate::resolve::issuer;
use crate::resolve::ladder::{resolve, resolve_among};
use crate::resolve::notice::{Notice, NoticeKind, other};
use crate::resolve::reason;
use crate::resolve::resolution::{Found, Resolution};
use crate::resolve::verdict::Verdict;
use crate::resolve::words::text_notice;

/// The most resources of a code that a conflict names.
const MAX_OTHERS: usize = 5;

/// Resolves a claim on a day (`YYYY-MM-DD`): by its address, then by its code, and says where the badge and the published
/// words part.
pub fn resolve_claim(cards: &Cards, claim: &Claim, as_of: &str) -> Result<Resolution, IndexError> {
    if claim.withheld {
        return Ok(Resolution::empty(
            Verdict::Withheld,
            "It was held back, because it may be about the learner.",
        ));
    }
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let (url, code, framework) = (given(&claim.url), given(&claim.code), given(&claim.framework));
    let framework = framework.as_deref();
    let mut resolution = match (url, code) {
        (Some(url), Some(code)) => Both::of(cards, &url, &code, framework, as_of).resolve()?,
        (Some(only), None) | (None, Some(only)) => resolve(cards, &only, framework, as_of)?,
        (None, None) => name_only(claim),
    };
    compare(&mut resolution, claim);
    issuer::judge(cards, &mut resolution, claim)?;
    Ok(resolution)
}

fn name_only(claim: &Claim) -> Resolution {
    let has_words =
        [&claim.name, &claim.description].into_iter().flatten().any(|text| !text.trim().is_empty());
    if !has_words {
        return Resolution::empty(Verdict::Malformed, "Nothing was given.");
    }
    let reason = "Only a name was given, and a name identifies nothing.";
    let mut resolution = Resolution::empty(Verdict::Unknown, reason);
    resolution.notices.push(Notice::new(NoticeKind::NameOnly, "only a name was given"));
    resolution
}

/// A code beside an address.
struct Both<'a> {
    cards: &'a Cards,
    url: &'a str,
    /// What the address says.
    address: Identifier,
    code: Code<'a>,
    framework: Option<&'a str>,
    as_of: &'a str,
}

struct Code<'a> {
    text: &'a str,
    /// The code in the environment of the address, where it names none itself and that is not production.
    moved: Option<CanonicalKey>,
    /// What the code says, read in the environment of the address.
    read: Identifier,
    /// Whether the code says enough to be looked up by itself: it is an identifier, or its framework is named.
    names: bool,
}

impl<'a> Code<'a> {
    fn of(text: &'a str, address: &Identifier, framework: Option<&str>) -> Self {
        let names =
            framework.is_some() || is_identifier(text) || !codes::named_frameworks(text).is_empty();
        let read = identify(text);
        let ctid = read.key.as_ref().and_then(CanonicalKey::as_ctid);
        let moved = match ctid {
            // A bare CTID says nothing of its environment, and beside an address of the sandbox it is one of the sandbox.
            Some((ctid, Environment::Production)) if read.host.is_none() => {
                Some(CanonicalKey::ctid(&ctid, &address.environment))
            }
            _ => None,
        };
        let moved = moved.filter(|key| read.key.as_ref() != Some(key));
        let read = moved.as_ref().map_or(read, |key| identify(key.as_str()));
        Self { text, moved, read, names }
    }

    /// The text by which the code is looked up.
    fn looked_up(&self) -> &str {
        self.moved.as_ref().map_or(self.text, CanonicalKey::as_str)
    }
}

impl<'a> Both<'a> {
    fn of(
        cards: &'a Cards,
        url: &'a str,
        code: &'a str,
        framework: Option<&'a str>,
        as_of: &'a str,
    ) -> Self {
        let address = identify(url);
        let code = Code::of(code, &address, framework);
        Self { cards, url, address, code, framework, as_of }
    }

    /// Joins what the address and the code name. The address leads; the code may choose among several, or a part of the whole, and answers
    /// where the address does not.
    fn resolve(&self) -> Result<Resolution, IndexError> {
        let url = resolve(self.cards, self.url, self.framework, self.as_of)?;
        let code = self.by_code(&url)?;
        match url.verdict {
            Verdict::Resolved => Ok(self.by_address(url, code)),
            Verdict::Ambiguous => {
                let chosen = self.chosen(&code)?;
                if chosen.verdict == Verdict::Resolved {
                    return Ok(with_tried(chosen, code));
                }
                Ok(self.beside(url, code))
            }
            _ => Ok(self.beside(url, code)),
        }
    }

    fn look_up(&self, framework: Option<&str>) -> Result<Resolution, IndexError> {
        resolve(self.cards, self.code.looked_up(), framework, self.as_of)
    }

    /// Resolves the code: in the framework that is named, else in the one that the address leads to.
    fn by_code(&self, by_url: &Resolution) -> Result<Resolution, IndexError> {
        let surrounding = by_url.resource().and_then(|found| framework_of(&found.chosen.card));
        let surrounding = surrounding.filter(|_| !is_identifier(self.code.text));
        let has_found = |resolution: &Resolution| !resolution.found.is_empty();
        let inside = || -> Result<Option<Resolution>, IndexError> {
            let inside = surrounding.map(|key| self.look_up(Some(key.as_str()))).transpose()?;
            Ok(inside.filter(has_found))
        };
        if self.framework.is_none() {
            return inside()?.map_or_else(|| self.look_up(None), Ok);
        }
        let named = self.look_up(self.framework)?;
        if has_found(&named) {
            return Ok(named);
        }
        Ok(inside()?.unwrap_or(named))
    }

    /// Chooses among several resources of one address the only one that has the code.
    fn chosen(&self, code: &Resolution) -> Result<Resolution, IndexError> {
        let is_meant = |card: &Card| {
            has_code(card, self.code.text)
                || code.resource().is_some_and(|other| other.chosen.card.key() == card.key())
        };
        resolve_among(self.cards, self.url, self.framework, &is_meant, self.as_of)
    }

    /// What the address names, or the part of it that the code names.
    fn by_address(&self, mut url: Resolution, mut code: Resolution) -> Resolution {
        if let Some(whole) = refined(&url, &code) {
            code.reason =
                code.resource().map(|part| reason::refined(part, &whole)).unwrap_or(code.reason);
            let text = "the address of the badge names the whole, and its code this part of it";
            code.notices.push(Notice::new(NoticeKind::Refined, text).about(vec![other(&whole)]));
            return with_tried(code, url);
        }
        url.notices.extend(conflict(&url, &code, &self.code));
        with_tried(url, code)
    }

    /// What the code names, where the address names nothing or too much.
    fn beside(&self, mut url: Resolution, mut code: Resolution) -> Resolution {
        if let Some(notice) = self.parted(&code) {
            if url.verdict == Verdict::Unknown && !code.found.is_empty() {
                reason::other_identifier().clone_into(&mut url.reason);
            }
            url.notices.push(notice);
            return with_tried(url, code);
        }
        let is_ambiguous = url.verdict == Verdict::Ambiguous;
        let answers = code.verdict == Verdict::Resolved
            || (code.verdict == Verdict::Ambiguous && !is_ambiguous && self.code.names);
        if !answers {
            return with_tried(url, code);
        }
        let text = match url.verdict {
            Verdict::Unknown => {
                "nothing that is held here goes by the address of the badge, and its code was used"
                    .to_owned()
            }
            Verdict::Ambiguous => {
                "the address of the badge names several resources, and its code was used".to_owned()
            }
            _ => format!("the address of the badge was not used: {}", clause(&url.reason)),
        };
        let others = url.found.iter().take(MAX_OTHERS).map(|found| other(&found.chosen.card));
        let notice = Notice::new(NoticeKind::AddressNotUsed, text).about(others.collect());
        code.notices.push(notice);
        with_tried(code, url)
    }

    /// Says that the code is another identifier than the one in an address that names nothing here, so that it cannot answer for it.
    fn parted(&self, code: &Resolution) -> Option<Notice> {
        let (own, given) = (uuid(&self.address)?, uuid(&self.code.read)?);
        let are_twins = self.address.inferred.as_ref() == Some(given)
            || self.code.read.inferred.as_ref() == Some(own);
        let is_around =
            |card: &Card| card.key() == own || is_below(card, own) || is_equivalent(code, own);
        if own == given || are_twins || code.found.iter().any(|found| is_around(&found.chosen.card))
        {
            return None;
        }
        let text = "the address and the code of the badge are different identifiers, and nothing that is held here goes by the address";
        let others = code.found.iter().take(MAX_OTHERS).map(|found| other(&found.chosen.card));
        let notice = Notice::new(NoticeKind::Conflict, text).about(others.collect());
        Some(notice.comparing(self.code.text, None))
    }
}

/// The framework of a resource, or itself.
fn framework_of(card: &Card) -> Option<&CanonicalKey> {
    if card.resource.kind() == Kind::Framework {
        return Some(card.key());
    }
    card.framework.as_ref().map(|framework| &framework.key)
}

/// The resource that the address names, where it is the whole of which the code names a part.
fn refined(url: &Resolution, code: &Resolution) -> Option<Card> {
    let (whole, part) = (url.resource()?, code.resource()?);
    is_above(&whole.chosen.card, &part.chosen.card).then(|| whole.chosen.card.clone())
}

/// Tells whether one resource stands above another, in its path or as its framework.
fn is_above(one: &Card, other: &Card) -> bool {
    one.key() != other.key() && is_below(other, one.key())
}

/// Tells whether something stands above a resource, in its path or as its framework.
fn is_below(card: &Card, above: &CanonicalKey) -> bool {
    let is_framework = card.framework.as_ref().is_some_and(|framework| framework.key == *above);
    is_framework || card.path.iter().any(|step| step.key == *above)
}

/// Tells whether something is stated to be the same as what was found.
fn is_equivalent(resolution: &Resolution, key: &CanonicalKey) -> bool {
    let mut ends = resolution.equivalents.iter().filter_map(Crossing::end);
    ends.any(|end| end.key.as_ref() == Some(key))
}

/// Tells whether a resource has a code, in any spelling.
fn has_code(card: &Card, code: &str) -> bool {
    card.resource.code().is_some_and(|published| codes::is_same(code, published, card))
}

/// The CTID or GUID that an identifier is.
fn uuid(read: &Identifier) -> Option<&CanonicalKey> {
    let is_uuid = |key: &&CanonicalKey| matches!(key.scheme(), KeyScheme::Ctid | KeyScheme::Guid);
    read.key.as_ref().filter(is_uuid)
}

/// Says that the code names another thing than the address.
///
/// It is no conflict where the code names what the address names among others, what stands above it, what is stated to be the same,
/// or what has the same UUID in the other standard.
fn conflict(url: &Resolution, code: &Resolution, given: &Code<'_>) -> Option<Notice> {
    let one = &url.resource()?.chosen.card;
    // A code alone means something else in every framework.
    if code.verdict == Verdict::Ambiguous && !given.names {
        return None;
    }
    let twin = identify(one.key().as_str()).inferred;
    let is_same = |key: &CanonicalKey| {
        one.key() == key
            || is_below(one, key)
            || is_equivalent(url, key)
            || twin.as_ref() == Some(key)
    };
    let found: Vec<&Card> = code.found.iter().map(|found| &found.chosen.card).collect();
    if found.is_empty() {
        return unheld(one, given, &is_same);
    }
    // Of many that have the code not all are listed.
    let is_among = code.n_found.is_some() && has_code(one, given.text);
    if is_among || found.iter().any(|other| is_same(other.key())) {
        return None;
    }
    let others: Vec<Step> = found.into_iter().take(MAX_OTHERS).map(other).collect();
    let label = others.first().map(|first| first.label.clone());
    let text = "the address and the code of the badge name different things; what the address names is shown";
    let notice = Notice::new(NoticeKind::Conflict, text);
    Some(Notice { given: label, published: Some(one.label()), ..notice }.about(others))
}

/// Says that the code is another identifier than that of what the address names, and that nothing here goes by it.
fn unheld(one: &Card, given: &Code<'_>, is_same: &dyn Fn(&CanonicalKey) -> bool) -> Option<Notice> {
    uuid(&identify(one.key().as_str()))?;
    uuid(&given.read).filter(|key| !is_same(key))?;
    let text = "the address and the code of the badge are different identifiers, and nothing that is held here goes by the code; what the address names is shown";
    Some(Notice::new(NoticeKind::Conflict, text).comparing(given.text, one.label()))
}

/// Adds to an answer what the other way to it tried, and whatever of it holds for both.
fn with_tried(mut answer: Resolution, other: Resolution) -> Resolution {
    for notice in other.notices {
        let holds = matches!(notice.kind, NoticeKind::OtherEnvironment | NoticeKind::Provisional);
        if holds && !answer.notices.contains(&notice) {
            answer.notices.push(notice);
        }
    }
    answer.tried.extend(other.tried);
    if answer.inferred.is_empty() {
        let own = answer.resource().map(|found| found.chosen.card.key().clone());
        let is_new = |found: &Found| Some(found.chosen.card.key()) != own.as_ref();
        answer.inferred = other.inferred.into_iter().filter(is_new).collect();
    }
    answer
}

fn is_identifier(code: &str) -> bool {
    !matches!(identify(code).kind, IdentifierKind::Code | IdentifierKind::Text)
}

/// A sentence as a part of another: without its capital and its full stop.
fn clause(sentence: &str) -> String {
    let mut characters = sentence.trim_end_matches('.').chars();
    let first = characters.next().map(|first| first.to_lowercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}

/// Notes where the words, the code and the class of the badge differ from the published ones.
fn compare(resolution: &mut Resolution, claim: &Claim) {
    let Some(found) = resolution.resource() else { return };
    let card = &found.chosen.card;
    let is_conflict = resolution.notices.iter().any(|notice| notice.kind == NoticeKind::Conflict);
    let notices = [
        text_notice(&card.resource, claim),
        code_notice(card, claim).filter(|_| !is_conflict),
        class_notice(&card.resource, claim),
    ];
    resolution.notices.extend(notices.into_iter().flatten());
}

fn code_notice(card: &Card, claim: &Claim) -> Option<Notice> {
    let given = claim.code.as_deref().filter(|code| !is_identifier(code))?;
    let published = card.resource.code()?;
    if fold_code(given).is_empty() || codes::is_same(given, published, card) {
        return None;
    }
    let text = "the code of the badge is not the published code";
    Some(Notice::new(NoticeKind::CodeDiffers, text).comparing(given, published.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use serde_json::{Value, json};
    use tempfile::TempDir;

    use super::resolve_claim;
    use crate::reader::Reader;
    use crate::resolve::claim::Claim;
    use crate::resolve::evidence::IssuerStanding;
    use crate::resolve::notice::{Notice, NoticeKind};
    use crate::resolve::resolution::Resolution;
    use crate::resolve::suggestion::suggest;
    use crate::resolve::verdict::{Rung, Verdict};
    use crate::standing::State;
    use crate::verify::sample::{guid, import, key, package};

    const MATH: &str = "Common Core State Standards for Math";
    const ELA: &str = "Common Core State Standards for English Language Arts & Literacy";
    const TODAY: &str = "2026-06-01";

    /// An association between two items, stated by the package it stands in.
    fn link(n: u32, kind: &str, from: u32, to: u32) -> Value {
        let uri = |class: &str, n: u32| {
            format!("https://case.example.org/ims/case/v1p0/{class}/{}", guid(n))
        };
        json!({
            "identifier": guid(n), "uri": uri("CFAssociations", n), "associationType": kind,
            "lastChangeDateTime": "2026-01-01T00:00:00+00:00",
            "originNodeURI": { "identifier": guid(from), "uri": uri("CFItems", from), "title": "x" },
            "destinationNodeURI": { "identifier": guid(to), "uri": uri("CFItems", to), "title": "x" },
        })
    }

    /// A package with more associations than those of its hierarchy.
    fn linked(package: &[u8], links: &[Value]) -> Vec<u8> {
        let mut package: Value = serde_json::from_slice(package).unwrap();
        package["CFAssociations"].as_array_mut().unwrap().extend(links.iter().cloned());
        serde_json::to_vec(&package).unwrap()
    }

    /// The same package, with one item below another and no longer below the document.
    fn below(package: &[u8], child: u32, parent: u32) -> Vec<u8> {
        let mut package: Value = serde_json::from_slice(package).unwrap();
        let associations = package["CFAssociations"].as_array_mut().unwrap();
        let is_kept =
            |association: &Value| association["originNodeURI"]["identifier"] != guid(child);
        associations.retain(is_kept);
        associations.push(link(0x900, "isChildOf", child, parent));
        serde_json::to_vec(&package).unwrap()
    }

    fn ctid(n: u32) -> String {
        format!("ce-{}", guid(n))
    }

    fn registry(n: u32) -> String {
        format!("https://credentialengineregistry.org/resources/{}", ctid(n))
    }

    /// A record of the registry with one resource.
    fn record(n: u32, class: &str, name: &str, more: &Value) -> Vec<u8> {
        let mut node = json!({
            "@id": registry(n), "@type": class, "ceterms:ctid": ctid(n),
            "ceterms:name": { "en": name },
        });
        for (property, value) in more.as_object().unwrap() {
            node[property] = value.clone();
        }
        let graph = json!({
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": registry(n).replace("resources", "graph"), "@graph": [node],
        });
        serde_json::to_vec(&graph).unwrap()
    }

    /// A certificate whose owner is a node without a CTID, with a page or without.
    fn of_a_nameless_owner(n: u32, page: &str) -> Vec<u8> {
        let owned = json!({ "ceterms:ownedBy": ["_:owner"] });
        let graph = record(n, "ceterms:Certificate", "Certificate of Ropes", &owned);
        let mut graph: Value = serde_json::from_slice(&graph).unwrap();
        let mut owner = json!({
            "@id": "_:owner", "@type": "ceterms:CredentialOrganization",
            "ceterms:name": { "en": "An owner" },
        });
        if !page.is_empty() {
            owner["ceterms:subjectWebpage"] = json!(page);
        }
        graph["@graph"].as_array_mut().unwrap().push(owner);
        serde_json::to_vec(&graph).unwrap()
    }

    /// Frameworks of CASE: mathematics with a cluster above an item, language arts, two of science that state sameness, one whose items
    /// follow one another in a circle. Records of the registry: levels that share a page, a certificate with its owner and offerer.
    static SHELF: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let math = package(
            1,
            MATH,
            &[
                (0x10, "3.NF.A", "Develop understanding of fractions as numbers."),
                (
                    0x11,
                    "3.NF.A.1",
                    "Understand a fraction 1/<em>b</em> as the quantity formed by 1 part",
                ),
                (0x12, "3.MD.C.5.a", "A square with side length 1 unit has area $1 \\times 1$"),
                (0x13, "Math.Practice.MP1", "Make sense of problems"),
            ],
        );
        let math = below(&math, 0x11, 0x10);
        let ela = package(2, ELA, &[(0x21, "RL.6.3", "Describe how a plot unfolds")]);
        let science = package(
            3,
            "Next Generation Science Standards",
            &[(0x31, "MS-PS1-2", "Analyze data on the properties of substances")],
        );
        let science = linked(&science, &[link(0x901, "exactMatchOf", 0x31, 0x41)]);
        let harbor = package(
            4,
            "Harbor Science Framework 2019",
            &[
                (0x41, "HS.1", "Analyze data on substances"),
                (0x42, "HS.2", "Say what substances are made of"),
            ],
        );
        let harbor = linked(
            &harbor,
            &[link(0x902, "exactMatchOf", 0x42, 0x41), link(0x903, "isRelatedTo", 0x42, 0x21)],
        );
        let old = package(
            5,
            "Knots",
            &[
                (0x51, "K.1", "Ties knots"),
                (0x52, "K.2", "Ties bends"),
                (0x53, "K.3", "Ties hitches"),
            ],
        );
        let old = linked(
            &old,
            &[
                link(0x904, "replacedBy", 0x51, 0x52),
                link(0x905, "replacedBy", 0x52, 0x53),
                link(0x906, "replacedBy", 0x53, 0x51),
            ],
        );
        let page = json!("https://levels.example/all");
        let level = |n: u32, code: &str| {
            let more = json!({ "ceterms:subjectWebpage": page, "ceterms:codedNotation": code });
            record(n, "ceterms:Certificate", &format!("Level {code}"), &more)
        };
        let school = json!({ "ceterms:subjectWebpage": "https://school.example/" });
        let certificate = json!({
            "ceterms:ownedBy": [registry(0x63)], "ceterms:offeredBy": [registry(0x64)],
        });
        let same = json!({ "owl:sameAs": [item(0x53)] });
        import(
            dir.path(),
            1,
            &[
                ("math", math),
                ("ela", ela),
                ("science", science),
                ("harbor", harbor),
                ("old", old),
                ("l1", level(0x61, "EQF-1")),
                ("l2", level(0x62, "EQF-2")),
                ("school", record(0x63, "ceterms:CredentialOrganization", "The School", &school)),
                (
                    "college",
                    record(0x64, "ceterms:CredentialOrganization", "The College", &json!({})),
                ),
                ("other", record(0x65, "ceterms:CredentialOrganization", "The Other", &json!({}))),
                (
                    "certificate",
                    record(0x66, "ceterms:Certificate", "Certificate of Knots", &certificate),
                ),
                (
                    "by-site",
                    record(
                        0x68,
                        "ceterms:Certificate",
                        "Certificate of Bends",
                        &json!({ "ceterms:ownedBy": ["https://school.example"] }),
                    ),
                ),
                ("by-node", of_a_nameless_owner(0x69, "https://www.school.example/")),
                ("by-unheld-node", of_a_nameless_owner(0x6a, "https://nameless.example/")),
                ("by-words", of_a_nameless_owner(0x6b, "")),
                ("hitches", record(0x67, "ceasn:Competency", "Ties hitches", &same)),
            ],
        );
        let reader = Reader::open(dir.path()).unwrap();
        (dir, reader)
    });

    fn ask(claim: &Claim) -> Resolution {
        resolve_claim(SHELF.1.cards(), claim, TODAY).unwrap()
    }

    fn some(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A claim of an address, a code and a framework; what is empty is absent.
    fn claim(url: &str, code: &str, framework: &str) -> Claim {
        Claim { url: some(url), code: some(code), framework: some(framework), ..Claim::default() }
    }

    fn item(n: u32) -> String {
        format!("https://case.example.org/uri/{}", guid(n))
    }

    fn notice(resolution: &Resolution, kind: NoticeKind) -> Option<&Notice> {
        resolution.notices.iter().find(|notice| notice.kind == kind)
    }

    #[track_caller]
    fn check(claim: &Claim, n: u32, notices: &[NoticeKind]) -> Resolution {
        let resolution = ask(claim);
        let found = resolution.resource().unwrap_or_else(|| panic!("{claim:?}: {resolution:?}"));
        let id = found.chosen.card.resource.identity().key.to_string();
        assert!(id.ends_with(&guid(n)), "{claim:?}: {id}");
        let kinds: Vec<NoticeKind> = resolution.notices.iter().map(|notice| notice.kind).collect();
        assert_eq!(kinds, notices, "{claim:?}: {:?}", resolution.notices);
        assert!(resolution.reason.starts_with("This is the ") && resolution.reason.ends_with('.'));
        resolution
    }

    #[track_caller]
    fn check_nothing(claim: &Claim, verdict: Verdict, reason: &str) -> Resolution {
        let resolution = ask(claim);
        assert_eq!(resolution.verdict, verdict, "{claim:?}: {resolution:?}");
        assert!(resolution.reason.contains(reason), "{claim:?}: {}", resolution.reason);
        resolution
    }

    #[test]
    fn a_code_is_found_in_any_spelling_within_its_framework() {
        let spelt = [NoticeKind::CodeSpelling];
        check(&claim("", "3.MD.C.5.a", MATH), 0x12, &[]);
        for code in
            ["3.MD.C.5a", "3-md-c-5-a.", "CCSS.Math.Content.3.MD.C.5a", "Math.Content.3.MD.C.5.a"]
        {
            let resolution = check(&claim("", code, MATH), 0x12, &spelt);
            assert_eq!(resolution.notices[0].published.as_deref(), Some("3.MD.C.5.a"));
            assert_eq!(resolution.found[0].evidence.rung, Rung::Code);
        }
        check(&claim("", "CCSS.Math.Practice.MP1", MATH), 0x13, &spelt);
        check(&claim("", "NGSS.MS-PS1-2", "Next Generation Science Standards"), 0x31, &spelt);
        check_nothing(&claim("", "3.MD.C.5b", MATH), Verdict::Unknown, "has no such code");
    }

    #[test]
    fn a_framework_is_named_loosely_and_the_answer_says_so() {
        let loosely = [NoticeKind::FrameworkSpelling];
        for name in
            ["CCSS Math", "Common Core Mathematics", "Common Core State Standards for Math (2010)"]
        {
            let resolution = check(&claim("", "3.NF.A.1", name), 0x11, &loosely);
            assert_eq!(resolution.notices[0].published.as_deref(), Some(MATH));
        }
        check(&claim("", "3.NF.A.1", &guid(1)), 0x11, &[]);
        let address = format!("https://elsewhere.example/ims/case/v1p1/CFDocuments/{}", guid(1));
        check(&claim("", "3.NF.A.1", &address), 0x11, &[]);
        // The name of a family fits two frameworks, of which one has the code: both are said.
        let family = check(&claim("", "RL.6.3", "CCSS"), 0x21, &loosely);
        assert_eq!(family.notices[0].others.len(), 1);
        assert_eq!(family.notices[0].others[0].key, key(1));
        check_nothing(
            &claim("", "HS.1", "Harbor Science Framework 2018"),
            Verdict::Unknown,
            "goes by the name",
        );
        check_nothing(
            &claim("", "HS.1", "Science Standards"),
            Verdict::Unknown,
            "goes by the name",
        );
    }

    #[test]
    fn the_prefix_of_a_code_may_name_its_framework() {
        let notices = [NoticeKind::CodeSpelling, NoticeKind::FrameworkSpelling];
        check(&claim("", "CCSS.ELA-Literacy.RL.6.3", ""), 0x21, &notices);
        check(&claim("", "CCSS.Math.Content.3.NF.A.1", ""), 0x11, &notices);
        check(
            &claim("http://www.corestandards.org/Math/Content/3/NF/A/1/", "", ""),
            0x11,
            &notices,
        );
        let used = [&notices[..], &[NoticeKind::AddressNotUsed]].concat();
        check(
            &claim("http://standards.example/CCELA-RL-6", "CCSS.ELA-Literacy.RL.6.3", ""),
            0x21,
            &used,
        );
        let bare =
            check_nothing(&claim("", "RL.6.3", ""), Verdict::Ambiguous, "only in its framework");
        assert_eq!(bare.found.len(), 1);
    }

    #[test]
    fn the_code_chooses_among_those_that_share_an_address() {
        let page = "https://levels.example/all";
        let both = check_nothing(&claim(page, "", ""), Verdict::Ambiguous, "were 2 resources");
        assert_eq!(both.found.len(), 2);
        let one = check(&claim(page, "EQF-2", ""), 0x62, &[]);
        assert!(one.reason.contains("by its code among them"), "{}", one.reason);
        check_nothing(&claim(page, "EQF-9", ""), Verdict::Ambiguous, "were 2 resources");
    }

    #[test]
    fn what_the_address_and_the_code_name_is_told_apart() {
        let conflict = check(&claim(&item(0x11), "3.MD.C.5a", ""), 0x11, &[NoticeKind::Conflict]);
        assert_eq!(conflict.notices[0].others[0].key, key(0x12));
        let elsewhere = check(&claim(&item(0x11), "RL.6.3", ELA), 0x11, &[NoticeKind::Conflict]);
        assert_eq!(elsewhere.notices[0].others[0].key, key(0x21));
        let by_id = check(&claim(&item(0x11), &guid(0x21), ""), 0x11, &[NoticeKind::Conflict]);
        assert_eq!(by_id.notices[0].others[0].label, "Describe how a plot unfolds");
        // The code names a part of what the address names, and the other way round.
        let refined = check(&claim(&item(0x10), "3.NF.A.1", ""), 0x11, &[NoticeKind::Refined]);
        assert_eq!(refined.notices[0].others[0].key, key(0x10));
        let document = format!("https://case.example.org/ims/case/v1p0/CFDocuments/{}", guid(1));
        check(&claim(&document, "3.NF.A.1", ""), 0x11, &[NoticeKind::Refined]);
        check(&claim(&item(0x11), "3.NF.A", ""), 0x11, &[NoticeKind::CodeDiffers]);
        // Stated to be the same: no conflict.
        check(&claim(&item(0x31), &guid(0x41), ""), 0x31, &[]);
        check(&claim(&item(0x11), "3.NF.A.1", "CCSS Math"), 0x11, &[]);
        check(&claim(&item(0x11), "X.9", ""), 0x11, &[NoticeKind::CodeDiffers]);
    }

    #[test]
    fn an_identifier_never_answers_for_another() {
        let conflict = [NoticeKind::Conflict];
        // The address is held, and the code is not.
        let unheld = check(&claim(&registry(0x66), &ctid(0x999), ""), 0x66, &conflict);
        assert!(unheld.notices[0].text.contains("goes by the code"), "{:?}", unheld.notices);
        check(&claim(&item(0x11), &guid(0x999), ""), 0x11, &conflict);
        check(&claim(&item(0x11), &item(0x999), ""), 0x11, &conflict);
        // The code is held, and the address is not.
        for (url, code, n) in [
            (registry(0x999), ctid(0x66), 0x66),
            (item(0x999), guid(0x11), 0x11),
            (item(0x999), registry(0x66), 0x66),
        ] {
            let reason = "another identifier";
            let other = check_nothing(&claim(&url, &code, ""), Verdict::Unknown, reason);
            assert_eq!(other.found, []);
            let others = &notice(&other, NoticeKind::Conflict).unwrap().others;
            assert!(others[0].key.as_str().ends_with(&guid(n)), "{others:?}");
        }
        let neither = check_nothing(&claim(&item(0x998), &guid(0x999), ""), Verdict::Unknown, "");
        assert!(notice(&neither, NoticeKind::Conflict).is_some());
        // The same, its twin, what stands around it, and what is stated to be the same are no other.
        check(&claim(&item(0x11), &guid(0x11), ""), 0x11, &[]);
        check(&claim(&item(0x11), &ctid(0x11), ""), 0x11, &[]);
        check(&claim(&item(0x11), &guid(1), ""), 0x11, &[]);
        let twin = ask(&claim(&registry(0x11), &guid(0x11), ""));
        assert_eq!(twin.verdict, Verdict::Resolved);
    }

    #[test]
    fn what_belongs_to_the_sandbox_is_never_answered_from_production() {
        let sandbox = registry(0x66).replace("https://", "https://sandbox.");
        let finder =
            format!("https://sandbox.credentialengine.org/finder/credential/{}", ctid(0x66));
        for url in [sandbox.as_str(), finder.as_str()] {
            for code in [ctid(0x66), ctid(0x66).to_uppercase(), registry(0x66)] {
                let resolution = check_nothing(&claim(url, &code, ""), Verdict::Unknown, "");
                assert_eq!(resolution.found, [], "{url} {code}");
                assert!(notice(&resolution, NoticeKind::OtherEnvironment).is_some());
            }
        }
    }

    #[test]
    fn the_code_answers_where_the_address_cannot() {
        let finder = "https://credentialfinder.org/credential/20229/Knots";
        let used = [NoticeKind::AddressNotUsed];
        let resolution = check(&claim(finder, &ctid(0x66), ""), 0x66, &used);
        assert!(
            resolution.notices[0].text.contains("Credential Finder"),
            "{:?}",
            resolution.notices
        );
        for url in ["/achievements/12", "mailto:somebody@school.example", "http://[bad/"] {
            let resolution = check(&claim(url, "3.NF.A.1", MATH), 0x11, &used);
            let said = serde_json::to_string(&resolution).unwrap();
            assert!(!said.contains("somebody"), "{said}");
        }
        check_nothing(&claim(finder, "", ""), Verdict::Unsupported, "Credential Finder");
        check_nothing(&claim("/achievements/12", "", ""), Verdict::Unsupported, "relative");
        check_nothing(&claim("tel:+1-555-0100", "", ""), Verdict::Unsupported, "telephone");
        check_nothing(&claim("_:b0", "", ""), Verdict::Unsupported, "blank node");
        check_nothing(&claim("http://[bad/", "", ""), Verdict::Malformed, "begins as an address");
        check_nothing(&claim("", "", ""), Verdict::Malformed, "Nothing was given");
        check_nothing(&claim(" ... ", "", ""), Verdict::Malformed, "Nothing was given");
        check_nothing(
            &claim("https://elsewhere.example/1", "", ""),
            Verdict::Unknown,
            "the exact address",
        );
        let sandbox = registry(0x66).replace("https://", "https://sandbox.");
        let sandbox =
            check_nothing(&claim(&sandbox, "", ""), Verdict::Unknown, "environment `sandbox`");
        assert!(notice(&sandbox, NoticeKind::OtherEnvironment).is_some());
        let withheld = Claim { withheld: true, ..Claim::default() };
        check_nothing(&withheld, Verdict::Withheld, "learner");
    }

    #[track_caller]
    fn check_class(n: u32, class: &str, agrees: bool) {
        let url = if n > 0x60 { registry(n) } else { item(n) };
        let resolution = ask(&Claim { class: some(class), ..claim(&url, "", "") });
        let notice = notice(&resolution, NoticeKind::TypeMismatch);
        assert_eq!(notice.is_none(), agrees, "{class}: {notice:?}");
    }

    #[test]
    fn the_declared_class_is_held_against_the_real_one() {
        for class in
            ["CFItem", "ceasn:Competency", "Competency", "ext:skill", "Skill", "Course", "Award"]
        {
            check_class(0x11, class, true);
        }
        for class in [
            "CFRubric",
            "CFRubricCriterionLevel",
            "CTDL",
            "ceterms:Credential",
            "ESCO:Skill",
            "ceterms:Course",
        ] {
            check_class(0x11, class, false);
        }
        for class in [
            "ceterms:Credential",
            "Credential",
            "CTDL",
            "Certificate",
            "ceterms:Certificate",
            "Membership",
        ] {
            check_class(0x66, class, true);
        }
        for class in ["CFItem", "Competency", "BachelorDegree", "Course", "ceasn:Competency"] {
            check_class(0x66, class, false);
        }
    }

    #[track_caller]
    fn check_words(name: &str, description: &str, agrees: bool) {
        let words = Claim {
            name: some(name),
            description: some(description),
            ..claim(&item(0x11), "", "")
        };
        let resolution = ask(&words);
        let notice = notice(&resolution, NoticeKind::TextDiffers);
        assert_eq!(notice.is_none(), agrees, "{name}: {notice:?}");
        if let Some(notice) = notice {
            assert_eq!(notice.given.as_deref(), Some(name));
            assert!(notice.published.as_deref().unwrap().starts_with("Understand a fraction 1/b"));
        }
    }

    #[test]
    fn the_words_are_held_against_every_published_form() {
        check_words("Understand a fraction 1/b as the quantity formed by 1 part", "", true);
        check_words(
            "3.NF.A.1: understand a fraction $1/b$ as the **quantity** formed by 1 part.",
            "",
            true,
        );
        check_words("3.NF.A.1", "", true);
        check_words("Understand a fraction…", "", true);
        check_words(
            "Fractions",
            "Understand a fraction 1/b as the quantity formed by 1 part",
            true,
        );
        check_words("Fractions", "", false);
        check_words("Fractions", "All about fractions", false);
    }

    #[test]
    fn successors_are_followed_to_the_newest_and_never_in_a_circle() {
        let resolution = check(&claim(&item(0x51), "", ""), 0x51, &[NoticeKind::Superseded]);
        let standing = &resolution.found[0].standing;
        assert_eq!(standing.state, State::Superseded);
        let keys: Vec<_> = standing.successors.iter().map(|step| step.key.clone()).collect();
        assert_eq!(keys, [key(0x52), key(0x53)]);
        let notice = &resolution.notices[0];
        assert_eq!(notice.others, standing.successors);
        assert!(
            notice.text.contains("`K.2`") && notice.text.contains("`K.3` is the newest"),
            "{}",
            notice.text
        );
    }

    #[test]
    fn sameness_is_passed_on_with_who_states_it() {
        let same = check(&claim(&item(0x31), "", ""), 0x31, &[]);
        let reached: Vec<String> = same
            .equivalents
            .iter()
            .map(|crossing| crossing.end().unwrap().key.clone().unwrap().to_string())
            .collect();
        assert_eq!(reached, [key(0x41).to_string(), key(0x42).to_string()]);
        let last = &same.equivalents[1].hops;
        let stating: Vec<&str> = last.iter().map(|hop| hop.origin.record.as_str()).collect();
        assert_eq!(stating, ["science", "harbor"]);
        let hitches = ask(&claim(&item(0x53), "", ""));
        let hop = &hitches.equivalents[0].hops[0];
        assert_eq!((hop.kind.as_str(), hop.origin.record.as_str()), ("sameAs", "hitches"));
        let back = ask(&claim(&registry(0x67), "", ""));
        assert_eq!(back.equivalents[0].end().unwrap().key, Some(key(0x53)));
    }

    #[track_caller]
    fn check_issuer(n: u32, issuer: &str, expected: Option<IssuerStanding>) -> Resolution {
        let url = if n > 0x60 { registry(n) } else { item(n) };
        let resolution = ask(&Claim { issuer: some(issuer), ..claim(&url, "", "") });
        assert_eq!(
            resolution.found[0].evidence.issuer, expected,
            "{issuer}: {:?}",
            resolution.notices
        );
        let differs = notice(&resolution, NoticeKind::IssuerDiffers).is_some();
        assert_eq!(differs, expected == Some(IssuerStanding::Differs), "{issuer}");
        resolution
    }

    #[test]
    fn the_issuer_is_held_against_owner_and_offerers() {
        for owner in [
            registry(0x63),
            ctid(0x63),
            "https://school.example".to_owned(),
            "did:web:school.example".to_owned(),
            format!("https://credentialfinder.org/organization/{}", ctid(0x63)),
        ] {
            check_issuer(0x66, &owner, Some(IssuerStanding::Owner));
        }
        check_issuer(0x66, &ctid(0x64), Some(IssuerStanding::Offerer));
        let differs = check_issuer(0x66, &ctid(0x65), Some(IssuerStanding::Differs));
        let notice = notice(&differs, NoticeKind::IssuerDiffers).unwrap();
        let labels: Vec<&str> = notice.others.iter().map(|other| other.label.as_str()).collect();
        assert_eq!(labels, ["The School", "The College"]);
        check_issuer(0x66, "https://nobody.example/", Some(IssuerStanding::UnknownIssuer));
        check_issuer(0x61, &ctid(0x63), Some(IssuerStanding::NoOwner));
        check_issuer(0x11, &ctid(0x63), None);
        check_issuer(0x66, "", None);
    }

    #[test]
    fn an_owner_goes_by_whatever_is_known_of_it() {
        for n in [0x68, 0x69] {
            for owner in [ctid(0x63), "did:web:school.example".to_owned()] {
                check_issuer(n, &owner, Some(IssuerStanding::Owner));
            }
            check_issuer(n, &ctid(0x65), Some(IssuerStanding::Differs));
            check_issuer(n, &ctid(0x999), Some(IssuerStanding::UnknownIssuer));
        }
        check_issuer(0x6a, "did:web:nameless.example", Some(IssuerStanding::Owner));
        check_issuer(0x6a, "https://school.example/", Some(IssuerStanding::Differs));
        check_issuer(0x6b, &ctid(0x63), Some(IssuerStanding::UnknownIssuer));
        check_issuer(0x66, &ctid(0x999), Some(IssuerStanding::Differs));
        let sandbox = registry(0x63).replace("https://", "https://sandbox.");
        check_issuer(0x66, &sandbox, Some(IssuerStanding::UnknownIssuer));
    }

    #[test]
    fn an_answer_carries_its_evidence() {
        let resolution = check(&claim(&item(0x11).to_uppercase(), "", ""), 0x11, &[]);
        let evidence = serde_json::to_value(&resolution.found[0].evidence).unwrap();
        assert_eq!(evidence["rung"], "identifier");
        assert_eq!(evidence["strength"], "spelling");
        assert_eq!(evidence["via"], format!("guid:{}", guid(0x11)));
        assert_eq!((&evidence["source"], &evidence["record"]), (&json!("shelf"), &json!("math")));
        assert!(evidence["retrieved"].as_str().unwrap().starts_with("1970-01-02"), "{evidence}");
        assert_eq!(evidence["digest"].as_str().unwrap().len(), 64);
        let reason = &resolution.reason;
        assert!(reason.contains("the competency 3.NF.A.1") && reason.contains(MATH), "{reason}");
        assert!(reason.contains("by A shelf, found by the GUID inside it."), "{reason}");
    }

    #[test]
    fn words_alone_are_suggested_to_and_never_resolved() {
        let words = Claim { name: some("Ties hitches and knots"), ..Claim::default() };
        let alone = check_nothing(&words, Verdict::Unknown, "a name identifies nothing");
        assert!(notice(&alone, NoticeKind::NameOnly).is_some() && alone.suggestions.is_empty());
        let suggestions = suggest(SHELF.1.cards(), &words, 3).unwrap();
        assert!(!suggestions.is_empty() && suggestions.len() <= 3);
        assert!(suggestions.iter().all(|found| found.is == "suggestion"));
        assert!(suggestions.iter().all(|found| found.score > 0.0 && found.score <= 1.0));
        assert!(suggestions.is_sorted_by(|a, b| a.score >= b.score));
        let whole = Claim { name: some("ties KNOTS"), class: some("CFItem"), ..Claim::default() };
        let suggestions = suggest(SHELF.1.cards(), &whole, 1).unwrap();
        assert_eq!(
            (suggestions[0].key.clone(), suggestions[0].class.as_str()),
            (key(0x51), "CFItem")
        );
        assert!((suggestions[0].score - 1.0).abs() < f64::EPSILON);
        assert_eq!(suggest(SHELF.1.cards(), &claim(&item(0x11), "", ""), 3).unwrap(), []);
    }

    #[test]
    fn the_members_of_an_answer_are_camel_case_and_its_notices_snake_case() {
        let resolution = ask(&Claim { name: some("Fractions"), ..claim(&item(0x11), "", "") });
        let value = serde_json::to_value(&resolution).unwrap();
        assert_eq!(value["notices"][0]["kind"], "text_differs");
        assert!(
            value["tried"][0]["lookedUp"].is_string() && value["tried"][0]["nFound"].is_number()
        );
        assert!(value["found"][0]["standing"]["asOf"].is_string());
        assert!(value.get("suggestions").is_none() && value.get("equivalents").is_none());
    }
}
