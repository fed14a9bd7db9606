//! A document about a resource for people: plain, without scripts, and with the same in the words of
//! [schema.org](https://schema.org) for those who search the web.

use index::card::Card;
use index::resolve::Found;
use ontology::{LanguageMap, plain};
use serde_json::{Map, Value, json};

use crate::server::linked::address::Site;
use crate::server::linked::form::Form;
use crate::server::linked::signposting::{is_web, schema_class};

/// Writes the page of a resource.
pub(super) fn page(found: &Found, site: &Site) -> String {
    let card = &found.chosen.card;
    let label = card.label();
    let framework = card.framework.as_ref().filter(|framework| framework.key != *card.key());
    let title = match framework.and_then(|framework| framework.title.as_deref()) {
        Some(framework) => format!("{label} · {framework}"),
        None => label.clone(),
    };
    let text = card.resource.text().first().map(plain).filter(|text| *text != label);
    let text = text.map(|text| format!("<p>{}</p>\n", escaped(&text))).unwrap_or_default();
    let language = language(card).unwrap_or("en");
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{links}{data}</head>\n<body>\n<main>\n<p lang=\"en\">{kind}</p>\n\
         <h1>{label}</h1>\n{text}<dl lang=\"en\">\n{facts}</dl>\n{forms}</main>\n</body>\n</html>\n",
        language = escaped(language),
        title = escaped(&title),
        links = alternates(card, site),
        data = structured(card, site),
        kind = escaped(card.resource.kind().label()),
        label = escaped(&label),
        facts = facts(found, site),
        forms = forms(card, site),
    )
}

/// The language of the name as it is shown.
fn language(card: &Card) -> Option<&str> {
    let name: &LanguageMap = card.resource.name();
    let shown = name.first()?;
    name.iter().find(|(_, text)| *text == shown).and_then(|(tag, _)| tag)
}

/// What is known, one line each.
fn facts(found: &Found, site: &Site) -> String {
    let card = &found.chosen.card;
    let subject = &card.resource.identity().subject;
    let mut facts = vec![("Identifier", anchored(subject, subject))];
    if let Some(code) = card.resource.code() {
        facts.push(("Code", escaped(code)));
    }
    if let Some(framework) = card.framework.as_ref().filter(|held| held.key != *card.key()) {
        let title = framework.title.as_deref().unwrap_or(framework.key.as_str());
        facts.push(("Framework", anchor(&site.document(&framework.key, ""), title)));
    }
    for step in &card.path {
        facts.push(("Above it", anchor(&site.document(&step.key, ""), &step.label)));
    }
    let publisher = card.framework.as_ref();
    if let Some(publisher) =
        publisher.and_then(|held| held.publisher.as_ref().or(held.creator.as_ref()))
    {
        facts.push(("Publisher", escaped(publisher)));
    }
    facts.push(("Status", escaped(found.standing.state.as_str())));
    facts.extend(found.standing.reasons.iter().map(|reason| ("Because", escaped(reason))));
    for successor in &found.standing.successors {
        facts.push(("Followed by", anchor(&site.document(&successor.key, ""), &successor.label)));
    }
    if let Some(license) = &card.license {
        let words = license.title.as_deref().or(license.uri.as_deref()).unwrap_or_default();
        facts.push(("Licence", anchored(license.uri.as_deref().unwrap_or_default(), words)));
    }
    let read = format!("{}, {}", card.origin.source, card.origin.fetched_at);
    facts.push(("Read from", anchored(&card.origin.url, &read)));
    if !found.chosen.copies.is_empty() {
        facts.push(("Other copies", found.chosen.copies.len().to_string()));
    }
    let lines =
        facts.iter().flat_map(|(name, value)| ["<dt>", name, "</dt><dd>", value, "</dd>\n"]);
    lines.collect()
}

/// The other forms, for machines that read heads.
fn alternates(card: &Card, site: &Site) -> String {
    let canonical = site.document(card.key(), "");
    let mut links = format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(&canonical));
    for (form, media_type) in others() {
        let address = escaped(&site.document(card.key(), form.suffix()));
        let start = "<link rel=\"alternate\" type=\"";
        links.extend([start, media_type, "\" href=\"", &address, "\">\n"]);
    }
    links
}

/// The other forms, for people.
fn forms(card: &Card, site: &Site) -> String {
    let link = |(form, media_type): (Form, &str)| {
        format!("<li>{}</li>\n", anchor(&site.document(card.key(), form.suffix()), media_type))
    };
    let links: String = others().map(link).collect();
    format!("<nav lang=\"en\">\n<p>The same as</p>\n<ul>\n{links}</ul>\n</nav>\n")
}

fn others() -> impl Iterator<Item = (Form, &'static str)> {
    let others = Form::OFFERS.into_iter().filter(|(form, _)| *form != Form::Page);
    others.filter_map(|(form, types)| Some((form, types.first()?.split(';').next()?)))
}

/// The resource in the words of schema.org, as a block of data that no browser runs.
fn structured(card: &Card, site: &Site) -> String {
    let Some(class) = schema_class(card.resource.kind()) else { return String::new() };
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        data.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("@context", Some("https://schema.org".into()));
    add("@type", Some(class.into()));
    add("@id", Some(card.resource.identity().subject.as_str().into()));
    add("name", Some(card.label().into()));
    add("description", card.resource.text().first().map(Value::from));
    add("url", Some(site.document(card.key(), "").into()));
    if class == "DefinedTerm" {
        add("termCode", card.resource.code().map(Value::from));
        let framework = card.framework.as_ref();
        let set = framework.map(|held| {
            let id = held.key.subject_iri();
            json!({ "@type": "DefinedTermSet", "@id": id, "name": held.title })
        });
        add("inDefinedTermSet", set);
    }
    let license = card.license.as_ref().and_then(|license| license.uri.clone());
    if class == "DefinedTermSet" {
        add("license", license.map(Value::from));
    }
    let text = Value::Object(data).to_string();
    // Inside a script nothing is escaped but by JSON itself.
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    format!("<script type=\"application/ld+json\">{text}</script>\n")
}

fn anchor(address: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(address), escaped(words))
}

/// A link, where the address is one of the web; a publisher may write anything.
fn anchored(address: &str, words: &str) -> String {
    if is_web(address) { anchor(address, words) } else { escaped(words) }
}

/// A text as it stands in HTML, also between quotation marks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{anchored, escaped};

    #[test]
    fn nothing_of_a_publisher_is_markup_or_runs() {
        assert_eq!(escaped("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
        assert_eq!(anchored("javascript:alert(1)", "a licence"), "a licence");
        let link = anchored("https://a.example/\"><script>", "a");
        assert_eq!(link, "<a href=\"https://a.example/&quot;&gt;&lt;script&gt;\">a</a>");
    }
}
