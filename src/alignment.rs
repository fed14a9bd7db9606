//! The alignment of a badge that points at a resource, ready to be pasted.
//!
//! One resource in the words of three standards, from what is published of it. What is stated here resolves to the same resource
//! again. It never makes up an address: where the publisher gives none, there is no alignment.

use std::collections::BTreeMap;

use index::card::Card;
use index::resolve::{Found, Notice, NoticeKind, Resolution};
use ontology::{Kind, LanguageMap, UNDETERMINED, identify, plain};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// The most bytes of a text in an alignment; readers of badges take no longer ones.
const MAX_TEXT: usize = 2_000;

/// The standards that an alignment may be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
pub(crate) enum Standard {
    /// [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/#alignment).
    #[schema(rename = "ob3")]
    OpenBadges3,
    /// [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Alignment).
    #[schema(rename = "ob2")]
    OpenBadges2,
    /// [CTDL](https://credreg.net/ctdl/terms/CredentialAlignmentObject).
    #[schema(rename = "ctdl")]
    Ctdl,
}

impl Standard {
    /// Every standard.
    pub(crate) const ALL: [Self; 3] = [Self::OpenBadges3, Self::OpenBadges2, Self::Ctdl];

    /// The short name by which one is asked for.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::OpenBadges3 => "ob3",
            Self::OpenBadges2 => "ob2",
            Self::Ctdl => "ctdl",
        }
    }

    /// The standard of a short name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.as_str() == name)
    }
}

/// The alignments that point at a resource.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Alignments {
    /// The generation that says so.
    pub generation: u64,
    /// The day for which the notices hold.
    pub as_of: String,
    /// The resource.
    pub id: String,
    /// An `Alignment` of Open Badges 3.0, which CLR 2.0 has too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<OpenBadges3Alignment>)]
    pub open_badges3: Option<Value>,
    /// An `AlignmentObject` of Open Badges 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<OpenBadges2Alignment>)]
    pub open_badges2: Option<Value>,
    /// A `ceterms:CredentialAlignmentObject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<CtdlAlignment>)]
    pub ctdl: Option<Value>,
    /// Why somebody might rather align a badge to something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

/// An `Alignment` of [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/#alignment).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what `open_badges_3` writes, and is never made")]
struct OpenBadges3Alignment {
    /// `Alignment`.
    r#type: Vec<String>,
    /// What it is called.
    target_name: String,
    /// Its public address.
    #[schema(format = "uri")]
    target_url: String,
    /// What it says.
    target_description: Option<String>,
    /// The title of its framework.
    target_framework: Option<String>,
    /// Its code; where it has none, its identifier.
    target_code: Option<String>,
    /// What it is.
    target_type: String,
}

/// An `AlignmentObject` of [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Alignment).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what `open_badges_2` writes, and is never made")]
#[expect(clippy::struct_field_names, reason = "they are the names of the standard")]
struct OpenBadges2Alignment {
    /// What it is called.
    target_name: String,
    /// Its public address.
    #[schema(format = "uri")]
    target_url: String,
    /// What it says.
    target_description: Option<String>,
    /// The title of its framework.
    target_framework: Option<String>,
    /// Its code; where it has none, its identifier.
    target_code: Option<String>,
}

/// A [`ceterms:CredentialAlignmentObject`](https://credreg.net/ctdl/terms/CredentialAlignmentObject). Texts are language maps.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `ctdl` writes, and is never made")]
struct CtdlAlignment {
    /// `ceterms:CredentialAlignmentObject`.
    #[schema(rename = "@type")]
    class: String,
    /// Its public address.
    #[schema(rename = "ceterms:targetNode", format = "uri")]
    target_node: String,
    /// What it is called.
    #[schema(rename = "ceterms:targetNodeName")]
    target_node_name: Option<BTreeMap<String, String>>,
    /// What it says.
    #[schema(rename = "ceterms:targetNodeDescription")]
    target_node_description: Option<BTreeMap<String, String>>,
    /// Its code.
    #[schema(rename = "ceterms:codedNotation")]
    coded_notation: Option<String>,
    /// The address of its framework.
    #[schema(rename = "ceterms:framework", format = "uri")]
    framework: Option<String>,
    /// The title of its framework.
    #[schema(rename = "ceterms:frameworkName")]
    framework_name: Option<BTreeMap<String, String>>,
}

