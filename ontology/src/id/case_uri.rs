//! The address forms of CASE servers.
//!
//! The [REST binding](https://www.imsglobal.org/spec/case/v1p1) has one form, `…/ims/case/{version}/{Entity}/{identifier}`; the servers
//! in use add `…/uri/{identifier}`, pages of their trees and the `{document}/{item}` pages of registries. The prefix before
//! these forms is free: it may hold a tenant, and a tenant may be a UUID that means nothing here.

use crate::id::case_entity::CaseEntity;
use crate::id::dirt;
use crate::id::guid::{Guid, strip_prefix_ignore_case};
use crate::id::scan;
use crate::id::web_address::WebAddress;

/// The identifier at the end of an address of CASE.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum CaseId {
    /// A GUID.
    Guid(Guid),
    /// An identifier of the server's own making.
    Local(String),
    /// The row of a database, or a name that stands for one.
    DatabaseRow,
    /// Nothing, where an identifier belongs.
    Missing,
}

/// An address of CASE.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct CaseUri {
    /// What it names.
    pub id: CaseId,
    /// The entity it speaks of.
    pub entity: Option<CaseEntity>,
    /// The framework it names on the way.
    pub framework: Option<Guid>,
}

/// Registries whose pages are named by the GUIDs of a framework and an item alone.
const REGISTRIES: [&str; 4] = [
    "casenetwork.1edtech.org",
    "casenetwork.imsglobal.org",
    "caseregistry.imsglobal.org",
    "rosetta.commongoodlt.com",
];

/// The suffixes by which servers offer other representations.
const SUFFIXES: [&str; 6] = [".jsonld", ".json", ".html", ".ndjson", ".csv", ".tree"];

/// Reads an address of CASE; `None` where it has none of the forms.
pub(crate) fn read(address: &WebAddress) -> Option<CaseUri> {
    marked(&address.segments).or_else(|| pair(&address.segments)).or_else(|| document_page(address))
}

/// Reads what stands behind the words that mark CASE; the last GUID counts, and a framework before it is kept.
fn marked(segments: &[String]) -> Option<CaseUri> {
    let mut found: Option<CaseUri> = None;
    let mut rest = segments;
    let mut depth = 0;
    let mut framework = None;
    while let [first, tail @ ..] = rest {
        framework = tail.first().and_then(|id| named_framework(first, id)).or(framework);
        if let Some(next) = step(rest, depth) {
            found = Some(follow(found, next));
        }
        rest = tail;
        depth += 1;
    }
    let found = paired(found?, segments);
    let own = framework.filter(|guid| found.id != CaseId::Guid(guid.clone()));
    Some(CaseUri { framework: found.framework.clone().or(own), ..found })
}

/// Reads a GUID that directly follows the marked one: the marked one was the framework, and this is its item.
fn paired(found: CaseUri, segments: &[String]) -> CaseUri {
    let CaseId::Guid(document) = &found.id else { return found };
    let mut last = segments.iter().rev().skip_while(|segment| is_number(segment));
    let (Some(item), Some(before)) = (last.next(), last.next()) else { return found };
    match (whole_guid(item), whole_guid(before)) {
        (Some(item), Some(before)) if before == *document => CaseUri {
            id: CaseId::Guid(item),
            entity: Some(CaseEntity::CFItem),
            framework: Some(before),
        },
        _ => found,
    }
}

/// The GUID behind a word of the path that speaks of frameworks: `frameworks/{guid}/CFItems/…`.
fn named_framework(word: &str, identifier: &str) -> Option<Guid> {
    let word = word.to_ascii_lowercase();
    let is_framework =
        matches!(word.as_str(), "framework" | "frameworks" | "document" | "documents");
    whole_guid(identifier).filter(|_| is_framework)
}

/// Puts a later reading behind an earlier one.
fn follow(earlier: Option<CaseUri>, later: CaseUri) -> CaseUri {
    let Some(earlier) = earlier else { return later };
    let CaseId::Guid(guid) = &earlier.id else {
        return if later.id == CaseId::Missing { earlier } else { later };
    };
    if !matches!(later.id, CaseId::Guid(_)) {
        return earlier;
    }
    let is_framework =
        matches!(earlier.entity, Some(CaseEntity::CFDocument | CaseEntity::CFPackage));
    let framework = if is_framework { Some(guid.clone()) } else { earlier.framework };
    CaseUri { framework: later.framework.or(framework), ..later }
}

