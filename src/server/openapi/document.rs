//! The whole description, and where it is served.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use serde_json::{Map, Value};
use utoipa::OpenApi;

use crate::alignment::Standard;
use crate::server::asset::Asset;
use crate::server::form::Form;
use crate::server::frame::NOTHING;
use crate::server::openapi::operation::Everywhere;
use crate::server::openapi::pages::Pages;
use crate::server::openapi::problem::ProblemDocument;
use crate::server::openapi::response::{AskedOfProgram, NotModified};
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::AppState;
use crate::server::tag::Tag;
use crate::server::{
    around, autocomplete, changes, credentials, dumps, frameworks, health, linked, problems, range,
    resolve, resources, search, similar, sources, sparql, stats, suggest,
};

/// The description, from the descriptions of the handlers. A handler that is not in this list is a failed test.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Alidade",
        description = "What the identifiers in badges and learning records mean: competencies, frameworks and credentials, as they are published in \
                       CASE and CTDL. Meaning is no verification: signature, expiry and revocation are not checked here.\n\n\
                       Every answer names its generation, in the JSON and in the header `Alidade-Generation`. Every error is a problem of \
                       [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457). Parameters that a route does not know are refused. Identifiers are taken and no \
                       credentials, unless the operator says otherwise; texts are read and thrown away.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
    ),
    servers((url = "/", description = "The server that this description came from.")),
    tags(
        (name = "verifiers", description = "Who holds a credential and asks what it means."),
        (name = "issuers", description = "Who looks for what a new badge is aligned to."),
        (name = "marketplaces", description = "Who searches, and follows what is linked."),
        (name = "copies", description = "Who keeps a copy."),
        (name = "operators", description = "Who looks after the service."),
        (name = "people", description = "Who reads a badge, or this description, in a browser."),
    ),
    paths(
        resolve::one,
        resolve::many,
        credentials::resolve,
        range::layout,
        range::of_now,
        range::of_version,
        resources::one,
        resources::alignment,
        around::ancestors,
        around::children,
        around::siblings,
        around::crosswalk,
        around::referenced_by,
        around::history,
        frameworks::all,
        frameworks::tree,
        autocomplete::complete,
        suggest::of_texts,
        similar::of_address,
        similar::of_body,
        search::search,
        search::several,
        sparql::get,
        sparql::post,
        linked::document::id,
        linked::document::document,
        linked::vocabulary::context,
        linked::catalog::catalog,
        linked::catalog::catalog_as_turtle,
        linked::catalog::catalog_as_json_ld,
        linked::catalog::catalog_as_n_triples,
        linked::sitemap::sitemap,
        linked::sitemap::robots,
        changes::changes,
        dumps::list,
        dumps::all,
        dumps::framework,
        stats::stats,
        sources::sources,
        problems::all,
        problems::one,
        health::livez,
        health::readyz,
        document,
    ),
    components(schemas(ProblemDocument, Standard)),
    modifiers(&Pages, &Everywhere)
)]
struct Description;

/// The description, made once. It is nothing of a caller's that could fail it.
static DESCRIPTION: LazyLock<Result<Value, serde_json::Error>> = LazyLock::new(|| {
    let mut description = serde_json::to_value(Description::openapi())?;
    leave_null_out(&mut description);
    Ok(description)
});

/// The description as it is served, written once.
static WRITTEN: LazyLock<Option<String>> = LazyLock::new(|| {
    let description = DESCRIPTION.as_ref().ok()?;
    serde_json::to_string(description).ok()
});

/// How the address of the server stands there: `/`, which is whatever server it came from.
const SERVER: &str = r#""servers":[{"url":"/""#;

/// The description by a server that may know its own address.
fn by(written: &str, public_url: Option<&str>) -> String {
    let Some(url) = public_url else { return written.to_owned() };
    written.replacen(SERVER, &format!(r#""servers":[{{"url":{}"#, Value::from(url)), 1)
}

/// The description, for whoever shows it otherwise.
pub(in crate::server) fn description() -> Result<&'static Value, Problem> {
    DESCRIPTION.as_ref().map_err(|error| {
        tracing::error!(%error, "the description cannot be made");
        Problem::internal()
    })
}

/// Gives the description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "people",
    operation_id = "openapi",
    summary = "This description",
    responses((status = 200, description = "A document of OpenAPI 3.1.", content(("application/json"))), NotModified, AskedOfProgram)
)]
pub(in crate::server) async fn document(
    State(state): State<AppState>,
    parameters: Parameters,
    fields: HeaderMap,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    description()?;
    let written = WRITTEN.as_ref().ok_or_else(Problem::internal)?;
    let url = state.public_url();
    let asset = Asset {
        media_type: HeaderValue::from_static(Form::Json.media_type()),
        policy: NOTHING,
        caching: "no-cache",
        tag: Tag::of_file(&format!("openapi.json {}", url.unwrap_or_default())),
        bytes: by(written, url).into(),
    };
    Ok(asset.answer(&fields))
}

