//! The list of documents, page by page.

use serde_json::{Value, json};

use crate::support::fake_case::door::Caller;
use crate::support::fake_case::framework::{Framework, Standing};
use crate::support::fake_case::quirks::{
    Link, ListShape, Listed, PackageAddress, PackageUri, Quirks, Total,
};
use crate::support::fake_server::site::{Asked, Said};

/// A page of the list, as far as it was asked for.
struct Page {
    documents: Vec<Value>,
    offset: usize,
    limit: Option<usize>,
    n_visible: usize,
    n_all: usize,
}

/// Answers a request for the list; `root` is the address up to and with the version.
pub(crate) fn answer(
    frameworks: &[&Framework],
    quirks: &Quirks,
    caller: Caller,
    asked: &Asked,
    root: &str,
) -> Said {
    match quirks.listed {
        Listed::Page => return Said::html(200, "Frameworks"),
        Listed::Stub => return Said::json(200, &stub("the list is being built")),
        Listed::Nothing | Listed::CutShort(_) | Listed::Whole => {}
    }
    let page = page(frameworks, quirks, caller, asked, root);
    let body = match quirks.list {
        ListShape::CFDocuments => json!({ "CFDocuments": page.documents }),
        ListShape::CfDocuments => json!({ "cfDocuments": page.documents }),
        ListShape::BareArray => json!(page.documents),
        ListShape::Totals if asked.parameter("limit").is_none() => {
            json!({ "CFDocuments": page.documents })
        }
        ListShape::Totals => json!({
            "CFDocuments": page.documents,
            "total": total(&page, quirks),
            "limit": page.limit,
            "offset": page.offset,
        }),
    };
    let mut said = Said::json(200, &body);
    if let (Some(total), false) = (total(&page, quirks), quirks.list == ListShape::Totals) {
        said = said.with("x-total-count", total.to_string());
    }
    match link(&page, quirks, root) {
        Some(link) => said.with("link", link),
        None => said,
    }
}

/// What a server says that has something else to say.
pub(crate) fn stub(words: &str) -> Value {
    json!({
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": words,
        "imsx_codeMinor": { "imsx_codeMinorField": [
            { "imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": "server_busy" },
        ] },
    })
}

fn page(
    frameworks: &[&Framework],
    quirks: &Quirks,
    caller: Caller,
    asked: &Asked,
    root: &str,
) -> Page {
    let is_listed = |framework: &&&Framework| framework.standing != Standing::Archived;
    let is_visible =
        |framework: &&&Framework| caller == Caller::Known || framework.standing == Standing::Public;
    let all: Vec<&Framework> = frameworks.iter().filter(is_listed).copied().collect();
    let n_all = all.len();
    let mut visible: Vec<&Framework> = all.iter().filter(is_visible).copied().collect();
    let n_visible = visible.len();
    let offset = if quirks.ignores_offset { 0 } else { asked.number("offset").unwrap_or_default() };
    let limit = if quirks.ignores_limit { None } else { asked.number("limit") };
    let limit = limit.or(quirks.default_limit).into_iter().chain(quirks.caps_limit).min();
    let width = limit.unwrap_or(usize::MAX);
    match quirks.listed {
        Listed::Nothing => visible.clear(),
        Listed::CutShort(n) => visible.truncate(n),
        _ => {}
    }
    let chosen: Vec<&Framework> = if quirks.slices_before_filtering {
        let slice: Vec<&Framework> = all.into_iter().skip(offset).take(width).collect();
        slice.iter().filter(is_visible).copied().collect()
    } else {
        visible.into_iter().skip(offset).take(width).collect()
    };
    let documents = chosen.into_iter().map(|framework| entry(framework, quirks, root)).collect();
    Page { documents, offset, limit, n_visible, n_all }
}

fn total(page: &Page, quirks: &Quirks) -> Option<usize> {
    match quirks.total {
        Total::Missing => None,
        Total::Visible => Some(page.n_visible),
        Total::CountsPrivate => Some(page.n_all),
    }
}

fn link(page: &Page, quirks: &Quirks, root: &str) -> Option<String> {
    let host = match &quirks.link {
        Link::Absent => return None,
        Link::Here => root.to_owned(),
        Link::On(host) => format!("{host}/ims/case/v1p1"),
    };
    let limit = page.limit.filter(|limit| *limit > 0)?;
    let (last, next) = (page.n_visible.saturating_sub(1) / limit * limit, page.offset + limit);
    let mut to = Vec::new();
    if page.offset > 0 {
        to.extend([("first", 0), ("prev", page.offset.saturating_sub(limit))]);
    }
    if next < page.n_visible {
        to.push(("next", next));
    }
    if last != page.offset {
        to.push(("last", last));
    }
    let links = to.into_iter().map(|(rel, offset)| {
        format!("<{host}/CFDocuments?limit={limit}&offset={offset}>; rel=\"{rel}\"")
    });
    Some(links.collect::<Vec<_>>().join(", ")).filter(|links| !links.is_empty())
}

/// What the list says of a framework.
fn entry(framework: &Framework, quirks: &Quirks, root: &str) -> Value {
    let mut document = framework.document().clone();
    let identifier = match quirks.package_address {
        PackageAddress::OfDocument => framework.identifier().to_owned(),
        PackageAddress::Own | PackageAddress::OwnInUriOnly => framework.own_identifier(),
    };
    let path = format!("CFPackages/{identifier}");
    let named = match quirks.package_address {
        PackageAddress::OwnInUriOnly => framework.identifier().to_owned(),
        _ => identifier,
    };
    let here = format!("{root}/{path}");
    let below_host = root.splitn(4, '/').nth(3).unwrap_or_default();
    let link = |uri: String| json!({ "title": document["title"], "identifier": named, "uri": uri });
    let package_uri = match &quirks.package_uri {
        PackageUri::Given => return document,
        PackageUri::Missing => Value::Null,
        PackageUri::Object => link(here),
        PackageUri::Text => here.into(),
        PackageUri::Relative => link(format!("/{below_host}/{path}")),
        PackageUri::OffHost(host) => link(format!("{host}/{below_host}/{path}")),
    };
    document["CFPackageURI"] = package_uri;
    if quirks.package_uri == PackageUri::Missing {
        document.as_object_mut().unwrap().remove("CFPackageURI");
    }
    document
}