/// Reads one marked form at the beginning of `segments`, which stand `depth` segments behind the host.
fn step(segments: &[String], depth: usize) -> Option<CaseUri> {
    let mut words = segments.iter().map(String::as_str);
    let (first, second, third) = (words.next()?, words.next(), words.next());
    let leaf = words.next().filter(|word| word.eq_ignore_ascii_case("item")).and(words.next());
    if let Some((entity, guid)) = CaseEntity::of_glued_segment(without_suffix(first)) {
        return Some(uri(CaseId::Guid(guid), Some(entity)));
    }
    match first.to_ascii_lowercase().as_str() {
        "cftree" => tree(second?, third, leaf),
        "cfpackage" if second.is_some_and(|word| word.eq_ignore_ascii_case("doc")) => {
            Some(page(third, CaseEntity::CFPackage))
        }
        "cfdoc" => Some(page(second, CaseEntity::CFDocument)),
        "uri" => anchor(second, depth <= 1 && third.is_none()),
        name => entity_path(name, second),
    }
}

fn uri(id: CaseId, entity: Option<CaseEntity>) -> CaseUri {
    CaseUri { id, entity, framework: None }
}

/// `{Entity}/{identifier}`. A number behind the singular is a page of OpenSALT.
fn entity_path(name: &str, identifier: Option<&str>) -> Option<CaseUri> {
    let entity = CaseEntity::of_segment(name)?;
    let package = identifier.filter(|_| entity == CaseEntity::CFPackage).and_then(package_guid);
    if let Some(guid) = package {
        return Some(uri(CaseId::Guid(guid), Some(entity)));
    }
    let is_row = name.eq_ignore_ascii_case(entity.as_str()) && identifier.is_some_and(is_number);
    let id = if is_row { CaseId::DatabaseRow } else { identifier.map_or(CaseId::Missing, id) };
    Some(uri(id, Some(entity)))
}

/// `uri/{identifier}`, or `uri/p{identifier}` for a package. Only at the end of a short path does it hold another identifier.
fn anchor(identifier: Option<&str>, is_plain: bool) -> Option<CaseUri> {
    let Some(identifier) = identifier else { return Some(uri(CaseId::Missing, None)) };
    if let Some(guid) = package_guid(identifier) {
        return Some(uri(CaseId::Guid(guid), Some(CaseEntity::CFPackage)));
    }
    let id = id(identifier);
    let is_certain = is_plain || matches!(id, CaseId::Guid(_));
    is_certain.then(|| uri(id, None))
}

/// `cftree/item/{item}` or `cftree/doc/{document}[/item/{item}]`: a page of a server's tree, by GUID or by the row of its database.
fn tree(kind: &str, identifier: Option<&str>, leaf: Option<&str>) -> Option<CaseUri> {
    match kind.to_ascii_lowercase().as_str() {
        "item" => Some(page(identifier, CaseEntity::CFItem)),
        "doc" => {
            let document = page(identifier, CaseEntity::CFDocument);
            Some(match leaf {
                Some(item) => follow(Some(document), page(Some(item), CaseEntity::CFItem)),
                None => document,
            })
        }
        _ => None,
    }
}

fn page(identifier: Option<&str>, entity: CaseEntity) -> CaseUri {
    let id = match identifier.map(id) {
        Some(CaseId::Guid(guid)) => CaseId::Guid(guid),
        Some(CaseId::Local(_)) => CaseId::DatabaseRow,
        Some(other) => other,
        None => CaseId::Missing,
    };
    uri(id, Some(entity))
}

/// `{document}/{item}`, with or without a number behind it.
fn pair(segments: &[String]) -> Option<CaseUri> {
    let (document, item) = match segments {
        [document, item] => (document, item),
        [document, item, number] if is_number(number) => (document, item),
        _ => return None,
    };
    let framework = whole_guid(document)?;
    let item = whole_guid(item)?;
    Some(CaseUri {
        id: CaseId::Guid(item),
        entity: Some(CaseEntity::CFItem),
        framework: Some(framework),
    })
}

