//! [Signposting](https://signposting.org/FAIR/): what a document says of itself in its head, for those who read no further.

use index::card::Card;
use ontology::vocab::encode;

use crate::page::{is_web, schema_class};
use crate::server::linked::address::Site;
use crate::server::linked::form::Form;

/// The links of a document about a resource, as one `Link` field
/// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
pub(super) fn links(card: &Card, site: &Site) -> String {
    let mut links = vec![link(&card.resource.identity().subject, "rel=\"cite-as\"")];
    if let Some(class) = schema_class(card.resource.kind()) {
        links.push(link(&format!("https://schema.org/{class}"), "rel=\"type\""));
    }
    let license = card.license.as_ref().and_then(|license| license.uri.as_deref());
    if let Some(license) = license.filter(|license| is_web(license)) {
        links.push(link(license, "rel=\"license\""));
    }
    let framework = card.framework.as_ref().filter(|framework| framework.key != *card.key());
    if let Some(framework) = framework {
        links.push(link(&site.id(&framework.key), "rel=\"collection\""));
    }
    for (form, media_types) in Form::OFFERS {
        let media_type = media_types.first().and_then(|media_type| media_type.split(';').next());
        let relation = if form == Form::Page { "alternate" } else { "describedby" };
        let parameters = format!("rel=\"{relation}\"; type=\"{}\"", media_type.unwrap_or_default());
        links.push(link(&site.document(card.key(), form.suffix()), &parameters));
    }
    links.join(", ")
}

/// A link; what a field cannot have, or would end the address, is percent-encoded.
fn link(target: &str, parameters: &str) -> String {
    let spelled = |c: char| {
        let is_plain = c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
        if is_plain { c.to_string() } else { encode(c.encode_utf8(&mut [0; 4])) }
    };
    let address: String = target.chars().map(spelled).collect();
    format!("<{address}>; {parameters}")
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn an_address_in_a_field_is_plain() {
        let found = link("https://a.example/ä b>\r\n", "rel=\"license\"");
        assert_eq!(found, "<https://a.example/%C3%A4%20b%3E%0D%0A>; rel=\"license\"");
    }
}
