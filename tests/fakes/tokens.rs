//! The token endpoint of the fake CASE server.

use std::time::Duration;

use super::caller::{ask, send};
use crate::support::fake_case::{ClientRules, Door, FakeCase, Taken};
use crate::support::fake_server::FakeServer;
use crate::support::http::{Answer, request};
use crate::support::package::numbered;

/// `alidade:quicksilverweed`
const BASIC: &str = "Basic YWxpZGFkZTpxdWlja3NpbHZlcndlZWQ=";

fn server(rules: ClientRules) -> FakeServer<FakeCase> {
    let server = FakeCase::serving([numbered(1, "Knots", 1)]);
    server.change(|case| {
        case.door = Door::Locked;
        case.tokens.rules = Some(rules);
    });
    server
}

fn token(server: &FakeServer<FakeCase>, basic: Option<&str>, form: &str) -> Answer {
    let mut fields = vec![("Content-Type", "application/x-www-form-urlencoded")];
    fields.extend(basic.map(|basic| ("Authorization", basic)));
    send(server.address(), &request("POST", "/oauth/token", &fields, form.as_bytes())).unwrap()
}

fn status_with(server: &FakeServer<FakeCase>, token: &str) -> u16 {
    let fields = [("Authorization", format!("Bearer {token}"))];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    ask(server.address(), "/ims/case/v1p1/CFDocuments", &fields).unwrap().status
}

#[test]
fn a_client_that_names_itself_by_basic_or_in_the_body_is_given_a_token() {
    let basic = server(ClientRules::default());
    let given = token(&basic, Some(BASIC), "grant_type=client_credentials");
    assert_eq!(given.status, 200);
    let given = given.json();
    assert_eq!(
        (given["token_type"].as_str(), given["expires_in"].as_u64()),
        (Some("Bearer"), Some(3_600))
    );
    assert_eq!(status_with(&basic, given["access_token"].as_str().unwrap()), 200);
    assert_eq!(status_with(&basic, "token-of-nobody"), 401);
    let form = "grant_type=client_credentials&client_id=alidade&client_secret=quicksilverweed";
    assert_eq!(token(&basic, None, form).status, 401, "it reads Basic only");
    let body = server(ClientRules { taken: Taken::Body, status: 201, ..ClientRules::default() });
    assert_eq!(token(&body, None, form).status, 201);
    assert_eq!(token(&body, None, &form.replace("weed", "")).status, 401);
    assert_eq!(body.change(|case| case.tokens.n_given), 1);
}

#[test]
fn scopes_are_read_to_the_letter() {
    let rules =
        ClientRules { scope: "a.read,b.read", content_type: "text/html", ..ClientRules::default() };
    let server = server(rules);
    let asked = |scope: &str| {
        token(&server, Some(BASIC), &format!("grant_type=client_credentials&scope={scope}"))
    };
    assert_eq!((asked("a.read+b.read").status, asked("a.read%2Cb.read").status), (400, 200));
    assert_eq!(asked("a.read%2Cb.read").field("content-type"), Some("text/html"));
}

#[test]
fn a_token_ends_by_itself_or_by_decree() {
    let brief = server(ClientRules { lifetime: Duration::ZERO, ..ClientRules::default() });
    let given = token(&brief, Some(BASIC), "grant_type=client_credentials").json();
    assert_eq!(status_with(&brief, given["access_token"].as_str().unwrap()), 401);
    let server = server(ClientRules::default());
    let given = token(&server, Some(BASIC), "grant_type=client_credentials").json();
    server.change(|case| case.tokens.revoke());
    assert_eq!(status_with(&server, given["access_token"].as_str().unwrap()), 401);
}
