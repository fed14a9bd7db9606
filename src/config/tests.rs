//! Whole configurations, read.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use crawler::access::Credentials;
use crawler::harvest::Scope;
use tempfile::TempDir;

use crate::config::source::Server;
use crate::config::{Configuration, Inputs, Secrets, What};
use crate::schedule::Schedule;

/// A folder with a configuration in it, an environment and flags.
struct Setup {
    folder: TempDir,
    inputs: Inputs,
}

/// A CASE server with a contact, to which a test adds what it is about.
const GEORGIA: &str = "[harvest]\ncontact = \"mailto:ops@example.org\"\n[sources.georgia]\n\
                       kind = \"case\"\nurl = \"https://case.example.org\"\n";

/// The same of a registry.
const REGISTRY: &str = "[harvest]\ncontact = \"https://example.org/us\"\n[sources.ce]\n\
                        kind = \"registry\"\nurl = \"https://sandbox.credentialengineregistry.org\"\n";

impl Setup {
    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("alidade.toml");
        fs::write(&file, text).unwrap();
        Self { folder, inputs: Inputs { config: Some(file), ..Inputs::default() } }
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.inputs.variables.insert(OsString::from(name), OsString::from(value));
        self
    }

    fn set(mut self, text: &str) -> Self {
        self.inputs.set.push(text.to_owned());
        self
    }

    #[track_caller]
    fn load(&self) -> Configuration {
        Configuration::load(&self.inputs, Secrets::Read).unwrap()
    }

    #[track_caller]
    fn refused(&self, words: &[&str]) -> String {
        let error = Configuration::load(&self.inputs, Secrets::Read).unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "`{word}` is not in: {error}");
        }
        error
    }

    fn origin(&self, key: &str) -> String {
        let configuration = self.load();
        let found = configuration.effective.iter().find(|value| value.key.to_string() == key);
        let found = found.unwrap_or_else(|| panic!("{key} is not in {configuration:?}"));
        let folder = format!("{}/", self.folder.path().display());
        format!("{} {}", found.to_toml(), found.origin).replace(&folder, "")
    }
}

#[track_caller]
fn server(configuration: &Configuration, name: &str) -> Server {
    match &configuration.sources[name].what {
        What::Server(server) => (**server).clone(),
        What::Files { .. } => panic!("{name} is no server"),
    }
}

