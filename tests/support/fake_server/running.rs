//! A server that runs until it is dropped.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::support::fake_server::bad_day::Conduct;
use crate::support::fake_server::log::Log;
use crate::support::fake_server::site::{Asked, Site};
use crate::support::fake_server::wire::{Wire, Wiring};

/// The most bytes of a request that are read.
const REQUEST: usize = 16 << 20;

/// A site that is served on a free port of this machine.
pub(crate) struct FakeServer<S> {
    address: SocketAddr,
    house: Arc<House<S>>,
    runtime: Option<Runtime>,
}

struct House<S> {
    site: Mutex<S>,
    conduct: Mutex<Conduct>,
    log: Log,
}

impl<S: Site> FakeServer<S> {
    /// Serves a site that carries itself well.
    pub(crate) fn of(site: S) -> Self {
        let house =
            House { site: Mutex::new(site), conduct: Mutex::default(), log: Log::default() };
        let house = Arc::new(house);
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer::<S>).with_state(Arc::clone(&house));
        let service = router.into_make_service_with_connect_info::<Wire>();
        runtime.spawn(async move { axum::serve(Wiring(listener), service).await });
        Self { address, house, runtime: Some(runtime) }
    }

    /// The address of the root, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was asked.
    pub(crate) fn log(&self) -> &Log {
        &self.house.log
    }

    /// Changes what is served.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut S) -> T) -> T {
        change(&mut self.house.site.lock().unwrap())
    }

    /// Changes how it is served.
    pub(crate) fn conduct(&self, change: impl FnOnce(&mut Conduct)) {
        change(&mut self.house.conduct.lock().unwrap());
    }
}

impl<S> Drop for FakeServer<S> {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn answer<S: Site>(
    State(house): State<Arc<House<S>>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, REQUEST).await.unwrap_or_default();
    let asked = Asked::of(&parts, body.to_vec());
    let number = house.log.begin(&asked);
    let instead = house.conduct.lock().unwrap().instead(&asked);
    let said = instead.unwrap_or_else(|| house.site.lock().unwrap().answer(&asked));
    let (said, delay) = {
        let mut conduct = house.conduct.lock().unwrap();
        (conduct.befall(&asked, said), conduct.delay)
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    house.log.end(number, said.status);
    wire.behave(said.fault);
    said.into_response()
}
