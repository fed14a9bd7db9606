//! Tokens: how they are come by, when they end, and who never sees them.

use std::fs;
use std::time::Duration;

use super::trades::{Trades, document};
use crate::support::fake_case::{ClientRules, Door, FakeCase, Standing, Taken};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::log::Line;
use crate::support::listing::paths;
use crate::support::mirror::{Harvested, check_same};

const SECRET: &str = "quicksilverweed";
const SECRET_VARIABLE: &str = "ALIDADE_SOURCES__CASE__CREDENTIALS__CLIENT_SECRET";
const TOKEN_VARIABLE: &str = "ALIDADE_SOURCES__CASE__CREDENTIALS__TOKEN";

/// The trades behind a locked door, and a client that is given tokens by these rules.
fn locked(rules: ClientRules, lines: &str) -> Trades {
    let mut trades = Trades::behaving(|_| {});
    trades.server.change(|case| {
        case.door = Door::Locked;
        case.tokens.rules = Some(rules);
    });
    let token_url = format!("{}/oauth/token", trades.server.url());
    trades.configure(&format!(
        "\n[sources.case.credentials]\ntoken_url = \"{token_url}\"\nclient_id = \"alidade\"\n{lines}"
    ));
    trades.mirror.variables.insert(SECRET_VARIABLE.to_owned(), SECRET.to_owned());
    trades
}

/// The trades behind a door, shown a token that is good.
fn with_token(door: Door, private: &[u32]) -> Trades {
    let mut trades = Trades::behaving(|_| {});
    trades.server.change(|case| {
        case.door = door;
        case.tokens.admit("for-members");
        for number in private {
            case.framework(&document(*number)).standing = Standing::Private;
        }
    });
    trades.mirror.variables.insert(TOKEN_VARIABLE.to_owned(), "for-members".to_owned());
    trades
}

#[test]
fn a_client_is_given_a_token_in_every_way() {
    let basic = ClientRules::default();
    locked(basic.clone(), "").check_as_clean("Basic");
    let body = ClientRules { taken: Taken::Body, ..basic.clone() };
    locked(body, "in_body = true\n").check_as_clean("in the body");
    let created = ClientRules { status: 201, content_type: "text/html", ..basic.clone() };
    locked(created, "").check_as_clean("201 and a wrong content type");
    let scopes = "scopes = [\"core.readonly\", \"all.readonly\"]\n";
    let spaced = ClientRules { scope: "core.readonly all.readonly", ..basic.clone() };
    locked(spaced, scopes).check_as_clean("scopes with a space");
    let commas = ClientRules { scope: "core.readonly,all.readonly", ..basic };
    locked(commas, &format!("{scopes}comma_separated = true\n")).check_as_clean("with a comma");
}

#[test]
fn a_token_is_asked_for_once_and_goes_along_everywhere() {
    let trades = locked(ClientRules::default(), "");
    trades.check_as_clean("one token");
    let lines = trades.server.log().lines();
    assert_eq!(trades.server.change(|case| case.tokens.n_given), 1);
    let is_case = |line: &&Line| line.path.contains("/CFPackages/");
    assert!(lines.iter().filter(is_case).all(|line| line.is_authorized), "{lines:?}");
}

#[test]
fn a_token_that_is_refused_once_is_asked_for_again() {
    let trades = locked(ClientRules::default(), "");
    trades.server.change(|case| case.tokens.turned_away = 1);
    trades.check_as_clean("401 once");
}

#[test]
fn a_token_that_is_about_to_end_is_asked_for_anew() {
    let brief =
        ClientRules { expires_in: 1, lifetime: Duration::from_secs(1), ..ClientRules::default() };
    let trades = locked(brief, "");
    trades.server.conduct(|conduct| conduct.delay = Duration::from_millis(250));
    trades.check_as_clean("a token of a second");
    assert!(trades.server.change(|case| case.tokens.n_given) > 1);
}

#[test]
fn a_wrong_secret_is_said_and_retires_nothing() {
    let mut trades = locked(ClientRules::default(), "");
    trades.check_as_clean("with the secret");
    trades.mirror.variables.insert(SECRET_VARIABLE.to_owned(), "another".to_owned());
    trades.check_retires_nothing("a wrong secret").check_said("case");
}

