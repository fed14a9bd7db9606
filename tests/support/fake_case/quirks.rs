//! The switches. What a well-behaved server does is the default.

/// What a server does in its own way.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a switch is on or off")]
pub(crate) struct Quirks {
    /// What stands before `/ims/case`: nothing, or a path that begins with a slash.
    pub prefix: &'static str,
    pub versions: Versions,
    /// Whether the discovery document is there.
    pub has_discovery: bool,
    pub list: ListShape,
    pub total: Total,
    pub link: Link,
    /// How many documents a list has that was asked for without `limit`; all where there is no such number.
    pub default_limit: Option<usize>,
    /// The most documents of a page, whatever `limit` says.
    pub caps_limit: Option<usize>,
    pub ignores_limit: bool,
    pub ignores_offset: bool,
    /// The page is cut before what the caller may not see is taken out of it (`OpenCASE`).
    pub slices_before_filtering: bool,
    /// The order of the list is another one at every request.
    pub moves_order: bool,
    pub listed: Listed,
    pub package_uri: PackageUri,
    pub package_address: PackageAddress,
    pub package: PackageShape,
    pub negotiation: Negotiation,
    pub validation: Validation,
    /// Whether a request that names an earlier answer may be answered by 304.
    pub says_not_modified: bool,
    /// The `uri` of documents, items and associations is made of the host that was asked, and association ends are not.
    pub rewrites_uris: bool,
    /// Where requests for packages are led to: a host, and the status.
    pub leads_packages_to: Option<(u16, String)>,
    /// Where requests for the list are led to.
    pub leads_list_to: Option<(u16, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Versions {
    Both,
    V1p0,
    V1p1,
    /// v1p0 leads to v1p1 by 301, with an absolute `http` Location made of `Host`.
    V1p0LeadsToV1p1,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListShape {
    /// `{"CFDocuments": […]}`
    CFDocuments,
    /// `{"cfDocuments": […]}`
    CfDocuments,
    /// `[…]`
    BareArray,
    /// `{"CFDocuments": […], "total", "limit", "offset"}`, where `limit` was asked for.
    Totals,
}

/// How many documents the list says there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    /// What the caller can see.
    Visible,
    /// What the caller can see, and what it cannot.
    CountsPrivate,
    /// Nothing is said.
    Missing,
}

/// What `Link` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    Absent,
    /// `rel="next"` and `rel="last"` on this host.
    Here,
    /// The same on another host.
    On(String),
}

/// What becomes of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    Whole,
    /// 200 and no document.
    Nothing,
    /// Only so many documents, though the total counts all.
    CutShort(usize),
    /// An HTML page, with 200.
    Page,
    /// An `imsx_StatusInfo` that says failure, with 200.
    Stub,
}

/// What `CFPackageURI` is in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PackageUri {
    /// A link to this server.
    Object,
    /// The address alone.
    Text,
    Missing,
    /// A link whose `uri` begins with a slash.
    Relative,
    /// A link to the same path on another host.
    OffHost(String),
    /// What the framework says itself, such as the address at its publisher's.
    Given,
}

/// Under which identifier a package is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageAddress {
    /// That of its document.
    OfDocument,
    /// One of its own, which `CFPackageURI` names (CPALMS).
    Own,
    /// One of its own, which only the `uri` of `CFPackageURI` names.
    OwnInUriOnly,
}

/// What stands around a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageShape {
    Plain,
    /// `[{…}]`
    Array,
    /// `{"CFPackage": {…}}`
    Wrapped,
    /// `"CFDefinitions": []`
    EmptyDefinitions,
    /// Members that are absent are `null`.
    Nulls,
}

/// What the server makes of `Accept`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Negotiation {
    Ignored,
    /// 300 and a page of choices where there is no `Accept`.
    Choices,
    /// An HTML page for whoever takes everything.
    PageForAny,
}

/// What an answer may be recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Validation {
    Absent,
    /// A strong `ETag` of the body.
    Strong,
    /// A weak one.
    Weak,
    /// A `Last-Modified` that is the document's own stamp, whatever else changed.
    Stamp,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            prefix: "",
            versions: Versions::Both,
            has_discovery: true,
            list: ListShape::CFDocuments,
            total: Total::Visible,
            link: Link::Here,
            default_limit: Some(100),
            caps_limit: None,
            ignores_limit: false,
            ignores_offset: false,
            slices_before_filtering: false,
            moves_order: false,
            listed: Listed::Whole,
            package_uri: PackageUri::Object,
            package_address: PackageAddress::OfDocument,
            package: PackageShape::Plain,
            negotiation: Negotiation::Ignored,
            validation: Validation::Strong,
            says_not_modified: true,
            rewrites_uris: false,
            leads_packages_to: None,
            leads_list_to: None,
        }
    }
}
