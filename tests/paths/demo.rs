//! The demonstration: what it shows, where it writes, what it serves.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use crate::support::http::Server;
use crate::support::listing::paths;
use crate::support::{DataDir, output_of};

/// The demonstration as somebody calls it who keeps frameworks of their own.
fn demo(data: &DataDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alidade"));
    command.arg("demo").args(args).env("ALIDADE_DATA", data.path());
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

#[test]
fn a_demonstration_leaves_the_directory_of_the_environment_alone() {
    let data = DataDir::new();
    let said = output_of(&mut demo(&data, &["--no-serve"]));
    assert_eq!(said.status, 0, "{said:?}");
    assert!(said.stdout.contains("NMF.3.FR.2"), "{}", said.stdout);
    assert!(paths(&data.path()).is_empty());
    let other = output_of(
        Command::new(env!("CARGO_BIN_EXE_alidade"))
            .args(["status"])
            .env("ALIDADE_DATA", data.path()),
    );
    assert_eq!(other.status, 1, "the variable is not read at all: {other:?}");
    assert!(other.stderr.contains(data.path().to_str().unwrap()), "{other:?}");
}

#[test]
fn a_demonstration_writes_into_the_directory_that_it_is_told() {
    let (kept, named) = (DataDir::new(), DataDir::new());
    let path = named.path();
    let said = output_of(&mut demo(&kept, &["--no-serve", "--data", path.to_str().unwrap()]));
    assert_eq!(said.status, 0, "{said:?}");
    assert_eq!(named.generation(), 1);
    assert!(paths(&kept.path()).is_empty());
}

#[test]
fn a_demonstration_ends_by_serving_its_samples_and_ctrl_c_ends_it_with_0() {
    let data = DataDir::new();
    let server = Server::start(&mut demo(&data, &["--listen", "127.0.0.1:0"]));
    assert!(server.said().contains("were not"), "{}", server.said());
    let urls = server.said().lines().filter_map(|line| line.trim().strip_prefix("curl 'http://"));
    let questions: Vec<&str> =
        urls.map(|url| url.trim_end_matches('\'').split_at(url.find('/').unwrap()).1).collect();
    assert_eq!(questions.len(), 3, "{}", server.said());
    assert!(server.get(questions[0]).json()["results"]["total"].as_u64() > Some(0));
    assert_eq!(server.get(questions[1]).json()["resolution"]["verdict"], "resolved");
    assert!(server.get(questions[2]).json()["links"]["n"].as_u64() > Some(0));
    let ended = server.stop("INT");
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(!Path::new(&data.path()).exists());
}

#[test]
fn a_demonstration_takes_a_free_port_where_its_own_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let server = Server::start(&mut demo(&DataDir::new(), &["--listen", &address.to_string()]));
    assert!(server.said().contains(&format!("{address} is taken")), "{}", server.said());
    assert_ne!(server.address(), address);
    assert_eq!(server.get("/readyz").status, 200);
    assert_eq!(server.stop("TERM").status, 0);
}
