//! The kinds of problem, in one table: what each is called, what it means, and what whoever meets it can do.
//!
//! The pages below `/problems` are this table, and nothing else says these things.

use axum::http::StatusCode;

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// The end of the `type`. It is a promise: clients may tell problems apart by it.
    pub code: &'static str,
    /// The `title`.
    pub title: &'static str,
    /// The status.
    pub status: StatusCode,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Makes the kinds of the table, so that none is without its line.
macro_rules! problems {
    ($($(#[$doc:meta])* $kind:ident: $code:literal, $title:literal, $status:ident, $meaning:literal, $remedy:literal;)*) => {
        /// The kinds of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum ProblemKind {
            $($(#[$doc])* $kind,)*
        }

        impl ProblemKind {
            /// Every kind, in the order of the table.
            pub(super) const ALL: &[Self] = &[$(Self::$kind,)*];

            /// The line of a kind.
            pub(super) fn row(self) -> Row {
                match self {
                    $(Self::$kind => Row {
                        code: $code,
                        title: $title,
                        status: StatusCode::$status,
                        meaning: $meaning,
                        remedy: $remedy,
                    },)*
                }
            }
        }
    };
}

problems! {
    /// No route has this path.
    NoSuchRoute: "no-such-route", "No such route", NOT_FOUND,
        "Nothing is served at this path.",
        "Look for the path among the member `routes`; a slash at the end counts, and an identifier in a path has to be percent-encoded.";
    /// The route is there and has no such method.
    NoSuchMethod: "no-such-method", "No such method here", METHOD_NOT_ALLOWED,
        "The path is served, and by other methods.",
        "Ask with a method that the header `Allow` names.";
    /// The path cannot be decoded.
    InvalidPath: "invalid-path", "Unreadable path", BAD_REQUEST,
        "What stands in the path is no identifier: it is no UTF-8, or nothing is left of it.",
        "Percent-encode the UTF-8 of the identifier, its slashes too.";
    /// A parameter that the route does not know.
    UnknownParameter: "unknown-parameter", "Unknown parameter", BAD_REQUEST,
        "The address has a parameter that this route does not know. It is not passed over, because a slip of the pen would change the answer.",
        "Compare `parameter` with the names in `known`; capitals count.";
    /// A parameter that has to be there.
    MissingParameter: "missing-parameter", "Missing parameter", BAD_REQUEST,
        "The route cannot answer without the parameter.",
        "Add the `parameter`.";
    /// A parameter given more than once.
    RepeatedParameter: "repeated-parameter", "Repeated parameter", BAD_REQUEST,
        "A parameter that can have one value was given several times.",
        "Decide for one value of the `parameter`; ask for several things one by one, or with a POST that takes many.";
    /// A parameter with a value that it cannot have.
    InvalidParameter: "invalid-parameter", "Invalid parameter", BAD_REQUEST,
        "The parameter has a value that it cannot have.",
        "`detail` says what is wrong; where there is a list of values it stands in `known`, and a bound stands in `max`.";
    /// The address is too long.
    AddressTooLong: "address-too-long", "Address too long", URI_TOO_LONG,
        "An address has at most 8 KiB here.",
        "Send what is long in the body of a POST, where there is one; the bound holds for path and query together.";
    /// The header fields are too many or too long.
    HeadersTooLarge: "headers-too-large", "Header fields too large", REQUEST_HEADER_FIELDS_TOO_LARGE,
        "A request has at most 64 header fields with 32 KiB in all.",
        "Leave out cookies and whatever else is of no use here; no account is needed for anything.";
    /// The body is of another media type.
    MediaType: "media-type", "Unsupported media type", UNSUPPORTED_MEDIA_TYPE,
        "The body is of a media type that is not read here, or says none.",
        "Send a `Content-Type` that the header `Accept-Post` names.";
    /// The same, where the body has to be one JSON text.
    JsonOnly: "media-type", "Unsupported media type", UNSUPPORTED_MEDIA_TYPE,
        "The body is of a media type that is not read here, or says none.",
        "Send a `Content-Type` that the header `Accept-Post` names.";
    /// The body is none that a query is sent in.
    QueryBody: "media-type", "Unsupported media type", UNSUPPORTED_MEDIA_TYPE,
        "The body is of a media type that is not read here, or says none.",
        "Send a `Content-Type` that the header `Accept-Post` names.";
    /// The body is too long.
    BodyTooLarge: "body-too-large", "Body too large", PAYLOAD_TOO_LARGE,
        "The body is longer than `max` bytes.",
        "Send it in several parts; every route that takes many takes them in any number of requests.";
    /// The body did not come in time, or not whole.
    BodyIncomplete: "body-incomplete", "Incomplete body", REQUEST_TIMEOUT,
        "The body did not come in time, or broke off.",
        "Send it again, and check that `Content-Length` is its length; over a slow line send less at once.";
    /// The body is no JSON.
    InvalidJson: "invalid-json", "Unreadable JSON", BAD_REQUEST,
        "The body is no JSON text.",
        "`detail` says where it ends to be one.";
    /// The body is JSON of another shape.
    InvalidBody: "invalid-body", "Invalid body", BAD_REQUEST,
        "The body is JSON, and not of the shape that the route takes.",
        "`pointer` (RFC 6901) says which part of it is wrong, and `detail` what was expected there.";
    /// What was sent looks like a credential.
    Credential: "credential", "Identifiers, not credentials", UNPROCESSABLE_ENTITY,
        "What was sent looks like a credential. It was not read to its end, and nothing of it was kept.",
        "Send the identifiers that stand in it: the page `/badge` and the module `/alidade.js` take them out in the browser, `alidade extract FILE` does where the file is.";
    /// Credentials are not read here.
    CredentialsOff: "credentials-off", "Credentials are not read here", NOT_FOUND,
        "Whoever runs this service has not switched on that it reads whole credentials.",
        "Send identifiers to `/v1/resolve`, or read the credential where it is with `alidade resolve FILE`.";
    /// What was sent holds no credential that can be read.
    UnreadableCredential: "unreadable-credential", "Unreadable credential", UNPROCESSABLE_ENTITY,
        "What was sent holds no credential that can be read.",
        "`detail` says what was looked for; Open Badges, CLR, LER-RS and ELM are read, in JSON, in a token, in a PNG or SVG image.";
    /// Nothing held here goes by the name.
    UnknownResource: "unknown-resource", "Unknown resource", NOT_FOUND,
        "Nothing that is held here goes by the identifier.",
        "`tried` says how it was understood. `/v1/sources` says what is held, and how fresh it is; words are for `/v1/search`.";
    /// Several resources go by the name.
    AmbiguousResource: "ambiguous-resource", "Ambiguous resource", CONFLICT,
        "Several resources go by the identifier, which is a code or an address that more than one has.",
        "Ask for one of the `candidates` by its `key`, or name the `framework` to `/v1/resolve`.";
    /// The resource has no address that a badge could name.
    NoPublicAddress: "no-public-address", "No public address", CONFLICT,
        "The publisher of the resource gives it no address, so that no alignment can point at it.",
        "Align to another resource, or ask its publisher; no address is made up.";
    /// A prefix of a hash that is not of the length and form that this server deals out by.
    InvalidPrefix: "invalid-prefix", "Invalid prefix", BAD_REQUEST,
        "A prefix has as many hexadecimal digits, in lower case, as `prefixDigits` says.",
        "Ask `/v1/range` how names are dealt out, and hash again.";
    /// No media type that is accepted can be given.
    NotAcceptable: "not-acceptable", "Nothing acceptable", NOT_ACCEPTABLE,
        "The header `Accept` lets nothing pass that can be given here.",
        "Ask for one of the media types in `available`, or send no `Accept`.";
    /// More is said of the resource than one document holds.
    DocumentTooLarge: "document-too-large", "Document too large", FORBIDDEN,
        "More is said of the resource than one document holds.",
        "Take a copy of its framework below `/dumps`, or ask `/sparql` for a part.";
    /// The addresses of the document would be absolute, and the service does not know its own.
    NoPublicUrl: "no-public-url", "No public address", NOT_FOUND,
        "The document would have absolute addresses, and the service does not know by which address others know it.",
        "Whoever runs the service sets `public_url` under `[serve]`.";
    /// What a cursor goes on in is served no longer.
    GenerationGone: "generation-gone", "No longer there", GONE,
        "The cursor goes on in a generation that is no longer served: a generation is held for two minutes after somebody has last asked for it, unless more than eight others were published meanwhile, and changes as long as the configuration keeps them.",
        "Begin anew at `first`, which the header `Link` names too.";
    /// There is no dump of the name.
    UnknownDump: "unknown-dump", "Unknown dump", NOT_FOUND,
        "There is no dump of this name, or what it would hold may not be given away.",
        "`/dumps` lists all there are.";
    /// The documents that a dump would be made of are not here.
    NoDocuments: "no-documents", "No documents here", NOT_FOUND,
        "The documents that the dump would be made of are not on this machine, which has only what is served of them.",
        "Take the dump in another form, or from the service that this one is a copy of.";
    /// As many dumps as can be are being written.
    DumpsBusy: "dumps-busy", "Too many dumps at once", SERVICE_UNAVAILABLE,
        "As many dumps are being written as may at once.",
        "Ask again after `Retry-After`.";
    /// The digest of a dump is being worked out.
    DumpUnderWay: "dump-under-way", "Not known yet", SERVICE_UNAVAILABLE,
        "The digest of the dump is being worked out, which takes as long as the dump.",
        "Ask again after `Retry-After`.";
    /// The text of a query is too long.
    QueryTooLong: "query-too-long", "Query too long", PAYLOAD_TOO_LARGE,
        "The text of a query has at most 16 KiB here.",
        "Ask for less at once, in several queries; a copy of everything is below `/dumps`.";
    /// It is no query.
    MalformedQuery: "malformed-query", "Malformed query", BAD_REQUEST,
        "What was sent is no query of SPARQL 1.1.",
        "`detail` says where it ends to be one.";
    /// A query has more of something than is allowed, or nests too deeply.
    QueryTooComplex: "query-too-complex", "Query too complex", UNPROCESSABLE_ENTITY,
        "The query nests too deeply, or has too many patterns, unions, optional parts, values or steps of a path.",
        "`detail` names the bound. Ask in several queries, or take a copy of everything (`/dumps`) and ask it with `alidade sparql`.";
    /// A query sorts what has no order.
    QueryUnordered: "query-unordered", "Nothing to sort by", UNPROCESSABLE_ENTITY,
        "The query sorts by values of kinds that have no order among each other, such as texts beside times.",
        "Name an order: `ORDER BY STR(?value)`.";
    /// A query was stopped because it took too long.
    QueryTimeOut: "query-time-out", "Query stopped: time", GATEWAY_TIMEOUT,
        "The query was stopped because it took too long; nothing of its answer is given.",
        "Begin with what is rare, and add a LIMIT; a copy of everything (`/dumps`) can be asked for as long as you like.";
    /// A query was stopped because it needs too much memory.
    QueryMemory: "query-memory", "Query stopped: memory", SERVICE_UNAVAILABLE,
        "The query was stopped because it needs too much memory; nothing of its answer is given.",
        "Leave out what sorts or groups everything, and add a LIMIT inside.";
    /// The answer to a query is too long.
    ResultTooLarge: "result-too-large", "Result too large", UNPROCESSABLE_ENTITY,
        "The answer has more rows or bytes than are given here; nothing of it is given, because it would be taken for the whole.",
        "Ask for a part with LIMIT, and go on behind the last row with a FILTER; or take a copy of everything (`/dumps`).";
    /// Too many queries are under way.
    TooManyQueries: "too-many-queries", "Too many queries", SERVICE_UNAVAILABLE,
        "As many queries run and wait as may at once.",
        "Ask again after `Retry-After`.";
    /// Something is to be changed.
    UpdateRefused: "update-refused", "No updates here", FORBIDDEN,
        "Nothing that is served can be changed by those who ask.",
        "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.";
    /// Another endpoint is to be asked.
    ServiceRefused: "service-refused", "No SERVICE here", FORBIDDEN,
        "No other endpoint is ever asked on behalf of a caller, `SERVICE SILENT` included.",
        "Ask both endpoints yourself, and join what they say.";
    /// The names are dealt out under another version by now.
    AnotherVersion: "another-version", "Another version by now", NOT_FOUND,
        "Another generation has been published, and its names are dealt out anew.",
        "Begin again with the `version` that stands here, so that no two answers are of different ones.";
    /// The caller has asked too often.
    TooManyRequests: "too-many-requests", "Too many requests", TOO_MANY_REQUESTS,
        "More was asked from one address, or one network of IPv6, than may be asked in a time. Some routes count for more than one, and so does what asks for many things at once.",
        "Wait as many seconds as `Retry-After` says. `RateLimit-Policy` says what may be asked, `RateLimit` what is left of it. Ask for many things by one POST, and keep answers with their `ETag`.";
    /// The caller has too many connections.
    TooManyConnections: "too-many-connections", "Too many connections", TOO_MANY_REQUESTS,
        "Too many connections are open from one address, or one network of IPv6.",
        "Ask one after the other over a connection that stays open.";
    /// Nothing has been published yet.
    NothingPublished: "nothing-published", "Nothing published yet", SERVICE_UNAVAILABLE,
        "Nothing has been imported into the data directory yet.",
        "Ask again when `/readyz` answers with 200.";
    /// The answer took too long, or had to wait for too many others.
    TimeOut: "time-out", "No answer in time", SERVICE_UNAVAILABLE,
        "The answer took longer than an answer may take here, or had to wait too long for others.",
        "Ask again after `Retry-After` seconds, or for less at once.";
    /// The fault is ours.
    Internal: "internal", "Our fault", INTERNAL_SERVER_ERROR,
        "Something went wrong here, and not in the request.",
        "Tell whoever runs the service, with the `instance`: their log has the place by it.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::ProblemKind;

    #[test]
    fn every_kind_says_what_it_means_and_what_to_do_and_one_code_says_one_thing() {
        let mut by_code = BTreeMap::new();
        for kind in ProblemKind::ALL {
            let row = kind.row();
            let is_code = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(row.code.chars().all(is_code), "{row:?}");
            assert!(row.status.is_client_error() || row.status.is_server_error(), "{row:?}");
            assert!(row.meaning.ends_with('.') && row.remedy.ends_with('.'), "{row:?}");
            assert_eq!(*by_code.entry(row.code).or_insert(row), row);
        }
    }
}