#[test]
fn nothing_configured_is_no_sources_and_no_fault() {
    let configuration = Setup::of("").load();
    assert!(configuration.sources.is_empty() && !configuration.has_schedules());
    assert_eq!(configuration.serving.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(configuration.serving.limits, crate::config::Limits::DEFAULT);
    assert_eq!(configuration.serving.public_url, None);
}

#[test]
fn what_is_not_said_is_built_in() {
    let configuration = Setup::of(GEORGIA).load();
    let server = server(&configuration, "georgia");
    assert_eq!(server.access.pace, Duration::from_secs(2));
    assert_eq!(server.access.at_once, 1);
    assert_eq!(server.confirm_after, Duration::from_hours(24));
    assert!(server.access.user_agent.starts_with("alidade/"), "{}", server.access.user_agent);
    assert!(server.access.user_agent.ends_with(" (+mailto:ops@example.org)"));
    assert_eq!(configuration.sources["georgia"].schedule, "7d".parse().unwrap());
    assert!(configuration.sources["georgia"].terms.redistribute);
    assert_eq!(configuration.warnings, [""; 0]);
}

#[test]
fn the_last_layer_that_says_something_wins_and_is_named() {
    let key = "sources.georgia.pace";
    let setup = Setup::of(GEORGIA);
    assert_eq!(setup.origin(key), "\"2s\" default");
    let setup = Setup::of(&format!("{GEORGIA}pace = \"3s\"\n"));
    assert_eq!(setup.origin(key), "\"3s\" alidade.toml, line 6");
    let setup = setup.variable("ALIDADE_SOURCES__GEORGIA__PACE", "4s");
    assert_eq!(setup.origin(key), "\"4s\" variable ALIDADE_SOURCES__GEORGIA__PACE");
    let setup = setup.set("sources.georgia.pace=5s").set("sources.georgia.pace = 6s");
    assert_eq!(setup.origin(key), "\"6s\" flag --set");
    assert_eq!(server(&setup.load(), "georgia").access.pace, Duration::from_secs(6));
}

#[test]
fn a_source_may_stand_in_the_environment_alone() {
    let setup = Setup::of("")
        .variable("ALIDADE_HARVEST__CONTACT", "mailto:a@b.example")
        .variable("ALIDADE_SOURCES__NEW_YORK__KIND", "case")
        .variable("ALIDADE_SOURCES__NEW_YORK__URL", "https://case.example.org/x")
        .variable("ALIDADE_SOURCES__NEW_YORK__SUBJECTS", "Mathematics, Science")
        .variable("ALIDADE_SOURCES__NEW_YORK__AT_ONCE", "2")
        .variable("ALIDADE_SOURCES__NEW_YORK__PACE", "");
    let server = server(&setup.load(), "new-york");
    let Scope::Case(scope) = server.scope else { panic!("{:?}", server.scope) };
    assert_eq!(scope.subjects, ["Mathematics", "Science"]);
    assert_eq!(server.access.at_once, 2);
    assert_eq!(server.access.pace, Duration::from_secs(2), "an empty variable says nothing");
}

#[test]
fn all_mistakes_are_named_at_once_with_their_places() {
    let text =
        format!("{GEORGIA}pace = \"2 parsecs\"\nframwork = []\nat_once = 0\nmax_bytes = \"x\"\n");
    let error = Setup::of(&text).variable("ALIDADE_SERVE__LISTEN", "here").refused(&[
        "alidade.toml, line 6): `2 parsecs` is not a length of time",
        "alidade.toml, line 7): there is no such key; did you mean `frameworks`?",
        "line 8): `0` is not a whole number from 1 on",
        "`x` is not a whole number",
        "`serve.listen` (variable ALIDADE_SERVE__LISTEN): `here` is not an address with its port",
    ]);
    assert_eq!(error.lines().count(), 6, "{error}");
}

#[test]
fn values_of_the_wrong_type_are_refused_with_what_is_right() {
    for (line, words) in [
        ("pace = 2", "`2` is not a length of time with its unit"),
        ("redistribute = \"yes\"", "`yes` is not `true` or `false`"),
        ("frameworks = \"x\"", "`x` is not a list of texts"),
        ("frameworks = [\"a b\"]", "`a b` is no identifier of a framework"),
        ("frameworks = [\"a/b\"]", "`a/b` is no identifier of a framework"),
        ("frameworks = [\"a?b\"]", "`a?b` is no identifier of a framework"),
        ("frameworks = [\"a#b\"]", "`a#b` is no identifier of a framework"),
        ("frameworks = [\"\"]", "`` is no identifier of a framework"),
        ("frameworks = [1]", "a list of texts"),
        ("subjects = true", "a list of texts"),
        ("subjects = [\"\"]", "one of them is empty"),
        ("schedule = \"weekly\"", "`weekly` is no schedule"),
        ("licence = \"CC-BY\"", "`CC-BY` is not an address"),
        ("private_networks = [\"10.0.0.0/40\"]", "no network"),
        ("max_requests = -1", "whole number"),
        ("answer_timeout = \"0s\"", "no time at all"),
        ("credentials = \"x\"", "it is a table"),
        ("pace.slow = \"2s\"", "nothing inside"),
        ("community = \"x\"", "kind `case` has no such key"),
    ] {
        Setup::of(&format!("{GEORGIA}{line}\n")).refused(&["line 6", words]);
    }
}

#[test]
fn identifiers_are_checked_and_written_in_their_one_form() {
    let ctid = "ce-0A1B2C3D-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
    let text = format!("{REGISTRY}ctids = [\"{ctid}\"]\ntypes = [\"ceterms:Certification\"]\n");
    let server = server(&Setup::of(&text).load(), "ce");
    let Scope::Registry(scope) = server.scope else { panic!("{:?}", server.scope) };
    assert_eq!(scope.ctids, [ctid.to_lowercase()]);
    assert_eq!(scope.community, "ce-registry");
    assert_eq!(scope.walk_every, Duration::from_hours(30 * 24));
    assert_eq!(
        server.environment.as_ref().map(ontology::Environment::as_str),
        Some("sandbox"),
        "as the host says"
    );
    Setup::of(&format!("{REGISTRY}ctids = [\"ce-1\"]\n")).refused(&["line 6", "`ce-1`"]);
    Setup::of(&format!("{REGISTRY}types = [\"certification\"]\n"))
        .refused(&["`certification` is no class, such as `ceterms:Certification`"]);
    Setup::of(&format!("{REGISTRY}environment = \"test\"\n"))
        .refused(&["`test` is not `production`"]);
    Setup::of(&format!("{REGISTRY}community = \"a/b\"\n")).refused(&["`a/b` is not the name"]);
}

#[test]
fn a_framework_is_named_by_a_guid_in_either_case_or_by_what_else_its_server_says() {
    let guid = "6B9BF846-D7CC-11E8-824F-0242AC160002";
    let text = format!("{GEORGIA}frameworks = [\"{guid}\", \"Framework-A\"]\n");
    let server = server(&Setup::of(&text).load(), "georgia");
    let Scope::Case(scope) = server.scope else { panic!("{:?}", server.scope) };
    assert_eq!(scope.frameworks, [guid.to_lowercase(), "Framework-A".to_owned()]);
}

#[test]
fn a_secret_stands_in_the_environment_or_in_a_file_and_is_never_shown() {
    let table = format!("{GEORGIA}[sources.georgia.credentials]\n");
    let variable = "ALIDADE_SOURCES__GEORGIA__CREDENTIALS__TOKEN";
    let error = Setup::of(&format!("{table}token = \"hunter2\"\n")).refused(&[
        "line 7",
        variable,
        "token_file",
    ]);
    assert!(!error.contains("hunter2"), "{error}");
    let flag = "sources.georgia.credentials.client_secret=hunter2";
    let error = Setup::of(GEORGIA).set(flag).refused(&["flag --set", "client_secret_file"]);
    assert!(!error.contains("hunter2"), "{error}");

    let setup = Setup::of(GEORGIA).variable(variable, "hunter2");
    let configuration = setup.load();
    match server(&configuration, "georgia").access.credentials {
        Credentials::Token(token) => assert_eq!(token.reveal(), "hunter2"),
        other => panic!("{other:?}"),
    }
    assert!(!format!("{configuration:?}").contains("hunter2"), "{configuration:?}");
    assert_eq!(
        setup.origin("sources.georgia.credentials.token"),
        format!("\"***\" variable {variable}")
    );
}

#[test]
fn a_file_with_a_secret_lies_beside_the_configuration_and_is_for_its_owner_alone() {
    let text = format!("{GEORGIA}[sources.georgia.credentials]\ntoken_file = \"token\"\n");
    let setup = Setup::of(&text);
    setup.refused(&["line 7", "token` cannot be read"]);
    // Whoever only wants to know what is configured needs no secret.
    Configuration::load(&setup.inputs, Secrets::Left).unwrap();
    let file = setup.folder.path().join("token");
    fs::write(&file, "hunter2\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let configuration = setup.load();
    match server(&configuration, "georgia").access.credentials {
        Credentials::Token(token) => assert_eq!(token.reveal(), "hunter2"),
        other => panic!("{other:?}"),
    }
    assert_eq!(configuration.warnings, [""; 0]);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(setup.load().warnings[0].contains("everybody on this machine"));
    fs::write(&file, "\n").unwrap();
    setup.refused(&["is empty"]);
    fs::write(&file, "a\nhunter2\n").unwrap();
    assert!(!setup.refused(&["more than one line"]).contains("hunter2"));
}

#[test]
fn a_client_needs_all_of_its_parts() {
    let secret = "ALIDADE_SOURCES__GEORGIA__CREDENTIALS__CLIENT_SECRET";
    let table = format!("{GEORGIA}[sources.georgia.credentials]\n");
    Setup::of(&format!("{table}client_id = \"me\"\n"))
        .refused(&["`sources.georgia.credentials.token_url`: it is missing", secret]);
    let whole = format!(
        "{table}client_id = \"me\"\ntoken_url = \"https://case.example.org/token\"\nscopes = [\"a\", \"b\"]\n"
    );
    let setup = Setup::of(&whole).variable(secret, "hunter2");
    match server(&setup.load(), "georgia").access.credentials {
        Credentials::Client { client_id, scopes, comma_separated, in_body, .. } => {
            assert_eq!((client_id.as_str(), scopes.len()), ("me", 2));
            assert!(!comma_separated && !in_body);
        }
        other => panic!("{other:?}"),
    }
    setup
        .variable("ALIDADE_SOURCES__GEORGIA__CREDENTIALS__TOKEN", "hunter3")
        .refused(&["two ways in"]);
    let plain = whole.replace("https://case.example.org/token", "http://case.example.org/token");
    Setup::of(&plain).variable(secret, "hunter2").refused(&["over `https://` only"]);
}

#[test]
fn nothing_is_asked_in_the_open_but_what_is_near_and_named() {
    let with = |url: &str, more: &str| {
        let url = format!("url = \"{url}\"\n{more}");
        Setup::of(&GEORGIA.replace("url = \"https://case.example.org\"\n", &url))
    };
    with("http://case.example.org", "").refused(&["line 5", "write `https://`"]);
    with("http://127.0.0.1:8080", "").load();
    with("http://localhost:8080", "").load();
    with("http://10.1.2.3", "").load();
    with("http://case.internal", "private_networks = [\"10.1.0.0/16\"]\n").load();
    let token = "ALIDADE_SOURCES__GEORGIA__CREDENTIALS__TOKEN";
    with("http://127.0.0.1:8080", "").variable(token, "x").load();
    with("http://10.1.2.3", "").variable(token, "x").refused(&["over `https://` only"]);
    let error =
        with("https://me:hunter2@case.example.org", "").refused(&["belong to `credentials`"]);
    assert!(!error.contains("hunter2"), "{error}");
    with("ftp://case.example.org", "").refused(&["neither"]);
    with("case.example.org", "").refused(&["write it whole"]);
    with("https://case.example.org/?a=b", "").refused(&["a query"]);
}

#[test]
fn whoever_asks_a_server_says_how_to_be_reached() {
    let alone = GEORGIA.replace("contact = \"mailto:ops@example.org\"\n", "");
    Setup::of(&alone).refused(&["`harvest.contact`: it is missing"]);
    for contact in ["ops@example.org", "mailto:nobody", "http://example.org"] {
        Setup::of(&alone).variable("ALIDADE_HARVEST__CONTACT", contact).refused(&[contact]);
    }
    let files = "[sources.mine]\nkind = \"files\"\npath = \"exports\"\n";
    let setup = Setup::of(files);
    let configuration = setup.load();
    let source = &configuration.sources["mine"];
    assert_eq!(source.schedule, Schedule::Manual);
    assert_eq!(PathBuf::from(source.address()), setup.folder.path().join("exports"));
    assert!(configuration.warnings[0].contains("is not there"));
}

#[test]
fn the_name_of_a_source_can_be_a_variable_and_a_folder() {
    for name in ["Georgia", "new_york", "a--b", "-a", "\"a b\"", &"a".repeat(41)] {
        let text = GEORGIA.replace("[sources.georgia]", &format!("[sources.{name}]"));
        Setup::of(&text).refused(&["the name of a source"]);
    }
    let text = GEORGIA.replace("[sources.georgia]", &format!("[sources.{}]", "a".repeat(40)));
    Setup::of(&text).load();
}

#[test]
fn a_source_says_what_it_is() {
    Setup::of("[sources.a]\n").refused(&["`sources.a.kind`: it is missing"]);
    Setup::of(&GEORGIA.replace("\"case\"", "\"caes\"")).refused(&["did you mean `case`?"]);
    Setup::of("[sources.a]\nkind = \"files\"\n").refused(&["`sources.a.path`: it is missing"]);
    Setup::of("sources = 3\n").refused(&["it is a table"]);
    Setup::of(&GEORGIA.replace("url = \"https://case.example.org\"\n", ""))
        .refused(&["`sources.georgia.url`: it is missing"]);
}

#[test]
fn a_dump_needs_a_token() {
    let dump = format!("{REGISTRY}dump = true\n");
    Setup::of(&dump).refused(&["line 6", "ALIDADE_SOURCES__CE__CREDENTIALS__TOKEN"]);
    Setup::of(&dump).variable("ALIDADE_SOURCES__CE__CREDENTIALS__TOKEN", "x").load();
}

#[test]
fn what_is_hard_on_a_server_is_warned_of() {
    let text = format!("{GEORGIA}pace = \"0s\"\nat_once = 8\nschedule = \"10m\"\n");
    let warnings = Setup::of(&text).load().warnings.join("\n");
    for words in ["without a pause", "8 times at once", "every 10m"] {
        assert!(warnings.contains(words), "{warnings}");
    }
    let local = text.replace("https://case.example.org", "http://127.0.0.1:1");
    assert_eq!(Setup::of(&local).load().warnings, [""; 0]);
    let twins =
        format!("{GEORGIA}[sources.twin]\nkind = \"case\"\nurl = \"https://case.example.org\"\n");
    assert!(Setup::of(&twins).load().warnings[0].contains("`georgia` and `twin`"));
}

#[test]
fn a_flag_without_a_value_and_a_file_that_is_not_there_are_refused() {
    let error = Setup::of("").set("hunter2").refused(&["KEY=VALUE"]);
    assert!(!error.contains("hunter2"), "{error}");
    let mut setup = Setup::of("");
    setup.inputs.config = Some(setup.folder.path().join("missing.toml"));
    setup.refused(&["missing.toml` is not there"]);
    let by_variable = Inputs {
        variables: [("ALIDADE_CONFIG".into(), setup.folder.path().join("no.toml").into())].into(),
        ..Inputs::default()
    };
    let error = Configuration::load(&by_variable, Secrets::Read).unwrap_err().to_string();
    assert!(error.contains("no.toml` is not there"), "{error}");
}

#[test]
fn the_server_that_is_asked_in_private_is_named_in_any_layer() {
    let none = Setup::of("data = \"d\"\n").load();
    assert_eq!(none.server, None);
    let file = "[resolve]\nserver = \"https://alidade.example/below\"\n";
    let server = Setup::of(file).load().server.unwrap();
    assert_eq!(server.url.as_str(), "https://alidade.example/below");
    let near = Setup::of(file).set("resolve.server=http://127.0.0.1:8080").load().server.unwrap();
    assert_eq!(near.url.as_str(), "http://127.0.0.1:8080/");
    let variable = Setup::of("").variable("ALIDADE_RESOLVE__SERVER", "https://other.example");
    assert_eq!(variable.load().server.unwrap().url.host_str(), Some("other.example"));
    Setup::of("[resolve]\nserver = \"http://alidade.example\"\n")
        .refused(&["everybody on the way"]);
    Setup::of("[resolve]\nserver = \"alidade.example\"\n").refused(&["it is no address"]);
    Setup::of("[resolve]\nservers = \"x\"\n").refused(&["did you mean `server`?"]);
    let named = Setup::of(
        "[resolve]\nserver = \"http://alidade.internal\"\nprivate_networks = [\"10.1.0.0/16\"]\n",
    );
    assert_eq!(named.load().server.unwrap().private_networks.len(), 1);
}
