//! The door: lets connections in while there is room, talks HTTP/1.1 over each, and lets nobody else in when it is time to end.
//!
//! Who comes is counted by [`Client`], so that nobody takes all the room; nothing of it is logged.

use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::config::Limits;
use crate::server::client::{Client, Visit, Visitors};
use crate::server::connection::{Connection, Patience};
use crate::server::problem::{MEDIA_TYPE, Problem, ProblemKind};
use crate::server::request_id::{REQUEST_ID, RequestId};

/// The most bytes that are read ahead. A head has to fit; what is above the bound of heads is refused with a problem, what is above this
/// with a bare status.
const MAX_READ_AHEAD: usize = 64 << 10;

/// How many callers at once are told that they have too many connections; the others are just hung up on.
const REFUSALS: usize = 64;

/// How long we wait where the system has no more files for connections.
const PAUSE: Duration = Duration::from_secs(1);

/// Where the request came from: the other end of its connection, which may be a proxy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub IpAddr);

/// The door.
pub(super) struct Door {
    listener: TcpListener,
    patience: Patience,
    /// Room for connections; whoever comes when there is none waits in the queue of the system.
    places: Arc<Semaphore>,
    visitors: Visitors,
    /// The most connections of one client.
    max_visits: usize,
    refusals: Arc<Semaphore>,
}

/// A connection that was let in, with its place and its visit.
struct Guest {
    stream: TcpStream,
    peer: IpAddr,
    _place: Option<OwnedSemaphorePermit>,
    _visit: Visit,
}

impl Door {
    /// Opens the door.
    ///
    /// Behind proxies every connection is one of a proxy, so connections are not counted by address there.
    pub(super) fn new(listener: TcpListener, patience: Patience, limits: &Limits) -> Self {
        let is_counted = limits.connections_per_address > 0 && limits.trusted_proxies == 0;
        Self {
            listener,
            patience,
            places: Arc::new(Semaphore::new(limits.connections)),
            visitors: Visitors::default(),
            max_visits: if is_counted { limits.connections_per_address } else { usize::MAX },
            refusals: Arc::new(Semaphore::new(REFUSALS)),
        }
    }

    /// Answers by the router until `stop` says something, and then to the end of what is under way.
    pub(super) async fn serve(self, router: Router, mut stop: watch::Receiver<bool>) {
        let mut conversations = JoinSet::new();
        loop {
            tokio::select! {
                guest = self.admit() => {
                    let talking = converse(guest, self.patience, router.clone(), stop.clone());
                    conversations.spawn(talking);
                }
                Some(_) = conversations.join_next() => {}
                _ = stop.changed() => break,
            }
        }
        drop(self.listener);
        while conversations.join_next().await.is_some() {}
    }

    /// Waits for a connection that may be let in.
    async fn admit(&self) -> Guest {
        loop {
            // The semaphore is never closed; there is nothing to make of the error.
            let place = Arc::clone(&self.places).acquire_owned().await.ok();
            let (stream, peer) = match self.listener.accept().await {
                Ok((stream, address)) => (stream, address.ip()),
                Err(error) => {
                    recover(&error).await;
                    continue;
                }
            };
            match self.visitors.admit(Client::from(peer), self.max_visits) {
                Some(visit) => return Guest { stream, peer, _place: place, _visit: visit },
                None => self.refuse(stream),
            }
        }
    }

    /// Tells a caller that there are too many connections, if not too many are being told already.
    fn refuse(&self, stream: TcpStream) {
        let Ok(turn) = Arc::clone(&self.refusals).try_acquire_owned() else { return };
        let mut connection = Connection::new(stream, self.patience);
        tokio::spawn(async move {
            // Whoever does not listen is not told.
            if connection.write_all(&refusal()).await.is_ok() {
                drop(connection.shutdown().await);
            }
            drop(turn);
        });
    }
}

/// The answer to a request that nobody has read.
fn refusal() -> Vec<u8> {
    let detail =
        "too many connections are open from here; close some, or ask over one that stays open";
    let problem = Problem::new(ProblemKind::TooManyConnections, detail);
    let id = RequestId::draw();
    let body = problem.of_request(&id, None);
    let head = format!(
        "HTTP/1.1 429 Too Many Requests\r\n{CONTENT_TYPE}: {MEDIA_TYPE}\r\n{CONTENT_LENGTH}: {}\r\n{RETRY_AFTER}: 1\r\n\
         access-control-allow-origin: *\r\ncache-control: no-store\r\n{REQUEST_ID}: {id}\r\n{CONNECTION}: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// A caller who has gone again is no reason to wait; a system without files for more connections is.
async fn recover(error: &io::Error) {
    let is_callers = matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    );
    if !is_callers {
        tracing::error!(%error, "no connection can be accepted");
        sleep(PAUSE).await;
    }
}

/// Answers the requests of one connection, one after the other.
async fn converse(
    guest: Guest,
    patience: Patience,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let Guest { stream, peer, _place, _visit } = guest;
    let connection = Connection::new(stream, patience);
    let progress = connection.progress();
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        progress.asked();
        request.extensions_mut().insert(Peer(peer));
        let (answering, progress) = (router.call(request), progress.clone());
        async move {
            let answer = answering.await;
            progress.answered();
            answer
        }
    });
    let mut http = http1::Builder::new();
    http.max_buf_size(MAX_READ_AHEAD);
    let mut talking = pin!(http.serve_connection(TokioIo::new(connection), service));
    // How it ends is between the caller and us; the error may have words of the caller in it.
    tokio::select! {
        ended = talking.as_mut() => return drop(ended),
        _ = stop.changed() => talking.as_mut().graceful_shutdown(),
    }
    drop(talking.await);
}
