//! What a badge says about one target.

use ontology::ler::{Mention, Site};

/// What a badge says about one target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The address.
    pub url: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// The class, in its standard's word: a `targetType`, or the `achievementType` of what names itself.
    pub class: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
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
    /// Reads the claim of one place in a badge. Who issued the badge stands elsewhere in it.
    pub fn of(mention: &Mention) -> Self {
        let has_class = !matches!(mention.site, Site::Related | Site::OtherIdentifier);
        Self {
            url: mention.target_url.clone(),
            code: mention.target_code.clone(),
            class: mention.target_type.clone().filter(|_| has_class),
            name: mention.target_name.clone(),
            description: mention.target_description.clone(),
            framework: mention.target_framework.clone(),
            issuer: None,
            is_own_name: mention.site.is_own(),
            withheld: mention.target_url.is_none()
                && mention.target_code.is_none()
                && !mention.withheld.is_empty(),
        }
    }
}
