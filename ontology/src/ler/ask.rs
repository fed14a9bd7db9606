//! What leaves the machine of whoever holds a badge: identifiers of definitions, and the words beside them.

use serde::Serialize;

use crate::ler::extract::Extraction;
use crate::ler::mention::{Mention, Site, SiteClass};
use crate::ler::public::{ctid, public_part};

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
    /// What the badge says of it at more length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// The framework of a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// Who issued the badge, where that is an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// What is asked about the mentions of a document, each with the number of its mention.
///
/// Hints are not asked about. An identifier that the maker of a definition coined, for it or for a level in it, is only
/// asked about where its form is that of a public registry or framework, and then for what is public of it: there may be one
/// for each learner. Of a relative address at most a CTID in it is asked about. Nor is a name that stands in a résumé
/// without an identifier. The issuer of a credential goes along with everything asked about that credential.
pub fn asks(extraction: &Extraction) -> Vec<(usize, Ask)> {
    let mut asked = Vec::new();
    let mut numbered = extraction.mentions.iter().enumerate();
    for credential in &extraction.credentials {
        let own: Vec<_> = numbered.by_ref().take(credential.mentions).collect();
        let issuer = own
            .iter()
            .filter(|(_, mention)| mention.site == Site::Issuer)
            .find_map(|(_, mention)| mention.target_url.clone());
        asked.extend(own.into_iter().filter_map(|(number, mention)| {
            Some((number, Ask { issuer: issuer.clone(), ..ask(mention)? }))
        }));
    }
    asked
}

fn ask(mention: &Mention) -> Option<Ask> {
    let target_url = mention
        .target_url
        .as_deref()
        .and_then(|address| if is_relative(address) { ctid(address) } else { Some(address) });
    let has_identifier = target_url.is_some() || mention.target_code.is_some();
    let is_resume =
        mention.site.class() == SiteClass::Learner && mention.site != Site::ResultAlignment;
    // A level may be one of a public rubric.
    if mention.site.is_own() || mention.site == Site::LocalReference {
        let id = public_part(mention.target_url.as_deref()?)?;
        let names_itself = matches!(mention.site, Site::AchievementId | Site::BadgeClassId);
        let target_type = mention.target_type.clone().filter(|_| names_itself);
        return Some(Ask { target_url: Some(id.to_owned()), target_type, ..Ask::default() });
    }
    if mention.site.is_hint() || (is_resume && !has_identifier) {
        return None;
    }
    let ask = Ask {
        target_url: target_url.map(str::to_owned),
        target_code: mention.target_code.clone(),
        target_type: mention.target_type.clone(),
        target_name: mention.target_name.clone(),
        target_description: mention.target_description.clone(),
        target_framework: mention.target_framework.clone(),
        issuer: None,
    };
    (has_identifier || ask.target_name.is_some()).then_some(ask)
}

/// Whether an address means something only beside that of its document: nobody else can look it up, and the document's may be
/// the learner's.
fn is_relative(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    head.len() < address.len() && !head.contains(':')
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

    #[test]
    fn a_relative_address_is_not_asked_about() {
        for address in ["/users/ada", "users/ada", "./ada", "?ada", "#ada", "profile.php?u=ada:1"] {
            assert!(is_relative(address), "{address}");
        }
        for address in ["https://framework.example/1", "ce-1", "urn:a/b?c", "case:CFItems/1"] {
            assert!(!is_relative(address), "{address}");
        }
    }
}
