//! The HTTP door: every route on one page.
//!
//! It takes identifiers and no credentials, unless its operator says otherwise, writes nothing, and logs nothing that a caller sends. Its neighbours are
//! [`crate::lookup`], which it shares with the command line, and the generations of `index`, which it follows.
//!
//! | Route | Answer |
//! |---|---|
//! | `GET /v1/resolve?id=…[&framework=…][&asOf=…]` | what one identifier means |
//! | `POST /v1/resolve[?asOf=…]` | what up to 1,000 identifiers or alignments mean, in their order, as JSON or NDJSON |
//! | `POST /v1/credentials/resolve[?asOf=…]` | what a whole credential means; off unless the configuration switches it on |
//! | `GET /v1/resources/{id}[?asOf=…]` | a resource with everything around it |
//! | `GET /v1/resources/{id}/ancestors` | what stands above it, from its framework down |
//! | `GET /v1/resources/{id}/children`, `GET /v1/resources/{id}/siblings` | what stands below and beside it, in the publisher's order, page by page |
//! | `GET /v1/resources/{id}/crosswalk` | what it is equivalent or related to, with the way there |
//! | `GET /v1/resources/{id}/referenced-by[?relation=…]` | how often it is required, taught, aligned to; and by what |
//! | `GET /v1/resources/{id}/history` | what has changed about it |
//! | `GET /v1/frameworks[?publisher=…]…` | all frameworks by title |
//! | `GET /v1/frameworks/{id}/tree[?depth=…]` | what stands under one, level by level |
//! | `GET /v1/resources/{id}/alignment[?format=…][&asOf=…]` | the alignment of a badge that points at it, ready to be pasted |
//! | `GET /v1/search[?q=…][&kind=…][&facets=…][&limit=…][&cursor=…]…` | the resources that have the words, the code or the identifier; everything without `q` |
//! | `POST /v1/multi-search` | up to 20 searches, each as if it were alone |
//! | `GET /v1/autocomplete?q=…[&kind=…]…` | how what somebody types may go on |
//! | `POST /v1/suggest` | the competencies that a text, or each of up to 100, is about |
//! | `GET /v1/similar?id=…`, `GET /v1/similar?text=…`, `POST /v1/similar` | what says nearly the same; a report over a framework |
//! | `GET /v1/range` | how every name is dealt out by the first digits of its hash |
//! | `GET /v1/range/{prefix}`, `GET /v1/range/{version}/{prefix}` | all names that begin with these digits |
//! | `GET /v1/changes[?after=…]` | what was added, changed, moved and retired, as NDJSON or JSON |
//! | `GET /v1/stats` | how much there is |
//! | `GET /v1/sources` | what is known of the sources: freshness, last runs, what is due |
//! | `GET /sparql?query=…[&default-graph-uri=…][&named-graph-uri=…]`, `POST /sparql` | what a SPARQL query finds |
//! | `GET /sparql` | what this endpoint is, for programs; a page to ask on, for browsers |
//! | `GET /id/{id}` | a resource itself, which leads on to a document about it |
//! | `GET /doc/{id}[.jsonld, .ttl, .nt, .nq, .html]` | everything that is said of a resource, in the form that the ending or `Accept` names |
//! | `GET /context.jsonld` | the context of all JSON-LD |
//! | `GET /.well-known/void` | leads on to `/void.ttl`, `/void.jsonld`, `/void.nt`: the data sets, their licences and dumps |
//! | `GET /sitemap.xml[?part=…]`, `GET /robots.txt` | what those who search the web may read |
//! | `GET /dumps[?limit=…][&after=…]` | what can be taken along: everything and each framework, with licences, and sizes where they are known |
//! | `GET /dumps/all.{nq,ndjson,csv}.zst[.sha256]` | everything that may be given away, or its digest |
//! | `GET /dumps/frameworks/{hash}.{nq,ndjson,csv}.zst[.sha256]` | a framework with what belongs to it, or its digest |
//! | `GET /[?q=…][&kind=…]…` | a page with a box: what is inside, or what was found |
//! | `GET /r/{id}[?asOf=…]` | a page about a resource |
//! | `GET /r/{id}/referenced-by[?relation=…][&limit=…][&cursor=…]` | a page of what refers to it, counted by relation, or one relation page by page |
//! | `GET /frameworks[?q=…][&publisher=…]…`, `GET /frameworks/{id}[?q=…]` | a page of all frameworks; one framework with its tree, and what is found inside |
//! | `GET /frameworks/compare?a=…[&b=…]` | a page with two frameworks side by side; without `b`, which to compare with |
//! | `GET /sources` | a page that says where everything comes from and how fresh it is |
//! | `GET /about` | a page that says what this does and does not do |
//! | `GET /opensearch.xml` | how a browser searches here |
//! | `GET /badge` | a page that reads a badge in the browser and asks what is in it |
//! | `GET /alidade.js` | the module with which any page does that |
//! | `GET /picker` | a page that shows the picker in a plain form |
//! | `GET /picker.js` | the element with which any form picks an alignment |
//! | `GET /problems`, `GET /problems/{code}` | what a problem means and what to do about it |
//! | `GET /openapi.json` | the description of all this, in the words of [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html) |
//! | `GET /docs`, `GET /docs/{operation}`, `GET /docs/schemas/{name}` | pages that show it and try it out |
//! | `GET /livez` | the process is up |
//! | `GET /readyz` | a generation is open and answers |
//!
//! Every error is a [`Problem`](problem::Problem); every answer names its generation, in the JSON where it has an answer to give and in
//! the header `Alidade-Generation`, and its request in `X-Request-Id`.
//!
//! Routes stand under [`Terms`](terms::Terms): what a request counts for (`costing`), and who may keep what is answered to GET
//! (`cached_by`). Both hold for the routes that follow; the default is 1, and nobody.