#[test]
fn a_token_opens_a_locked_door() {
    with_token(Door::Locked, &[]).check_as_clean("a token");
    let mut trades = with_token(Door::Forbidden, &[]);
    trades.mirror.variables.clear();
    let file = trades.mirror.folder.path().join("token");
    fs::write(&file, "for-members\n").unwrap();
    trades
        .configure(&format!("\n[sources.case.credentials]\ntoken_file = \"{}\"\n", file.display()));
    trades.check_as_clean("a token from a file");
}

#[test]
fn a_token_that_is_ignored_in_silence_retires_nothing() {
    for status in [401, 404] {
        let trades = with_token(Door::Silent(status), &[2, 4]);
        trades.check_as_clean("with the token");
        trades.server.change(|case| case.tokens.revoke());
        trades.check_retires_nothing(&format!("the list is shorter, and packages are {status}"));
        trades.server.change(|case| case.tokens.admit("for-members"));
        trades.check_as_clean("with the token again");
    }
}

#[test]
fn a_client_whose_tokens_are_ignored_in_silence_retires_nothing() {
    let trades = locked(ClientRules::default(), "");
    trades.server.change(|case| {
        case.door = Door::Silent(401);
        case.framework(&document(3)).standing = Standing::Private;
    });
    trades.check_as_clean("with good tokens");
    trades.server.change(|case| case.tokens.rules.as_mut().unwrap().lifetime = Duration::ZERO);
    trades.check_retires_nothing("tokens that are worth nothing");
}

/// Everything that was said and everything that lies on the disk.
fn check_kept_secret(trades: &Trades, said: &[&Harvested], secrets: &[&str]) {
    let sources = trades.mirror.run(&["sources"]);
    let checked = trades.mirror.run(&["check-config"]);
    let loud = trades.mirror.run(&["harvest", "-vv"]);
    let mut texts: Vec<String> =
        said.iter().map(|harvested| format!("{} {}", harvested.report, harvested.stderr)).collect();
    for output in [&sources, &checked, &loud] {
        texts.extend([output.stdout.clone(), output.stderr.clone()]);
    }
    for secret in secrets {
        assert!(texts.iter().all(|text| !text.contains(secret)), "`{secret}` is said: {texts:?}");
        let is_in =
            |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        for path in paths(&trades.mirror.data.path()).into_iter().filter(|path| path.is_file()) {
            assert!(!is_in(&fs::read(&path).unwrap()), "`{secret}` lies in {}", path.display());
        }
    }
}

#[test]
fn no_secret_is_said_or_kept() {
    let trades = locked(ClientRules::default(), "");
    let good = trades.check_as_clean("with the secret");
    let basic = "YWxpZGFkZTpxdWlja3NpbHZlcndlZWQ=";
    check_kept_secret(&trades, &[&good], &[SECRET, basic, "token-1"]);
    trades.server.change(|case| case.tokens.rules.as_mut().unwrap().client_secret = "changed");
    let bad = trades.mirror.harvest();
    check_kept_secret(&trades, &[&bad], &[SECRET, basic]);
    let shown = with_token(Door::Locked, &[]);
    let good = shown.check_as_clean("with the token");
    shown.server.change(|case| case.tokens.revoke());
    let bad = shown.mirror.harvest();
    check_kept_secret(&shown, &[&good, &bad], &["for-members"]);
}

#[test]
fn a_token_never_leaves_its_host() {
    let elsewhere: FakeServer<FakeCase> = FakeCase::serving(super::trades::trades());
    let mut trades = with_token(Door::Locked, &[]);
    trades.configure("private_networks = [\"127.0.0.0/8\"]");
    trades.server.change(|case| {
        case.quirks.leads_packages_to = Some((307, elsewhere.url()));
    });
    let harvested = trades.mirror.harvest();
    let lines = elsewhere.log().lines();
    assert!(lines.iter().all(|line| !line.is_authorized), "{lines:?}");
    if harvested.ending("case") == "complete" {
        check_same("led elsewhere", &trades.mirror.content(), super::trades::clean());
    } else {
        harvested.check_said("case");
    }
}