impl Alignments {
    /// The alignment in one standard.
    pub(crate) fn get(&self, standard: Standard) -> Option<&Value> {
        match standard {
            Standard::OpenBadges3 => self.open_badges3.as_ref(),
            Standard::OpenBadges2 => self.open_badges2.as_ref(),
            Standard::Ctdl => self.ctdl.as_ref(),
        }
    }

    /// The alignment in this standard alone.
    #[must_use]
    pub(crate) fn only(mut self, standard: Standard) -> Self {
        for other in Standard::ALL.into_iter().filter(|other| *other != standard) {
            match other {
                Standard::OpenBadges3 => self.open_badges3 = None,
                Standard::OpenBadges2 => self.open_badges2 = None,
                Standard::Ctdl => self.ctdl = None,
            }
        }
        self
    }
}

/// Writes the alignments that point at what was found; `framework` is the one it belongs to, where that is held. `None` where there is not one
/// resource, or it has no address on the web: `targetUrl` has to be one.
pub(crate) fn alignments(
    generation: u64,
    resolution: &Resolution,
    framework: Option<&Card>,
) -> Option<Alignments> {
    let Found { chosen, standing, .. } = resolution.resource()?;
    let card = &chosen.card;
    let url = address(card).filter(|_| is_named(card))?;
    let is_of_use = |notice: &&Notice| notice.kind != NoticeKind::InferredIdentity;
    Some(Alignments {
        generation,
        as_of: standing.as_of.clone(),
        id: card.resource.identity().subject.clone(),
        open_badges3: Some(open_badges_3(card, url)),
        open_badges2: Some(open_badges_2(card, url)),
        ctdl: Some(ctdl(card, url, framework)),
        notices: resolution.notices.iter().filter(is_of_use).cloned().collect(),
    })
}

/// The public address: what the chosen server gives as `uri`, or the address in the registry.
fn address(card: &Card) -> Option<&str> {
    let identity = card.resource.identity();
    let is_of_registry = identity.node.is_some();
    let own = [Some(identity.subject.as_str()).filter(|_| is_of_registry), identity.uri.as_deref()];
    own.into_iter().flatten().find(|address| is_on_the_web(address))
}

fn is_on_the_web(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web && identify(address).iri.is_some()
}

/// Whether anybody gave it a name; the label of what has none is its key, which says nothing to whoever reads a badge.
fn is_named(card: &Card) -> bool {
    let resource = &card.resource;
    resource.code().is_some()
        || resource
            .name()
            .iter()
            .chain(resource.text().iter())
            .any(|(_, text)| !text.trim().is_empty())
}

fn open_badges_3(card: &Card, url: &str) -> Value {
    let mut alignment = Map::new();
    alignment.insert("type".to_owned(), json!(["Alignment"]));
    alignment.extend(open_badges(card, url));
    alignment.insert("targetType".to_owned(), target_type(card).into());
    Value::Object(alignment)
}

/// Open Badges 2.0 knows no `targetType`.
fn open_badges_2(card: &Card, url: &str) -> Value {
    Value::Object(open_badges(card, url))
}

fn open_badges(card: &Card, url: &str) -> Map<String, Value> {
    let mut alignment = Map::new();
    let name = short(&card.label());
    let description = card.resource.text().first().map(|text| short(&plain(text)));
    let description = description.filter(|text| !text.is_empty() && *text != name);
    alignment.insert("targetName".to_owned(), name.into());
    alignment.insert("targetUrl".to_owned(), url.into());
    let optional = [
        ("targetDescription", description),
        ("targetFramework", framework_name(card)),
        ("targetCode", code(card)),
    ];
    for (name, text) in optional {
        alignment.extend(text.map(|text| (name.to_owned(), text.into())));
    }
    alignment
}

