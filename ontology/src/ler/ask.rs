//! What leaves the machine of whoever holds a badge: identifiers of definitions, and the words beside them.

use serde::Serialize;

use crate::id::{IdentifierKind, identify};
use crate::ler::extract::Extraction;
use crate::ler::mention::{Mention, Site};

/// What is asked about one mention, with the names that `POST /v1/resolve` takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// The identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<String>,
    /// A code, or an identifier that stands in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// The class of the target, as the badge has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// The words of the badge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
    /// The framework of a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// Who issued the badge, where that is an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// What is asked about the mentions of a badge, each with the number of its mention.
///
/// An identifier that the issuer coined is only asked about where its form is that of a public registry or framework: an
/// issuer may coin one for each learner.
pub fn asks(extraction: &Extraction) -> Vec<(usize, Ask)> {
    let mentions = extraction.mentions.iter().enumerate();
    mentions.filter_map(|(number, mention)| Some((number, ask(mention)?))).collect()
}

fn ask(mention: &Mention) -> Option<Ask> {
    if mention.site.is_hint() {
        return None;
    }
    if is_own(mention.site) {
        let id = mention.target_url.clone().filter(|id| is_public(id))?;
        return Some(Ask { target_url: Some(id), ..Ask::default() });
    }
    let ask = Ask {
        target_url: mention.target_url.clone(),
        target_code: mention.target_code.clone(),
        target_type: mention.target_type.clone(),
        target_name: mention.target_name.clone(),
        target_framework: mention.target_framework.clone(),
        issuer: None,
    };
    let says_something =
        ask.target_url.is_some() || ask.target_code.is_some() || ask.target_name.is_some();
    says_something.then_some(ask)
}

/// Whether an identifier at a site names the badge itself, and not what it is aligned to.
fn is_own(site: Site) -> bool {
    matches!(site, Site::AchievementId | Site::BadgeClassId | Site::Related)
}

/// Whether an identifier has the form of a public registry or framework.
fn is_public(id: &str) -> bool {
    matches!(identify(id).kind, IdentifierKind::Ctid)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ler::extract::extract;

    #[test]
    fn an_identifier_of_the_issuers_own_is_not_asked_about() {
        let badge = json!({"achievement": {
            "id": "https://issuer.example/achievements/1", "name": "Reads maps", "tag": ["maps"],
            "alignment": [{"targetUrl": "https://framework.example/1", "targetName": "Maps"}],
        }});
        let extraction = extract(badge.to_string().as_bytes()).unwrap();
        let asked = asks(&extraction);
        assert_eq!(
            serde_json::to_value(asked).unwrap(),
            json!([[2, {"targetUrl": "https://framework.example/1", "targetName": "Maps"}]]),
        );
    }
}
