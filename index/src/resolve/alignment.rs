//! Resolving the alignment of a badge: several claims about one thing, held against each other and against what is
//! published.

use ontology::ler::{Mention, Site};
use ontology::{IdentifierKind, Kind, Resource, fold_code, identify, lineage, plain};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::resolve::ladder::resolve;
use crate::resolve::verdict::{Notice, NoticeKind, Resolution, Verdict};

/// What a badge says about one target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The address.
    pub url: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// The class, in its standard's word.
    pub class: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The framework, by name or identifier.
    pub framework: Option<String>,
    /// Who issued the badge, by an identifier.
    pub issuer: Option<String>,
    /// Whether the name is that of the badge itself, which need not repeat the words of its target.
    pub is_own_name: bool,
    /// Whether everything that names something was held back.
    pub withheld: bool,
}

impl Claim {
    /// Reads the claim of one place in a badge.
    pub fn of(mention: &Mention) -> Self {
        Self {
            url: mention.target_url.clone(),
            code: mention.target_code.clone(),
            class: mention.target_type.clone().filter(|_| is_alignment(mention.site)),
            name: mention.target_name.clone(),
            framework: mention.target_framework.clone(),
            issuer: None,
            is_own_name: !is_alignment(mention.site),
            withheld: mention.target_url.is_none()
                && mention.target_code.is_none()
                && !mention.withheld.is_empty(),
        }
    }
}

fn is_alignment(site: Site) -> bool {
    matches!(
        site,
        Site::Alignment
            | Site::ResultDescriptionAlignment
            | Site::RubricCriterionLevelAlignment
            | Site::ResultAlignment
    )
}

/// Resolves a claim on a day (`YYYY-MM-DD`): by its address, then by its code, and says where the badge and the published
/// words part.
pub fn resolve_claim(cards: &Cards, claim: &Claim, as_of: &str) -> Result<Resolution, IndexError> {
    if claim.withheld {
        return Ok(empty(
            Verdict::Withheld,
            "it was held back, because it may be about the learner",
        ));
    }
    let framework = claim.framework.as_deref();
    let by_url =
        claim.url.as_deref().map(|url| resolve(cards, url, framework, as_of)).transpose()?;
    let by_code =
        claim.code.as_deref().map(|code| resolve(cards, code, framework, as_of)).transpose()?;
    let mut resolution = match (by_url, by_code) {
        (Some(url), Some(code)) => join(url, code, claim),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => {
            let mut resolution =
                empty(Verdict::Unknown, "only a name was given, and a name identifies nothing");
            resolution.notices.push(Notice::new(NoticeKind::NameOnly, "only a name was given"));
            resolution
        }
    };
    compare(&mut resolution, claim);
    Ok(resolution)
}

fn empty(verdict: Verdict, reason: &str) -> Resolution {
    Resolution {
        verdict,
        reason: reason.to_owned(),
        found: Vec::new(),
        inferred: Vec::new(),
        candidates: Vec::new(),
        notices: Vec::new(),
        tried: Vec::new(),
    }
}

/// Joins what the address and the code name. The address leads; a code that is itself an identifier or stands in a named
/// framework may answer where the address does not.
fn join(url: Resolution, code: Resolution, claim: &Claim) -> Resolution {
    let conflict = match (url.resource(), code.resource()) {
        (Some(one), Some(other)) if one.chosen.card.key() != other.chosen.card.key() => {
            Some(Notice {
                given: Some(other.chosen.card.label()),
                published: Some(one.chosen.card.label()),
                ..Notice::new(
                    NoticeKind::Conflict,
                    "the address and the code of the badge name different things",
                )
            })
        }
        _ => None,
    };
    let names_by_code = claim.framework.is_some() || is_identifier(claim.code.as_deref());
    let (mut first, second) = match (url.verdict, code.verdict) {
        (Verdict::Resolved, _) => (url, code),
        (_, Verdict::Resolved) => (code, url),
        (Verdict::Ambiguous, _) => (url, code),
        (_, Verdict::Ambiguous) if names_by_code => (code, url),
        _ => (url, code),
    };
    first.notices.extend(conflict);
    for notice in second.notices {
        if matches!(notice.kind, NoticeKind::OtherEnvironment) && !first.notices.contains(&notice) {
            first.notices.push(notice);
        }
    }
    first.tried.extend(second.tried);
    if first.inferred.is_empty() {
        first.inferred = second.inferred;
    }
    first
}

fn is_identifier(code: Option<&str>) -> bool {
    let kind = code.map(|code| identify(code).kind);
    kind.is_some_and(|kind| !matches!(kind, IdentifierKind::Code | IdentifierKind::Text))
}

/// Notes where the words, the code and the class of the badge differ from the published ones.
fn compare(resolution: &mut Resolution, claim: &Claim) {
    let Some(found) = resolution.resource() else { return };
    let resource = &found.chosen.card.resource;
    let notices =
        [text_notice(resource, claim), code_notice(resource, claim), class_notice(resource, claim)];
    resolution.notices.extend(notices.into_iter().flatten());
}

fn text_notice(resource: &Resource, claim: &Claim) -> Option<Notice> {
    let given = claim.name.as_deref().filter(|_| !claim.is_own_name)?;
    let wanted = words(given);
    let texts = resource.text().iter().chain(resource.name().iter());
    let mut published: Vec<String> = texts.map(|(_, text)| plain(text)).collect();
    published.extend(resource.code().map(str::to_owned));
    if wanted.is_empty() || published.iter().any(|text| words(text) == wanted) {
        return None;
    }
    Some(Notice {
        given: Some(given.to_owned()),
        published: published.into_iter().next(),
        ..Notice::new(NoticeKind::TextDiffers, "the words of the badge are not the published words")
    })
}

/// Folds what does not count in a comparison of words: case, white space, punctuation, markup.
fn words(text: &str) -> String {
    let folded = crate::schema::fold_title(&plain(text));
    // A publisher marks what is out of use in the text itself; the words are the same.
    folded.strip_prefix("deprecated ").map(str::to_owned).unwrap_or(folded)
}

fn code_notice(resource: &Resource, claim: &Claim) -> Option<Notice> {
    let given = claim.code.as_deref().filter(|code| !is_identifier(Some(code)))?;
    let published = resource.code()?;
    (fold_code(given) != fold_code(published)).then(|| Notice {
        given: Some(given.to_owned()),
        published: Some(published.to_owned()),
        ..Notice::new(NoticeKind::CodeDiffers, "the code of the badge is not the published code")
    })
}

fn class_notice(resource: &Resource, claim: &Claim) -> Option<Notice> {
    let given = claim.class.as_deref().filter(|class| !class.starts_with("ext:"))?;
    let is = resource.class();
    let is_competency = resource.kind() == Kind::Competency
        && matches!(given, "ceasn:Competency" | "Competency" | "CFItem");
    let types = resource.identity().node.iter().flat_map(|node| &node.types);
    let is_above = types.flat_map(|class| lineage(class)).any(|class| {
        // The draft of Open Badges 3.0 wrote `Credential` without its prefix.
        class == given || class.strip_prefix("ceterms:") == Some(given)
    });
    let is_ctdl = given == "CTDL" && resource.identity().node.is_some();
    let agrees = given.eq_ignore_ascii_case(is) || is_competency || is_above || is_ctdl;
    (!agrees).then(|| Notice {
        given: Some(given.to_owned()),
        published: Some(is.to_owned()),
        ..Notice::new(NoticeKind::TypeMismatch, "the badge says it is of another class than it is")
    })
}
