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
//! | `GET /v1/resources/{id}/alignment[?format=…][&asOf=…]` | the alignment of a badge that points at it, ready to be pasted |
//! | `GET /v1/search[?q=…][&kind=…][&facets=…][&limit=…][&cursor=…]…` | the resources that have the words, the code or the identifier; everything without `q` |
//! | `POST /v1/multi-search` | up to 20 searches, each as if it were alone |
//! | `GET /v1/autocomplete?q=…[&kind=…]…` | how what somebody types may go on |
//! | `POST /v1/suggest` | the competencies that a text, or each of up to 100, is about |
//! | `GET /v1/similar?id=…`, `GET /v1/similar?text=…`, `POST /v1/similar` | what says nearly the same; a report over a framework |
//! | `GET /v1/range` | how every name is dealt out by the first digits of its hash |
//! | `GET /v1/range/{prefix}`, `GET /v1/range/{version}/{prefix}` | all names that begin with these digits |
//! | `GET /v1/sources` | what is known of the sources: freshness, last runs, what is due |
//! | `GET /badge` | a page that reads a badge in the browser and asks what is in it |
//! | `GET /alidade.js` | the module with which any page does that |
//! | `GET /openapi.json` | the description of all this, in the words of [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html) |
//! | `GET /docs` | a page that shows it and tries it out |
//! | `GET /livez` | the process is up |
//! | `GET /readyz` | a generation is open and answers |
//!
//! Every error is a [`Problem`](problem::Problem); every answer names its generation, in the JSON where it has an answer to give and in
//! the header `Alidade-Generation`.

mod answer;
mod asked;
mod autocomplete;
mod batch;
mod body;
mod connection;
mod credential;
mod credentials;
mod current;
mod docs;
mod form;
mod frame;
mod health;
mod keeper;
mod many;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod range;
mod resolve;
mod resources;
mod routes;
mod search;
mod service;
mod similar;
mod sources;
mod state;
mod suggest;

use crate::server::openapi::document;
use crate::server::routes::Routes;

pub(crate) use crate::server::keeper::Keeping;
pub(crate) use crate::server::service::{Config, Service};

/// Every route.
fn routes() -> Routes {
    let routes = Routes::default()
        // Verifiers hold a credential and ask what it means.
        .get("/v1/resolve", resolve::one)
        .post("/v1/resolve", resolve::many)
        .post("/v1/credentials/resolve", credentials::resolve)
        .get("/v1/range", range::layout)
        .get("/v1/range/{prefix}", range::of_now)
        .get("/v1/range/{version}/{prefix}", range::of_version)
        .get("/v1/resources/{id}", resources::one)
        // Issuers look for what a new badge is aligned to.
        .get("/v1/resources/{id}/alignment", resources::alignment)
        .get("/v1/autocomplete", autocomplete::complete)
        .post("/v1/suggest", suggest::of_texts)
        .get("/v1/similar", similar::of_address)
        .post("/v1/similar", similar::of_body)
        // Talent marketplaces search, and follow what is linked.
        .get("/v1/search", search::search)
        .post("/v1/multi-search", search::several)
        // Who keeps a copy, or looks after this one.
        .get("/v1/sources", sources::sources)
        .get("/livez", health::livez)
        .get("/readyz", health::readyz)
        // People who read a badge, or the description of all this, in their browser.
        .get("/openapi.json", document::document);
    docs::docs(pages::pages(routes))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::Path;
    use std::sync::mpsc::{Receiver, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use axum::extract::State;
    use axum::serve;
    use time::OffsetDateTime;

    use super::routes;
    use crate::pipeline::{ImportReport, Pipeline};
    use crate::present::Bar;
    use crate::server::answer::Answer;
    use crate::server::current::Current;
    use crate::server::problem::Problem;
    use crate::server::state::{AppState, Taken};

    const LIMIT: Duration = Duration::from_millis(50);

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

    fn ask(address: std::net::SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[track_caller]
    fn check(answer: &str, status: &str, code: &str) {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("content-type: application/problem+json\r\n"), "{answer}");
        assert!(answer.contains("alidade-generation: 1\r\n"), "{answer}");
        assert!(answer.contains(&format!("\"/problems/{code}\"")), "{answer}");
        assert!(!answer.contains("quillfeather"), "{answer}");
    }

    #[test]
    fn a_panic_is_500_without_its_words_and_a_look_up_that_hangs_is_503() {
        let data = sample();
        let current = Arc::new(Current::open(data.path()).unwrap());
        let (release, end) = channel();
        let end = Arc::new(Mutex::new(end));
        let hang = move |State(state): State<AppState>, taken: Taken| hangs(state, taken, end);
        let routes =
            routes().get("/panics", panics).get("/panics-below", panics_below).get("/hangs", hang);
        let state = AppState::new(current, Arc::default(), || OffsetDateTime::UNIX_EPOCH, LIMIT);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move { serve(listener, routes.surrounded(state)).await });
        check(&ask(address, "/panics"), "500", "internal");
        check(&ask(address, "/panics-below"), "500", "internal");
        let late = ask(address, "/hangs");
        check(&late, "503", "time-out");
        assert!(late.contains("retry-after: 1\r\n"), "{late}");
        assert!(ask(address, "/livez").starts_with("HTTP/1.1 200 "));
        drop(release);
    }
}