/// The human code; where there is none, the identifier, which outlives an address.
fn code(card: &Card) -> Option<String> {
    let key = card.key();
    let ctid = || key.as_ctid().map(|(ctid, _)| ctid.to_string());
    let guid = || key.as_guid().map(|guid| guid.to_string());
    card.resource.code().map(str::to_owned).or_else(ctid).or_else(guid)
}

fn framework_name(card: &Card) -> Option<String> {
    let framework = card.framework.as_ref().filter(|_| card.as_framework().is_none())?;
    framework.title.as_deref().map(|title| short(&plain(title)))
}

/// [`targetType`](https://www.imsglobal.org/spec/ob/v3p0/#alignmenttargettype-enumeration): one of its terms where one fits, else an extension.
fn target_type(card: &Card) -> String {
    let is_ctdl = card.node().is_some();
    let known = match card.resource.kind() {
        Kind::Competency if is_ctdl => "ceasn:Competency",
        Kind::Credential => "ceterms:Credential",
        _ if is_ctdl => "CTDL",
        Kind::Competency => "CFItem",
        Kind::Rubric => "CFRubric",
        Kind::RubricCriterion => "CFRubricCriterion",
        Kind::RubricCriterionLevel => "CFRubricCriterionLevel",
        _ => return format!("ext:{}", card.resource.class()),
    };
    known.to_owned()
}

fn ctdl(card: &Card, url: &str, framework: Option<&Card>) -> Value {
    let mut alignment = Map::new();
    let mut insert = |name: &str, value: Option<Value>| {
        alignment.extend(value.map(|value| (name.to_owned(), value)));
    };
    insert("@type", Some("ceterms:CredentialAlignmentObject".into()));
    insert("ceterms:targetNode", Some(url.into()));
    insert("ceterms:targetNodeName", language_map(card.resource.name()));
    let has_more = card.resource.text() != card.resource.name();
    let description = Some(card.resource.text()).filter(|_| has_more);
    insert("ceterms:targetNodeDescription", description.and_then(language_map));
    insert("ceterms:codedNotation", card.resource.code().map(Value::from));
    if card.as_framework().is_none() {
        insert("ceterms:framework", framework_address(card, framework).map(Value::from));
        let own = framework.and_then(|framework| language_map(framework.resource.name()));
        let told = || framework_name(card).map(|title| json!({ UNDETERMINED: title }));
        insert("ceterms:frameworkName", own.or_else(told));
    }
    Value::Object(alignment)
}

/// The address of the framework: its own where it is held, else that of the registry, if its key says so much.
fn framework_address(card: &Card, framework: Option<&Card>) -> Option<String> {
    let own = framework.and_then(address).map(str::to_owned);
    let key = card.framework.as_ref().map(|framework| &framework.key);
    let of_key = || key?.subject_iri().filter(|iri| is_on_the_web(iri));
    own.or_else(of_key)
}

/// A language map, the first text of each language.
fn language_map(texts: &LanguageMap) -> Option<Value> {
    let mut map = Map::new();
    for (tag, text) in texts.iter() {
        let text = short(&plain(text));
        if !text.is_empty() {
            map.entry(tag.unwrap_or(UNDETERMINED)).or_insert_with(|| text.into());
        }
    }
    (!map.is_empty()).then_some(Value::Object(map))
}

/// Cuts a text that is longer than readers take.
fn short(text: &str) -> String {
    if text.len() <= MAX_TEXT {
        return text.to_owned();
    }
    let room = MAX_TEXT.saturating_sub('…'.len_utf8());
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = end.take_while(|end| *end <= room).last().unwrap_or(0);
    text.split_at(end).0.to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::{MAX_TEXT, Standard, short};

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(short("short"), "short");
        let long = short(&"é".repeat(MAX_TEXT));
        assert!(long.len() <= MAX_TEXT && long.ends_with("é…"), "{}", long.len());
    }

    #[test]
    fn a_standard_is_known_by_its_short_name() {
        for standard in Standard::ALL {
            assert_eq!(Standard::named(standard.as_str()), Some(standard));
        }
        assert_eq!(Standard::named("ob1"), None);
    }
}
