//! The service from its first to its last moment.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::panic;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::runtime::Builder;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use url::Url;

use crate::config::{Limits, Source};
use crate::day::Clock;
use crate::server::body::longest;
use crate::server::connection::Patience;
use crate::server::current::{Current, follow};
use crate::server::door::Door;
use crate::server::keeper::{Keeper, Keeping};
use crate::server::rates::Rates;
use crate::server::routes;
use crate::server::state::AppState;
use crate::sources::Sources;
use crate::sparql;

/// The longest that a caller may take to send the first byte, and then the head of a request.
const FOR_THE_HEAD: Duration = Duration::from_secs(10);

/// How long a connection stays open without a request.
const BETWEEN_REQUESTS: Duration = Duration::from_mins(1);

/// How long a look-up that runs on may hold up the end; it only reads.
const FOR_THE_REST: Duration = Duration::from_millis(200);

/// What a service has to know.
pub(crate) struct Config<'a> {
    /// The data directory; it may be empty, or not there yet.
    pub data: &'a Path,
    /// The clock.
    pub clock: Clock,
    /// The longest that a body, and then an answer, may take.
    pub time_limit: Duration,
    /// Whether whole credentials are read.
    pub credentials: bool,
    /// The address by which others know it.
    pub public_url: Option<Url>,
    /// Where whoever runs it can be reached.
    pub contact: Option<Url>,
    /// How much anybody may ask of it.
    pub limits: Limits,
    /// What the queries of strangers may take.
    pub sparql: sparql::Limits,
    /// The sources that are configured.
    pub configured: BTreeMap<String, Source>,
    /// Whoever keeps their schedules, where there are any.
    pub keeping: Option<Keeping>,
}

/// A service that has its address and does not answer yet.
pub(crate) struct Service {
    listener: TcpListener,
    address: SocketAddr,
}

impl Service {
    /// Takes an address; port 0 takes a free port.
    pub(crate) fn bind(listen: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address that was taken.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until SIGINT or SIGTERM, and then to the end of the answers under way.
    ///
    /// # Errors
    /// A generation that is there and cannot be opened, and whatever the system refuses.
    pub(crate) fn run(self, config: &Config<'_>) -> anyhow::Result<()> {
        log_panics();
        let current = Arc::new(Current::open(config.data)?);
        let runtime = Builder::new_multi_thread()
            .enable_all()
            .thread_name("alidade")
            .build()
            .context("cannot start the threads of the service")?;
        let keeper = match &config.keeping {
            Some(keeping) => Some(Keeper::start(keeping.clone(), config.clock)?),
            None => None,
        };
        let ended = runtime.block_on(self.serve(config, current));
        drop(keeper);
        runtime.shutdown_timeout(FOR_THE_REST);
        ended
    }

    async fn serve(self, config: &Config<'_>, current: Arc<Current>) -> anyhow::Result<()> {
        let mut signals = Signals::new().context("cannot wait for signals")?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let longest = config.time_limit.max(config.sparql.time_limit);
        let door = Door::new(listener, patience(longest), &config.limits);
        announce(self.address, current.reader().map(|reader| reader.manifest().generation));
        let sources =
            Sources { data: config.data.to_owned(), configured: config.configured.clone() };
        let (clock, limit) = (config.clock, config.time_limit);
        let state = AppState::new(Arc::clone(&current), Arc::new(sources), clock, limit);
        let state = state.asked_within(config.sparql);
        let state = if config.credentials { state.reading_credentials() } else { state };
        let public_url = config.public_url.as_ref().map(Url::as_str);
        let contact = config.contact.as_ref().map(Url::as_str);
        let state = state.counting(&config.limits).known_as(public_url).reached_at(contact);
        let followed = tokio::spawn(follow(current));
        let forgetting = state.rates().map(|rates| tokio::spawn(Rates::forget(rates)));
        let (stop, stopped) = watch::channel(false);
        let mut serving = tokio::spawn(door.serve(routes().surrounded(state), stopped));
        tokio::select! {
            ended = &mut serving => return ended.context("the door broke"),
            () = signals.next() => tracing::info!("stopping"),
        }
        stop.send_replace(true);
        tokio::select! {
            ended = &mut serving => ended.context("the door broke")?,
            () = tokio::time::sleep(config.time_limit) => tracing::warn!("some answers were not finished in time"),
            () = signals.next() => tracing::warn!("some answers were not finished"),
        }
        followed.abort();
        if let Some(forgetting) = forgetting {
            forgetting.abort();
        }
        tracing::info!("stopped");
        Ok(())
    }
}

/// How long callers may keep the service waiting, whose answers take no longer than the limit.
fn patience(time_limit: Duration) -> Patience {
    Patience {
        head: FOR_THE_HEAD.min(time_limit),
        answer: FOR_THE_HEAD + longest(time_limit) + time_limit,
        idle: BETWEEN_REQUESTS,
    }
}

/// Says where the service listens: on the standard output for whoever started it, and in the log.
fn announce(address: SocketAddr, generation: Option<u64>) {
    // A service whose output nobody reads serves all the same.
    drop(writeln!(io::stdout(), "listening on http://{address}"));
    tracing::info!(%address, generation, "serving");
}

/// Logs where a panic was, and none of its words, which may repeat what a caller sent.
fn log_panics() {
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string);
        tracing::error!(place, "a panic");
    }));
}

/// The signals that end the service.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