/// `{document}` on a registry.
fn document_page(address: &WebAddress) -> Option<CaseUri> {
    let [document] = address.segments.as_slice() else { return None };
    let guid = whole_guid(document)?;
    REGISTRIES
        .contains(&address.site())
        .then(|| uri(CaseId::Guid(guid), Some(CaseEntity::CFDocument)))
}

/// The GUID behind the letter by which OpenSALT marks a package: `p{guid}`.
pub(crate) fn package_guid(segment: &str) -> Option<Guid> {
    let bare = without_suffix(dirt::trimmed(segment));
    strip_prefix_ignore_case(bare, "p").and_then(Guid::hyphenated)
}

fn whole_guid(segment: &str) -> Option<Guid> {
    without_suffix(dirt::trimmed(segment)).parse().ok()
}

/// Reads the segment that holds an identifier.
fn id(segment: &str) -> CaseId {
    let bare = without_suffix(segment.trim());
    let guid = whole_guid(segment)
        .or_else(|| scan::last_guid(bare))
        .or_else(|| whole_guid(&dirt::mended(segment)));
    match guid {
        Some(guid) => CaseId::Guid(guid),
        None if bare.is_empty() => CaseId::Missing,
        None => CaseId::Local(bare.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text without the suffix of a representation.
pub(crate) fn without_suffix(text: &str) -> &str {
    let stripped = SUFFIXES.iter().find_map(|suffix| {
        let at = text.len().checked_sub(suffix.len())?;
        let (name, end) = text.split_at_checked(at)?;
        end.eq_ignore_ascii_case(suffix).then_some(name)
    });
    stripped.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";
    const DOCUMENT: &str = "1a2b3c4d-5e6f-4a7b-9c8d-0e1f2a3b4c5d";

    type Expected = Option<(CaseId, Option<CaseEntity>, Option<&'static str>)>;

    #[track_caller]
    fn check(path: &str, expected: Expected) {
        let path = path.replace("ITEM", ITEM).replace("DOC", DOCUMENT);
        let read = read(&WebAddress::parse(&format!("https://case.example/{path}")).unwrap());
        let expected = expected.map(|(id, entity, framework)| CaseUri {
            id,
            entity,
            framework: framework.map(|guid| guid.parse().unwrap()),
        });
        assert_eq!(read, expected, "{path}");
    }

    #[test]
    fn the_forms_of_case_are_read() {
        let item = || CaseId::Guid(ITEM.parse().unwrap());
        let document = || CaseId::Guid(DOCUMENT.parse().unwrap());
        check("ims/case/v1p0/CFItems/ITEM", Some((item(), Some(CaseEntity::CFItem), None)));
        check(
            "DOC/ims/case/v1p1/CFItems/ITEM.json",
            Some((item(), Some(CaseEntity::CFItem), None)),
        );
        check(
            "ims/case/v1p0/CFItems/ITEM/associations",
            Some((item(), Some(CaseEntity::CFItem), None)),
        );
        check(
            "CFDocuments/DOC/CFItems/ITEM",
            Some((item(), Some(CaseEntity::CFItem), Some(DOCUMENT))),
        );
        check("cftree/doc/DOC", Some((document(), Some(CaseEntity::CFDocument), None)));
        check("cftree/doc/DOC/item/ITEM", Some((item(), Some(CaseEntity::CFItem), Some(DOCUMENT))));
        check("DOC/uri/pITEM", Some((item(), Some(CaseEntity::CFPackage), None)));
        check("DOC/ITEM/3", Some((item(), Some(CaseEntity::CFItem), Some(DOCUMENT))));
        check(
            "frameworks/DOC/CFItems/ITEM",
            Some((item(), Some(CaseEntity::CFItem), Some(DOCUMENT))),
        );
        check("uri/DOC/ITEM", Some((item(), Some(CaseEntity::CFItem), Some(DOCUMENT))));
        check("CFPackages/pITEM.json", Some((item(), Some(CaseEntity::CFPackage), None)));
        check("cftree/item/12", Some((CaseId::DatabaseRow, Some(CaseEntity::CFItem), None)));
        check(
            "ims/case/v1p0/CFItems/a.1",
            Some((CaseId::Local("a.1".to_owned()), Some(CaseEntity::CFItem), None)),
        );
        check("ims/case/v1p0/CFItems", Some((CaseId::Missing, Some(CaseEntity::CFItem), None)));
        check("skills/ITEM", None);
        check("ITEM", None);
    }
}
