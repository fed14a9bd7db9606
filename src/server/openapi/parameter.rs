//! Parameters that several routes have. What they may be is taken from where they are read.

use index::search::{Facet, MAX_LIMIT, MAX_OFFSET, MAX_TEXT};
use ontology::Kind;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{
    Array, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{RefOr, Required};

use crate::likeness::DEFAULT_THRESHOLD;
use crate::narrowing::{MAX_VALUES, ORDERS, STATUSES};
use crate::server::asked::DEFAULT_LIMIT;

/// The day on which an answer is judged.
pub(in crate::server) struct AsOf;

/// The filters, and the day on which they are judged.
pub(in crate::server) struct Filters;

/// Everything that a search may say.
pub(in crate::server) struct Search;

/// What may hold for several searches at once.
pub(in crate::server) struct Searching;

/// Everything that a completion may say besides its text.
pub(in crate::server) struct Completing;

/// Everything that a suggestion may say besides its text.
pub(in crate::server) struct Suggesting;

/// Everything that a search for near-duplicates may say besides what it is of.
pub(in crate::server) struct Likening;

/// Which page of a list around a resource is given.
pub(in crate::server) struct Listing;

/// Which frameworks are listed.
pub(in crate::server) struct Frameworks;

/// Whether what is provisional is shown.
pub(in crate::server) struct Provisional;

/// The graphs that a query is asked of.
pub(in crate::server) struct Graphs;

/// Which of many links are given.
pub(in crate::server) struct Paging;

/// What somebody has already.
pub(in crate::server) struct Known;

/// Shows an identifier as it may be asked for.
pub(in crate::server) const SAMPLE: &str = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";

type Provided = fn() -> Option<ParameterIn>;

impl IntoParams for AsOf {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![as_of()]
    }
}

impl IntoParams for Filters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let facets =
            Facet::ALL.map(|facet| repeated(facet.as_str(), &of_filter(facet), value(facet)));
        [as_of()].into_iter().chain(facets).collect()
    }
}

impl IntoParams for Search {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = string().max_length(Some(MAX_TEXT)).build();
        let orders = ORDERS.map(|(name, _)| name);
        let facets = string().enum_values(Some(Facet::ALL.map(Facet::as_str))).build();
        let facets = ArrayBuilder::new().items(facets).build();
        let mut parameters = vec![
            shown(
                query(
                    "q",
                    "The words, the code or the identifier; without it everything is listed.",
                    text,
                ),
                json!("fractions"),
            ),
            ParameterBuilder::from(query(
                "facets",
                "What the hits are counted by, with commas between.",
                facets,
            ))
            .explode(Some(false))
            .style(Some(ParameterStyle::Form))
            .build(),
            query(
                "sort",
                "In which order the hits are given.",
                string().enum_values(Some(orders)).default(Some(json!("relevance"))).build(),
            ),
            limit(MAX_LIMIT),
            query(
                "offset",
                "How many hits are left out before the first; not beside a cursor.",
                whole(MAX_OFFSET).default(Some(json!(0))).build(),
            ),
            query(
                "cursor",
                "Where the page before ended: the `next` of its answer. It holds for the same question only.",
                filled(),
            ),
            language(),
            flag("highlight", "Whether to say which words of a text made it a hit."),
            flag("explain", "Whether to say why a hit stands where it does."),
            provisional(),
        ];
        parameters.extend(of::<Filters>());
        parameters
    }
}

impl IntoParams for Searching {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        // A cursor belongs to one search.
        of::<Search>().into_iter().filter(|parameter| parameter.name != "cursor").collect()
    }
}

impl IntoParams for Completing {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut parameters = vec![limit(MAX_LIMIT), provisional()];
        parameters.extend(of::<Filters>());
        parameters
    }
}

impl IntoParams for Suggesting {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let threshold = share().default(Some(json!(0.0))).build();
        let mut parameters = vec![
            language(),
            query("threshold", "The lowest score that is given.", threshold),
            limit(MAX_LIMIT),
            provisional(),
        ];
        parameters.extend(of::<Filters>());
        parameters
    }
}

impl IntoParams for Likening {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        // As it is written, and not as the nearest number of twice the bits.
        let default = DEFAULT_THRESHOLD.to_string().parse::<f64>().ok();
        let threshold = share().default(default.map(Value::from)).build();
        let mut parameters = vec![
            flag(
                "elsewhere",
                "Whether to leave out the resource's own framework; not for a text, which is in none.",
            ),
            query("threshold", "The lowest score that is given.", threshold),
            limit(MAX_LIMIT),
            provisional(),
        ];
        parameters.extend(of::<Filters>());
        parameters
    }
}

