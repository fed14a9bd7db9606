//! Serves the registry on this machine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, Uri};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::Url;

use crate::source::registry::fake::quirks::Quirks;
use crate::source::registry::fake::world::World;

/// A registry that answers.
pub(in crate::source::registry) struct Fake {
    pub url: Url,
    pub shared: Arc<Mutex<World>>,
    /// Tells when the registry falls silent.
    pub silence: Arc<Notify>,
}

type Shared = (Arc<Mutex<World>>, Arc<Notify>);

async fn serve(
    State((world, silence)): State<Shared>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Response {
    let answer = {
        let mut world = world.lock().unwrap();
        world.log.push(format!("{method} {uri}"));
        world.answer(method.as_str(), uri.path(), uri.query().unwrap_or_default(), &body)
    };
    if answer.hangs {
        silence.notify_one();
        std::future::pending::<()>().await;
    }
    answer.into_response()
}

impl Fake {
    /// A registry with envelopes `1` to `n`, which were created yesterday.
    pub(in crate::source::registry) async fn with(n: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let mut world = World {
            envelopes: Vec::new(),
            an_hour_ago: Vec::new(),
            events: Vec::new(),
            quirks: Quirks::default(),
            deeds: BTreeMap::new(),
            log: Vec::new(),
            url: url.clone(),
        };
        (1..=n).for_each(|n| world.create(n));
        world.settle();
        let (world, silence) = (Arc::new(Mutex::new(world)), Arc::new(Notify::new()));
        let state: Shared = (Arc::clone(&world), Arc::clone(&silence));
        let router = Router::new().fallback(serve).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared: world, silence }
    }

    /// The registry as it stands, to look at it or to change it.
    pub(in crate::source::registry) fn world(&self) -> MutexGuard<'_, World> {
        self.shared.lock().unwrap()
    }
}
