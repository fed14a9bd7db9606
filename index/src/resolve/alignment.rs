//! Resolving the alignment of a badge: several claims about one thing, held against each other and against what is
//! published.

use ontology::{CanonicalKey, IdentifierKind, Kind, fold_code, identify};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::error::IndexError;
use crate::resolve::claim::Claim;
use crate::resolve::class::class_notice;
use crate::resolve::codes;
use crate::resolve::issuer;
use crate::resolve::ladder::{resolve, settle};
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
    let by_url = url.map(|url| resolve(cards, &url, framework, as_of)).transpose()?;
    let mut resolution = match (by_url, code) {
        (Some(by_url), Some(code)) => {
            let by_code = by_code(cards, &code, framework, &by_url, as_of)?;
            join(cards, by_url, by_code, &Code::of(&code, framework))?
        }
        (Some(only), None) => only,
        (None, Some(code)) => resolve(cards, &code, framework, as_of)?,
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
struct Code<'a> {
    text: &'a str,
    /// Whether the code says enough to be looked up by itself: it is an identifier, or its framework is named.
    names: bool,
}

impl<'a> Code<'a> {
    fn of(text: &'a str, framework: Option<&str>) -> Self {
        let names =
            framework.is_some() || is_identifier(text) || !codes::named_frameworks(text).is_empty();
        Self { text, names }
    }
}

/// Resolves the code beside an address: in the framework that is named, else in the one that the address leads to.
fn by_code(
    cards: &Cards,
    code: &str,
    framework: Option<&str>,
    by_url: &Resolution,
    as_of: &str,
) -> Result<Resolution, IndexError> {
    let surrounding = by_url.resource().map(|found| framework_of(&found.chosen.card));
    let surrounding = surrounding.flatten().filter(|_| !is_identifier(code));
    let named = resolve(cards, code, framework, as_of)?;
    let is_settled = framework.is_some() && !named.found.is_empty();
    match surrounding.filter(|_| !is_settled) {
        Some(key) => {
            let inside = resolve(cards, code, Some(key.as_str()), as_of)?;
            Ok(if inside.found.is_empty() { named } else { inside })
        }
        None => Ok(named),
    }
}

/// The framework of a resource, or itself.
fn framework_of(card: &Card) -> Option<&CanonicalKey> {
    if card.resource.kind() == Kind::Framework {
        return Some(card.key());
    }
    card.framework.as_ref().map(|framework| &framework.key)
}

/// Joins what the address and the code name. The address leads; the code may choose among several, or a part of the whole, and answers
/// where the address does not.
fn join(
    cards: &Cards,
    mut url: Resolution,
    mut code: Resolution,
    given: &Code<'_>,
) -> Result<Resolution, IndexError> {
    if url.verdict == Verdict::Ambiguous && choose_by_code(&mut url, &code, given.text) {
        settle(&mut url, cards)?;
        return Ok(with_tried(url, code));
    }
    if url.verdict == Verdict::Resolved {
        if let Some(whole) = refined(&url, &code) {
            code.reason =
                code.resource().map(|part| reason::refined(part, &whole)).unwrap_or(code.reason);
            let text = "the address of the badge names the whole, and its code this part of it";
            code.notices.push(Notice::new(NoticeKind::Refined, text).about(vec![other(&whole)]));
            return Ok(with_tried(code, url));
        }
        url.notices.extend(conflict(&url, &code, given));
        return Ok(with_tried(url, code));
    }
    let answers = code.verdict == Verdict::Resolved
        || (code.verdict == Verdict::Ambiguous && url.verdict != Verdict::Ambiguous && given.names);
    if !answers {
        return Ok(with_tried(url, code));
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
    let others = url.found.iter().take(MAX_OTHERS).map(|found| other(&found.chosen.card)).collect();
    code.notices.push(Notice::new(NoticeKind::AddressNotUsed, text).about(others));
    Ok(with_tried(code, url))
}

/// Chooses among several resources of one address the only one that has the code.
fn choose_by_code(url: &mut Resolution, code: &Resolution, text: &str) -> bool {
    let is_meant = |found: &Found| {
        let card = &found.chosen.card;
        let published = card.resource.code();
        published.is_some_and(|published| codes::is_same(text, published, card))
            || code.resource().is_some_and(|other| other.chosen.card.key() == card.key())
    };
    let mut meant: Vec<Found> = url.found.iter().filter(|found| is_meant(found)).cloned().collect();
    let Some(one) = meant.pop().filter(|_| meant.is_empty()) else { return false };
    url.verdict = Verdict::Resolved;
    url.reason = reason::chosen_by_code(&one);
    url.found = vec![one];
    true
}

/// The resource that the address names, where it is the whole of which the code names a part.
fn refined(url: &Resolution, code: &Resolution) -> Option<Card> {
    let (whole, part) = (url.resource()?, code.resource()?);
    is_above(&whole.chosen.card, &part.chosen.card).then(|| whole.chosen.card.clone())
}

/// Tells whether one resource stands above another, in its path or as its framework.
fn is_above(one: &Card, other: &Card) -> bool {
    let is_framework =
        other.framework.as_ref().is_some_and(|framework| framework.key == *one.key());
    let is_itself = one.key() == other.key();
    !is_itself && (is_framework || other.path.iter().any(|step| step.key == *one.key()))
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
    let is_same = |other: &Card| {
        let is_equivalent = url.equivalents.iter().any(|crossing| {
            crossing.end().is_some_and(|end| end.key.as_ref() == Some(other.key()))
        });
        let is_twin = identify(one.key().as_str()).inferred.as_ref() == Some(other.key());
        one.key() == other.key() || is_above(other, one) || is_equivalent || is_twin
    };
    let found: Vec<&Card> = code.found.iter().map(|found| &found.chosen.card).collect();
    if found.is_empty() || found.iter().any(|other| is_same(other)) {
        return None;
    }
    let others: Vec<Step> = found.into_iter().take(MAX_OTHERS).map(other).collect();
    let label = others.first().map(|first| first.label.clone());
    let text = "the address and the code of the badge name different things; what the address names is shown";
    let notice = Notice::new(NoticeKind::Conflict, text);
    Some(Notice { given: label, published: Some(one.label()), ..notice }.about(others))
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
