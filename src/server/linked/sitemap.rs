//! `/sitemap.xml`, its parts, and `/robots.txt`: what those who search the web may read, and when it last changed
//! ([sitemaps](https://www.sitemaps.org/protocol.html), [RFC 9309](https://www.rfc-editor.org/rfc/rfc9309)).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use index::Reader;
use index::sitemap::{Entry, Part, entries, parts};

use crate::server::answer::Answer;
use crate::server::linked::address::Site;
use crate::server::linked::catalog::no_public_url;
use crate::server::openapi::response::{AskedForPart, AskedOfProgram, NotModified};
use crate::server::parameters::{Parameters, number};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// The parameter that names a part.
const PART: &str = "part";

const XML: &str = "application/xml";

/// The namespace of the elements.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The most addresses of a part.
const MAX_OF_A_PART: usize = 50_000;

/// Names the parts of the sitemap, or lists the pages of one.
///
/// A part stands beside the index, and not below it: a sitemap speaks for no more than what stands where it stands.
#[utoipa::path(
    get,
    path = "/sitemap.xml",
    tag = "marketplaces",
    operation_id = "sitemap",
    summary = "The parts of the sitemap, or the pages of one of them",
    params(("part" = Option<u64>, Query, description = "The number of a part, as the index has it.", minimum = 0, maximum = 49_999)),
    responses((status = 200, description = "A sitemap index; with `part` a sitemap.", body = String, content_type = "application/xml"), NotModified, AskedForPart)
)]
pub(in crate::server) async fn sitemap(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let [part] = parameters.named([PART])?;
    let site = public(&state)?;
    let part = part.map(|text| number(PART, &text)).transpose()?;
    let part = part.map(|part| u64::try_from(part).unwrap_or(u64::MAX));
    let written = move || match part {
        Some(part) => part_of(&reader, part, &site).map(String::into_bytes),
        None => Ok(index_of(&parts(&reader)?, &site).into_bytes()),
    };
    Ok(Answer::written(XML, state.aside(written).await?).into_response())
}

/// Tells those who follow links what is not for them.
#[utoipa::path(
    get,
    path = "/robots.txt",
    tag = "marketplaces",
    operation_id = "robots",
    summary = "What robots are asked to keep to",
    responses((status = 200, description = "Rules for robots.", body = String, content_type = "text/plain"), NotModified, AskedOfProgram)
)]
pub(in crate::server) async fn robots(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let text = rules(&Site::of(&state));
    Ok(Answer::written("text/plain; charset=utf-8", text.into_bytes()).into_response())
}

/// Questions cost more than pages, and dumps are not for those who want one page after another.
fn rules(site: &Site) -> String {
    let mut text =
        "User-agent: *\nDisallow: /sparql\nDisallow: /v1/\nDisallow: /dumps/\n".to_owned();
    if site.is_public() {
        text.extend(["\nSitemap: ", &site.address("/sitemap.xml"), "\n"]);
    }
    text
}

/// The site, where its addresses are absolute.
fn public(state: &AppState) -> Result<Site, Problem> {
    let site = Site::of(state);
    if site.is_public() { Ok(site) } else { Err(no_public_url()) }
}

fn no_such_part() -> Problem {
    Problem::new(ProblemKind::NoSuchRoute, "the sitemap has no such part")
}

fn index_of(parts: &[Part], site: &Site) -> String {
    let each = parts.iter().map(|part| {
        let address = site.address(&format!("/sitemap.xml?{PART}={}", part.number));
        element("sitemap", &address, part.newest.as_deref())
    });
    document("sitemapindex", each)
}

fn part_of(reader: &Reader, number: u64, site: &Site) -> Result<String, Problem> {
    let entries = entries(reader, number)?;
    // Without any resource there is still a first part.
    if entries.is_empty() && number > 0 {
        return Err(no_such_part());
    }
    Ok(pages(&entries, site))
}

fn pages(entries: &[Entry], site: &Site) -> String {
    let each = entries
        .iter()
        .take(MAX_OF_A_PART)
        .map(|entry| element("url", &site.document(&entry.key, ""), entry.changed.as_deref()));
    document("urlset", each)
}

fn document(root: &str, elements: impl Iterator<Item = String>) -> String {
    let elements: String = elements.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n{elements}</{root}>\n"
    )
}

fn element(name: &str, address: &str, changed: Option<&str>) -> String {
    let changed = changed.map(|changed| format!("<lastmod>{}</lastmod>", escaped(changed)));
    let (address, changed) = (escaped(address), changed.unwrap_or_default());
    format!("<{name}><loc>{address}</loc>{changed}</{name}>\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use index::sitemap::{Entry, Part};
    use ontology::identify;

    use super::{index_of, pages, rules};
    use crate::server::linked::address::Site;

    fn site() -> Site {
        Site::at(Some("https://alidade.example/a&b"))
    }

    #[test]
    fn an_index_names_its_parts_and_a_part_its_pages() {
        let newest = Some("2026-02-03T04:05:06Z".to_owned());
        let parts = [Part { number: 0, newest: newest.clone() }, Part { number: 1, newest: None }];
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <sitemap><loc>https://alidade.example/a&amp;b/sitemap.xml?part=0</loc><lastmod>2026-02-03T04:05:06Z</lastmod></sitemap>\n\
            <sitemap><loc>https://alidade.example/a&amp;b/sitemap.xml?part=1</loc></sitemap>\n\
            </sitemapindex>\n";
        assert_eq!(index_of(&parts, &site()), expected);
        let key = identify("6b9bf846-d7cc-11e8-824f-0242ac160002").key.unwrap();
        let pages = pages(&[Entry { key, changed: newest }], &site());
        let expected = "<url><loc>https://alidade.example/a&amp;b/doc/6b9bf846-d7cc-11e8-824f-0242ac160002</loc>\
            <lastmod>2026-02-03T04:05:06Z</lastmod></url>\n";
        assert!(pages.contains(expected), "{pages}");
    }

    #[test]
    fn robots_are_told_where_the_sitemap_is_if_anybody_knows() {
        let told = rules(&site());
        assert!(
            told.contains("Disallow: /v1/\n") && told.contains("Disallow: /sparql\n"),
            "{told}"
        );
        assert!(told.ends_with("Sitemap: https://alidade.example/a&b/sitemap.xml\n"), "{told}");
        assert!(!rules(&Site::default()).contains("Sitemap"));
    }
}