impl IntoParams for Listing {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let limited = whole(MAX_LIMIT).minimum(Some(1)).default(Some(json!(20))).build();
        vec![
            query("limit", "How many items the page has at most.", limited),
            query(
                "cursor",
                "Where the page before ended: the `next` of its answer. It holds for the same question only.",
                filled(),
            ),
            provisional(),
        ]
    }
}

impl IntoParams for Frameworks {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        // All of them are of one kind.
        let filters = of::<Filters>().into_iter();
        let filters = filters.filter(|filter| filter.name != Facet::Kind.as_str());
        of::<Listing>().into_iter().chain(filters).collect()
    }
}

impl IntoParams for Provisional {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![provisional()]
    }
}

impl IntoParams for Graphs {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            repeated(
                "default-graph-uri",
                "The graphs of which the default graph is made, instead of those that the query names.",
                filled(),
            ),
            repeated(
                "named-graph-uri",
                "The graphs that `GRAPH` sees, instead of those that the query names.",
                filled(),
            ),
        ]
    }
}

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let limited = whole(MAX_LIMIT).default(Some(json!(20))).build();
        let offset = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(0))
            .maximum(Some(u32::MAX));
        vec![
            query("limit", "How many links are given.", limited),
            query(
                "offset",
                "How many links are left out before the first.",
                offset.default(Some(json!(0))).build(),
            ),
        ]
    }
}

impl IntoParams for Known {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let description = "The `ETag` of what is held already.";
        let known = query("If-None-Match", description, string().build());
        vec![ParameterBuilder::from(known).parameter_in(ParameterIn::Header).build()]
    }
}

/// The parameters of a set.
pub(super) fn of<T: IntoParams>() -> Vec<Parameter> {
    let anywhere: Provided = || None;
    T::into_params(anywhere)
}

fn query(name: &str, description: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

fn shown(parameter: Parameter, example: Value) -> Parameter {
    ParameterBuilder::from(parameter).example(Some(example)).build()
}

/// A parameter that may be given again and again.
fn repeated(name: &str, description: &str, each: Object) -> Parameter {
    let values: Array = ArrayBuilder::new().items(each).max_items(Some(MAX_VALUES)).build();
    ParameterBuilder::from(query(name, description, values))
        .style(Some(ParameterStyle::Form))
        .explode(Some(true))
        .build()
}

fn as_of() -> Parameter {
    let day = string().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).build();
    query("asOf", "The day on which it is judged, `YYYY-MM-DD`; today where it is not said.", day)
}

fn limit(max: usize) -> Parameter {
    query("limit", "How many are given.", whole(max).default(Some(json!(DEFAULT_LIMIT))).build())
}

fn language() -> Parameter {
    query("lang", "The language of the words, as a tag (BCP 47).", filled())
}

fn provisional() -> Parameter {
    flag("provisional", "Whether what its publishers call provisional is found too.")
}

fn flag(name: &str, description: &str) -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(json!(false)));
    query(name, description, schema.build())
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// A text that has something in it.
fn filled() -> Object {
    string().min_length(Some(1)).pattern(Some(r"\S")).build()
}

fn whole(max: usize) -> ObjectBuilder {
    let max = u32::try_from(max).unwrap_or(u32::MAX);
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(Some(max))
}

fn share() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1))
}

/// What a filter lets pass.
fn of_filter(facet: Facet) -> String {
    let what = match facet {
        Facet::Kind => "of one of these kinds",
        Facet::Class => "of one of these classes of CTDL, or of one below",
        Facet::Framework => "in one of these frameworks, each by an identifier",
        Facet::Publisher => "of one of these publishers",
        Facet::Source => "from one of these sources",
        Facet::Subject => "about one of these subjects",
        Facet::Level => "for one of these education levels",
        Facet::Language => "in one of these languages",
        Facet::Status => "in one of these states",
        Facet::License => "under one of these licences",
        Facet::Aligned => "aligned to something, or not",
        Facet::Jurisdiction => "for one of these places",
    };
    format!("Only what is {what}. Different filters must all be met.")
}

fn value(facet: Facet) -> Object {
    match facet {
        Facet::Kind => string().enum_values(Some(Kind::ALL.map(Kind::as_str))).build(),
        Facet::Status => string().enum_values(Some(STATUSES)).build(),
        Facet::Aligned => ObjectBuilder::new().schema_type(Type::Boolean).build(),
        _ => filled(),
    }
}