/// What need not be there is left out where there is nothing, here and everywhere, and is never null. An `Option` alone does not tell its schema so.
fn leave_null_out(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let required = members.get("required").and_then(Value::as_array).cloned();
            let required = required.unwrap_or_default();
            if let Some(Value::Object(properties)) = members.get_mut("properties") {
                let optional = properties
                    .iter_mut()
                    .filter(|(name, _)| !required.iter().any(|other| other == name.as_str()));
                optional.for_each(|(_, property)| without_null(property));
            }
            members.values_mut().for_each(leave_null_out);
        }
        Value::Array(values) => values.iter_mut().for_each(leave_null_out),
        _ => {}
    }
}

/// Takes null out of what a schema lets be.
fn without_null(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(either)) = members.get_mut("oneOf") else { return };
    either.retain(|one| one.get("type").is_none_or(|is| is != "null"));
    if let [Value::Object(only)] = either.as_slice() {
        let only: Map<String, Value> = only.clone();
        members.remove("oneOf");
        // What is said of the member counts before what is said of its type.
        for (name, value) in only {
            members.entry(name).or_insert(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::{WRITTEN, by, leave_null_out};
    use crate::server::routes;

    /// The methods of a path item.
    const METHODS: [&str; 8] =
        ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    fn description() -> Value {
        serde_json::from_str(WRITTEN.as_ref().unwrap()).unwrap()
    }

    /// Every operation, by its method and path.
    fn operations(description: &Value) -> Vec<(String, &Value)> {
        let paths = description["paths"].as_object().unwrap().iter();
        let operations = paths.flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.filter(|(name, _)| METHODS.contains(&name.as_str())).map(
                move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation),
            )
        });
        operations.collect()
    }

    #[test]
    fn every_route_is_described_and_nothing_else_is() {
        let description = description();
        let described: BTreeSet<String> =
            operations(&description).into_iter().map(|(name, _)| name).collect();
        let routes = routes();
        let served = routes.listed().iter().map(|route| format!("{} {}", route.method, route.path));
        assert_eq!(described, served.collect());
    }

    #[test]
    fn every_operation_is_told_apart_and_has_an_example() {
        let description = description();
        assert!(description["openapi"].as_str().unwrap().starts_with("3.1"), "{description}");
        let tags = description["tags"].as_array().unwrap();
        let mut ids = BTreeSet::new();
        for (name, operation) in operations(&description) {
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
            let [tag] = operation["tags"].as_array().unwrap().as_slice() else { panic!("{name}") };
            assert!(tags.iter().any(|known| known["name"] == *tag), "{name}: {tag}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(!responses.contains_key("default"), "{name}");
            // What only leads on answers with 303.
            let answers = |status: &String| status.starts_with('2') || status == "303";
            assert!(responses.keys().any(answers), "{name}");
            check_parameters(&name, operation);
            if let Some(content) = operation["requestBody"]["content"].as_object() {
                for (media_type, content) in content {
                    let has_one = ["example", "examples"].iter().any(|at| !content[at].is_null());
                    assert!(has_one, "{name}: {media_type}");
                }
            }
        }
    }

    fn check_parameters(name: &str, operation: &Value) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let told = parameter["description"].as_str();
            assert!(told.is_some_and(|text| !text.is_empty()), "{name}: {parameter}");
            assert!(parameter["schema"].is_object(), "{name}: {parameter}");
            // The version of names is another in every store; a link says where it is found.
            let is_linked = name.ends_with("{version}/{prefix}") && parameter["name"] == "version";
            let has_one = !parameter["example"].is_null() || is_linked;
            assert!(parameter["required"] != true || has_one, "{name}: {parameter}");
        }
    }

    type Visit<'a> = dyn FnMut(&str, &Value) + 'a;

    /// Calls `visit` with every schema and where it stands.
    fn walk(place: &str, value: &Value, visit: &mut Visit<'_>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let place = format!("{place}/{name}");
                    let is_schema = ["schema", "items", "additionalProperties", "contentSchema"]
                        .contains(&name.as_str());
                    if is_schema {
                        visit(&place, value);
                    }
                    if ["properties", "schemas"].contains(&name.as_str()) {
                        for (name, value) in value.as_object().into_iter().flatten() {
                            visit(&format!("{place}/{name}"), value);
                        }
                    }
                    if ["oneOf", "anyOf", "allOf", "prefixItems"].contains(&name.as_str()) {
                        for value in value.as_array().into_iter().flatten() {
                            visit(&place, value);
                        }
                    }
                    if !["example", "examples", "default"].contains(&name.as_str()) {
                        walk(&place, value, visit);
                    }
                }
            }
            Value::Array(values) => {
                for (at, value) in values.iter().enumerate() {
                    walk(&format!("{place}/{at}"), value, visit);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn no_schema_leaves_open_what_there_is() {
        let description = description();
        let mut n_schemas = 0;
        walk("", &description, &mut |place, schema| {
            n_schemas += 1;
            if *schema == Value::Bool(false) {
                return;
            }
            let schema = schema.as_object().unwrap_or_else(|| panic!("{place}: {schema}"));
            let says = |name: &str| schema.contains_key(name);
            assert!(
                ["$ref", "type", "oneOf", "anyOf", "allOf"].into_iter().any(says),
                "{place}: {schema:?}"
            );
            let is = |name: &str| {
                schema.get("type").is_some_and(|types| match types {
                    Value::Array(types) => types.iter().any(|one| one == name),
                    one => one == name,
                })
            };
            let is_told = says("properties") || says("additionalProperties");
            assert!(!is("object") || is_told, "{place}: {schema:?}");
            assert!(!is("array") || says("items") || says("prefixItems"), "{place}: {schema:?}");
        });
        assert!(n_schemas > 500, "{n_schemas}");
    }

    #[test]
    fn every_reference_leads_somewhere_and_no_words_are_about_code() {
        let description = description();
        let mut references = BTreeSet::new();
        let mut words = Vec::new();
        gather(&description, &mut references, &mut words);
        for reference in references {
            let pointer = reference.trim_start_matches('#');
            assert!(description.pointer(pointer).is_some(), "{reference}");
        }
        for text in words {
            // A link to a standard is for everybody, one to a type is not.
            let is_code =
                ["crate::", "](Self", "super::", "`]."].iter().any(|mark| text.contains(mark))
                    || text.split("[`").skip(1).any(|rest| !is_of_the_web(rest));
            assert!(!is_code, "{text}");
        }
    }

    /// Tells whether what begins as a link leads to a page, and not to a type.
    fn is_of_the_web(link: &str) -> bool {
        link.split_once(']').is_some_and(|(_, to)| to.starts_with("(http"))
    }

    fn gather(value: &Value, references: &mut BTreeSet<String>, words: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), value) {
                        ("$ref", Value::String(text)) => {
                            references.insert(text.clone());
                        }
                        ("description" | "summary", Value::String(text)) => {
                            words.push(text.clone());
                        }
                        _ => gather(value, references, words),
                    }
                }
            }
            Value::Array(values) => {
                for value in values {
                    gather(value, references, words);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn a_server_that_knows_its_address_says_so() {
        let written = WRITTEN.as_ref().unwrap();
        assert_eq!(by(written, None), *written);
        let told: Value =
            serde_json::from_str(&by(written, Some("https://alidade.example"))).unwrap();
        assert_eq!(told["servers"][0]["url"], "https://alidade.example");
        assert_eq!(description()["servers"][0]["url"], "/");
    }

    #[test]
    fn what_need_not_be_there_is_never_null() {
        let mut schema = json!({
            "properties": {
                "a": { "type": ["string", "null"] },
                "b": { "description": "B.", "oneOf": [{ "type": "null" }, { "$ref": "#/b" }] },
                "c": { "type": ["string", "null"] },
                "d": { "type": "array", "items": { "type": ["string", "null"] } },
            },
            "required": ["c"],
        });
        leave_null_out(&mut schema);
        let expected = json!({
            "properties": {
                "a": { "type": "string" },
                "b": { "description": "B.", "$ref": "#/b" },
                "c": { "type": ["string", "null"] },
                "d": { "type": "array", "items": { "type": ["string", "null"] } },
            },
            "required": ["c"],
        });
        assert_eq!(schema, expected);
    }
}