mod answer;
mod around;
mod asked;
mod asset;
mod autocomplete;
mod batch;
mod body;
mod caller;
mod changes;
mod client;
mod coding;
mod connection;
mod credential;
mod credentials;
mod current;
mod docs;
mod door;
mod dumps;
mod files;
mod form;
mod frame;
mod frameworks;
mod gone;
mod health;
mod keeper;
mod kind;
mod link;
mod linked;
mod many;
mod negotiation;
mod openapi;
mod overview;
mod paged;
mod pages;
mod parameters;
mod problem;
mod problems;
mod range;
mod rates;
mod referrers;
mod request_id;
mod resolve;
mod resources;
mod routes;
mod search;
mod service;
mod similar;
mod sources;
mod sparql;
mod state;
mod stats;
mod suggest;
mod tag;
mod terms;

use crate::server::openapi::document;
use crate::server::routes::Routes;
use crate::server::terms::Caching;

pub(crate) use crate::server::keeper::Keeping;
pub(crate) use crate::server::service::{Config, Service};

/// Every route.
fn routes() -> Routes {
    let routes = Routes::default()
        // Verifiers hold a credential and ask what it means. What they ask tells about whoever holds it.
        .get("/v1/resolve", resolve::one)
        .post("/v1/resolve", resolve::many)
        .post("/v1/credentials/resolve", credentials::resolve)
        // Who asks in private asks for many buckets, so that these are not counted.
        .costing(0)
        .cached_by(Caching::Handler)
        .get("/v1/range", range::layout)
        .get("/v1/range/{prefix}", range::of_now)
        .get("/v1/range/{version}/{prefix}", range::of_version)
        .costing(1)
        .cached_by(Caching::Everybody)
        .get("/v1/resources/{id}", resources::one)
        .get("/v1/resources/{id}/history", around::history)
        // Issuers look for what a new badge is aligned to.
        .get("/v1/resources/{id}/alignment", resources::alignment)
        .get("/v1/resources/{id}/ancestors", around::ancestors)
        .get("/v1/resources/{id}/children", around::children)
        .get("/v1/resources/{id}/siblings", around::siblings)
        .get("/v1/frameworks", frameworks::all)
        .get("/v1/frameworks/{id}/tree", frameworks::tree)
        .get("/v1/autocomplete", autocomplete::complete)
        .costing(5)
        .cached_by(Caching::Nobody)
        .post("/v1/suggest", suggest::of_texts)
        .get("/v1/similar", similar::of_address)
        .post("/v1/similar", similar::of_body)
        // Talent marketplaces search, and follow what is linked.
        .costing(1)
        .cached_by(Caching::Everybody)
        .get("/v1/search", search::search)
        .costing(5)
        .post("/v1/multi-search", search::several)
        .costing(1)
        .get("/v1/resources/{id}/crosswalk", around::crosswalk)
        .get("/v1/resources/{id}/referenced-by", around::referenced_by)
        .costing(10)
        .cached_by(Caching::Nobody)
        .seen(true)
        .get("/sparql", sparql::get)
        .seen(false)
        .post("/sparql", sparql::post)
        // Programs and robots that follow what is linked.
        .costing(1)
        .cached_by(Caching::Everybody)
        .get("/id/{id}", linked::document::id)
        .get("/doc/{id}", linked::document::document)
        .get("/context.jsonld", linked::vocabulary::context)
        .get("/robots.txt", linked::sitemap::robots)
        .get("/.well-known/void", linked::catalog::catalog)
        .costing(5)
        .get("/void.ttl", linked::catalog::catalog_as_turtle)
        .get("/void.jsonld", linked::catalog::catalog_as_json_ld)
        .get("/void.nt", linked::catalog::catalog_as_n_triples)
        .get("/sitemap.xml", linked::sitemap::sitemap)
        // Who keeps a copy, or looks after this one.
        .cached_by(Caching::Handler)
        .get("/dumps", dumps::list)
        .get("/dumps/{name}", dumps::all)
        .get("/dumps/frameworks/{name}", dumps::framework)
        .costing(1)
        .cached_by(Caching::Everybody)
        .get("/v1/changes", changes::changes)
        .get("/v1/stats", stats::stats)
        .cached_by(Caching::Nobody)
        .get("/v1/sources", sources::sources)
        .costing(0)
        .seen(true)
        .get("/problems", problems::all)
        .get("/problems/{code}", problems::one)
        .seen(false)
        .get("/livez", health::livez)
        .get("/readyz", health::readyz)
        // People who read a badge, or the description of all this, in their browser.
        .costing(1)
        .cached_by(Caching::Handler)
        .get("/openapi.json", document::document);
    docs::docs(files::files(pages::pages(routes)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use axum::extract::State;
    use time::OffsetDateTime;
    use tokio::net::TcpListener;
    use tokio::runtime::{Builder, Runtime};
    use tokio::sync::watch;

    use super::routes;
    use crate::config::Limits;
    use crate::pipeline::{ImportReport, Pipeline};
    use crate::present::Bar;
    use crate::server::answer::Answer;
    use crate::server::connection::Patience;
    use crate::server::current::Current;
    use crate::server::door::Door;
    use crate::server::problem::Problem;
    use crate::server::routes::Routes;
    use crate::server::state::{AppState, Taken};
    use crate::server::terms::{Caching, Deprecation};

    const LIMIT: Duration = Duration::from_millis(50);

    const PATIENCE: Duration = Duration::from_mins(1);

    async fn panics() -> Answer {
        panic!("quillfeather");
    }

    async fn panics_below(State(state): State<AppState>, taken: Taken) -> Result<Answer, Problem> {
        state.answer(taken.0, |_| -> Result<(), Problem> { panic!("quillfeather") }).await
    }

    /// A look-up that ends when the test lets it.
    async fn hangs(
        state: AppState,
        taken: Taken,
        end: Arc<Mutex<Receiver<()>>>,
    ) -> Result<Answer, Problem> {
        let look_up = move |_: &index::Reader| {
            let ended = end.lock().unwrap().recv();
            Ok(ended.is_ok())
        };
        state.answer(taken.0, look_up).await
    }

    fn sample() -> tempfile::TempDir {
        let data = tempfile::tempdir().unwrap();
        let mut pipeline = Pipeline::open(data.path(), OffsetDateTime::UNIX_EPOCH).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/frameworks");
        pipeline.take_in(&folder, &mut ImportReport::default(), &mut Bar::new()).unwrap();
        pipeline.settle(&BTreeSet::new()).unwrap();
        data
    }

    /// What answers on a free port until it is dropped.
    struct Serving {
        address: SocketAddr,
        _stop: watch::Sender<bool>,
        _runtime: Runtime,
    }

    impl Serving {
        fn start(data: &Path, routes: Routes) -> Self {
            Self::counting(data, routes, &Limits { rate: 0, ..Limits::DEFAULT })
        }

        fn counting(data: &Path, routes: Routes, limits: &Limits) -> Self {
            let current = Arc::new(Current::open(data).unwrap());
            let state =
                AppState::new(current, Arc::default(), || OffsetDateTime::UNIX_EPOCH, LIMIT);
            let state = state.counting(limits);
            let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
            let runtime = runtime.unwrap();
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
            let address = listener.local_addr().unwrap();
            let patience = Patience { head: PATIENCE, answer: PATIENCE, idle: PATIENCE };
            let door = Door::new(listener, patience, &Limits::DEFAULT);
            let (stop, stopped) = watch::channel(false);
            runtime.spawn(door.serve(routes.surrounded(state), stopped));
            Self { address, _stop: stop, _runtime: runtime }
        }

        fn get(&self, path: &str, fields: &str) -> String {
            let mut stream = TcpStream::connect(self.address).unwrap();
            let head = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
            write!(stream, "{head}{fields}\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        }
    }

    #[track_caller]
    fn check(answer: &str, status: &str, code: &str) {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("content-type: application/problem+json\r\n"), "{answer}");
        assert!(answer.contains("alidade-generation: 1\r\n"), "{answer}");
        assert!(answer.contains("cache-control: no-store\r\n"), "{answer}");
        assert!(answer.contains(&format!("\"/problems/{code}\"")), "{answer}");
        assert!(!answer.contains("quillfeather"), "{answer}");
        let id = answer.split("x-request-id: ").nth(1).unwrap().split("\r\n").next().unwrap();
        assert!(answer.contains(&format!("\"instance\":\"urn:alidade:request:{id}\"")), "{answer}");
    }

    #[test]
    fn a_panic_is_500_without_its_words_and_a_look_up_that_hangs_is_503() {
        let data = sample();
        let (release, end) = channel();
        let end = Arc::new(Mutex::new(end));
        let hang = move |State(state): State<AppState>, taken: Taken| hangs(state, taken, end);
        let routes =
            routes().get("/panics", panics).get("/panics-below", panics_below).get("/hangs", hang);
        let serving = Serving::start(data.path(), routes);
        check(&serving.get("/panics", ""), "500", "internal");
        check(&serving.get("/panics-below", ""), "500", "internal");
        let late = serving.get("/hangs", "");
        check(&late, "503", "time-out");
        assert!(late.contains("retry-after: 1\r\n"), "{late}");
        assert!(serving.get("/livez", "").starts_with("HTTP/1.1 200 "));
        drop(release);
    }

    #[test]
    fn a_client_whose_look_ups_take_for_ever_leaves_places_for_others() {
        let data = sample();
        let (release, end) = channel();
        let end = Arc::new(Mutex::new(end));
        let hang = move |State(state): State<AppState>, taken: Taken| hangs(state, taken, end);
        let limits = Limits { trusted_proxies: 1, ..Limits::DEFAULT };
        let serving = Serving::counting(data.path(), routes().get("/hangs", hang), &limits);
        let (one, other) = ("X-Forwarded-For: 192.0.2.1\r\n", "X-Forwarded-For: 192.0.2.2\r\n");
        // Half of two places for each processor.
        for _ in 0..std::thread::available_parallelism().unwrap().get() {
            check(&serving.get("/hangs", one), "503", "time-out");
        }
        check(&serving.get("/v1/resolve?id=x", one), "503", "time-out");
        // Where the machine is busy it may be late, and is asked again.
        let mut answers = (0..20).map(|_| serving.get("/v1/resolve?id=x", other));
        assert!(answers.any(|answer| answer.starts_with("HTTP/1.1 200 ")));
        drop(release);
    }

    #[test]
    fn whoever_has_the_answer_of_a_generation_is_told_so_before_any_work() {
        let data = sample();
        let worked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&worked);
        let work = async move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Answer::of(&"done")
        };
        let routes = routes().cached_by(Caching::Everybody).get("/works", work);
        let serving = Serving::start(data.path(), routes);
        let first = serving.get("/works", "");
        assert!(first.starts_with("HTTP/1.1 200 "), "{first}");
        let tag = first.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let again = serving.get("/works", &format!("If-None-Match: {tag}\r\n"));
        assert!(again.starts_with("HTTP/1.1 304 "), "{again}");
        assert!(again.contains(&format!("etag: {tag}\r\n")), "{again}");
        assert!(again.contains("cache-control: public, max-age=60"), "{again}");
        assert!(again.ends_with("\r\n\r\n"), "{again}");
        assert_eq!(worked.load(Ordering::Relaxed), 1);
        let other = serving.get("/works?other", &format!("If-None-Match: {tag}\r\n"));
        assert!(other.starts_with("HTTP/1.1 200 "), "{other}");
        assert_eq!(worked.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn no_route_is_listed_twice() {
        let routes = routes();
        let listed: BTreeSet<String> = routes
            .listed()
            .iter()
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(listed.len(), routes.listed().len());
    }

    #[test]
    fn a_deprecated_route_says_so_and_those_after_it_do_not() {
        let deprecation = Deprecation {
            since: 1_709_164_800,
            sunset: "Sat, 01 Mar 2025 00:00:00 GMT",
            link: "/docs",
        };
        let old = async || Answer::of(&"old");
        let routes = Routes::default().deprecated(Some(deprecation)).get("/old", old);
        let routes = routes.deprecated(None).get("/new", async || Answer::of(&"new"));
        let data = sample();
        let serving = Serving::start(data.path(), routes);
        let old = serving.get("/old", "");
        for field in [
            "deprecation: @1709164800\r\n",
            "sunset: Sat, 01 Mar 2025 00:00:00 GMT\r\n",
            "link: </docs>; rel=\"deprecation\"; type=\"text/html\"\r\n",
        ] {
            assert!(old.contains(field), "{old}");
        }
        assert!(!serving.get("/new", "").contains("\r\ndeprecation: "));
    }
}
