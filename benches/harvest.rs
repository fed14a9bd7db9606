//! Harvesting a server: a CASE package and pages of a registry, from a server in this process to a generation on the disk, beside a plain
//! download of the same bytes and beside an import of the same documents.
//!
//! The server answers from memory and the pace is off, so that what is measured is ours. With `ALIDADE_BENCH_LARGE=1` a package of 100 MB
//! is harvested once, and the peak memory of the program is printed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::IntoResponse;
use criterion::{Criterion, SamplingMode};
use tempfile::TempDir;

use crate::envelopes;
use crate::memory::{alidade, watch};
use crate::package;
use crate::pair::{Pair, timed};

/// How many items the package of the comparison has: some five megabytes.
const N_ITEMS: usize = 4_000;

/// How many envelopes the registry of the comparison has, and how many stand on a page.
const N_ENVELOPES: u64 = 1_000;
const A_PAGE: u64 = 200;

/// Answers from memory: what is there under each path with its query.
type Pages = BTreeMap<String, (String, Vec<u8>)>;

/// A server that gives away what it has in memory.
struct Server {
    address: SocketAddr,
    pages: Arc<Pages>,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    fn of(pages: Pages) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let pages = Arc::new(pages);
        let router = Router::new().fallback(answer).with_state(Arc::clone(&pages));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, pages, _runtime: runtime }
    }

    /// Downloads everything, one page after another, and keeps nothing.
    fn download(&self) -> u64 {
        self.pages.keys().map(|path| self.get(path)).sum()
    }

    fn get(&self, path: &str) -> u64 {
        let mut connection = TcpStream::connect(self.address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        connection.write_all(request.as_bytes()).unwrap();
        let (mut buffer, mut all) = (vec![0; 1 << 16], 0);
        loop {
            match connection.read(&mut buffer).unwrap() {
                0 => return all,
                n => all += n as u64,
            }
        }
    }

    /// Harvests everything into a new data directory.
    fn harvest(&self, kind: &str, data: &Path) -> std::process::Child {
        let config = data.with_extension("toml");
        let url = format!("http://{}", self.address);
        let text = format!(
            "[harvest]\ncontact = \"mailto:bench@example.org\"\n\n[sources.bench]\nkind = \"{kind}\"\nurl = \"{url}\"\npace = \"0s\"\n"
        );
        fs::write(&config, text).unwrap();
        let mut command = alidade(data);
        command.arg("--config").arg(config).arg("harvest").stdout(Stdio::null());
        command.stderr(Stdio::null()).spawn().unwrap()
    }
}

async fn answer(State(pages): State<Arc<Pages>>, uri: Uri) -> impl IntoResponse {
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    match pages.get(path) {
        Some((total, body)) => (
            StatusCode::OK,
            [
                (header::CONTENT_TYPE.as_str(), "application/json".to_owned()),
                ("x-total-count", total.clone()),
                ("x-total", total.clone()),
            ],
            body.clone(),
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "[]").into_response(),
    }
}

/// A CASE server with one package.
fn case(n_items: usize) -> (Pages, Vec<u8>) {
    let mut package = Vec::new();
    package::write(n_items, &mut package).unwrap();
    let framework = package::FRAMEWORK;
    let list = format!(
        r#"{{"CFDocuments":[{{"identifier":"{framework}","title":"{}","uri":"https://case.bench.example/uri/{framework}","lastChangeDateTime":"2024-03-01T09:30:00+00:00"}}]}}"#,
        package::TITLE
    );
    let base = "/ims/case/v1p1";
    let one = "1".to_owned();
    let pages = BTreeMap::from([
        (format!("{base}/CFDocuments?limit=100&offset=0"), (one.clone(), list.into_bytes())),
        (format!("{base}/CFPackages/{framework}"), (one, package.clone())),
    ]);
    (pages, package)
}

/// A registry with envelopes, as the pages of a walk.
fn registry(n_envelopes: u64) -> (Pages, Vec<u8>) {
    let all: Vec<String> = (0..n_envelopes).map(|n| envelopes::envelope(n).to_string()).collect();
    let pages = all.chunks(A_PAGE as usize).enumerate().map(|(at, page)| {
        let path =
            format!("/ce-registry/envelopes?page={}&per_page={A_PAGE}&provisional=include", at + 1);
        (path, (n_envelopes.to_string(), format!("[{}]", page.join(",")).into_bytes()))
    });
    (pages.collect(), all.join("\n").into_bytes())
}

/// Measures both kinds of servers.
pub(crate) fn measure(criterion: &mut Criterion) {
    for (name, kind, (pages, documents), unit) in [
        ("case", "case", case(N_ITEMS), ("documents", 1.0)),
        ("registry", "registry", registry(N_ENVELOPES), ("documents", N_ENVELOPES as f64)),
    ] {
        let server = Server::of(pages);
        let megabytes = documents.len() as f64 / 1e6;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("documents.ndjson");
        fs::write(&file, documents).unwrap();
        let mut group = criterion.benchmark_group(format!("harvest of a {name} server"));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(20));
        let mut harvest = || {
            let data = TempDir::new().unwrap();
            timed(|| finish(server.harvest(kind, &data.path().join("data"))))
        };
        Pair {
            name: &format!("{name}: harvest beside download"),
            unit: ("MB", megabytes),
            ours: &mut harvest,
            floor: &mut || timed(|| server.download()),
        }
        .measure(&mut group);
        Pair {
            name: &format!("{name}: harvest beside import"),
            unit,
            ours: &mut harvest,
            floor: &mut || {
                let data = TempDir::new().unwrap();
                let mut import = alidade(&data.path().join("data"));
                import.arg("import").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
                timed(|| finish(import.spawn().unwrap()))
            },
        }
        .measure(&mut group);
        group.finish();
    }
}

fn finish(mut process: std::process::Child) {
    let status = process.wait().unwrap();
    assert!(status.success(), "it ended with {status}");
}

/// Harvests one package of so many items once, and prints the peak memory of the program.
pub(crate) fn measure_memory(n_items: usize) {
    let (pages, package) = case(n_items);
    let megabytes = package.len() as f64 / 1e6;
    drop(package);
    let server = Server::of(pages);
    let folder = tempfile::tempdir().unwrap();
    let mut process = server.harvest("case", &folder.path().join("data"));
    let mut peak = None;
    let took = timed(|| peak = watch(&mut process));
    println!("harvest of {megabytes:.0} MB: {:.1} s", took.as_secs_f64());
    match peak {
        Some(peak) => {
            println!("peak memory {peak:.0} MB, {:.1} times the package", peak / megabytes);
        }
        None => println!("peak memory: this system does not tell"),
    }
}
