//! A server that says what a test tells it to say, down to the byte.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A server on a port of its own.
#[derive(Clone)]
pub(super) struct Fake {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    seen: Vec<Seen>,
    n_at_once: usize,
    most_at_once: usize,
}

/// A request as it was seen.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub at: Instant,
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// How many requests for this target were seen before.
    pub n_before: usize,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// The bytes, head and body.
    bytes: Vec<u8>,
    /// How long it takes.
    wait: Duration,
    /// What becomes of the connection.
    then: Then,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Then {
    #[default]
    Stay,
    Close,
    Stall,
}

/// A whole answer.
pub(super) fn said(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Said {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    Said { bytes, ..Said::default() }
}

/// A good JSON answer.
pub(super) fn json(body: impl AsRef<[u8]>) -> Said {
    said(200, &[("content-type", "application/json")], body)
}

/// A redirect.
pub(super) fn redirect(status: u16, location: &str) -> Said {
    said(status, &[("location", location)], "")
}

/// Bytes as they are, and the end of the connection.
pub(super) fn raw(bytes: &str) -> Said {
    Said { bytes: bytes.into(), then: Then::Close, ..Said::default() }
}

impl Said {
    /// Takes its time before it begins.
    pub(super) fn after(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// Says no more, and does not hang up.
    pub(super) fn and_stalls(self) -> Self {
        Self { then: Then::Stall, ..self }
    }
}

impl Fake {
    /// A server that answers like this; where it has no answer, with 404.
    pub(super) async fn start(
        answer: impl Fn(&Seen) -> Option<Said> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self { address: listener.local_addr().unwrap(), log: Arc::default() };
        let (log, answer) = (Arc::clone(&fake.log), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &log, &*answer).await });
            }
        });
        fake
    }

    /// A server that says the same about everything but robots.txt, of which it has none.
    pub(super) async fn saying(said: Said) -> Self {
        Self::start(move |seen| (seen.target != "/robots.txt").then(|| said.clone())).await
    }

    /// The address of a path.
    pub(super) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The port.
    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Every request, robots.txt among them.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.log.lock().unwrap().seen.clone()
    }

    /// What was asked for, robots.txt aside.
    pub(super) fn asked(&self) -> Vec<String> {
        let targets = self.seen().into_iter().map(|seen| seen.target);
        targets.filter(|target| target != "/robots.txt").collect()
    }

    /// How often a path was asked for.
    pub(super) fn n_asked(&self, target: &str) -> usize {
        self.seen().iter().filter(|seen| seen.target == target).count()
    }

    /// How many requests were under way at once at most.
    pub(super) fn most_at_once(&self) -> usize {
        self.log.lock().unwrap().most_at_once
    }
}

async fn serve(stream: TcpStream, log: &Mutex<Log>, answer: &dyn AnswerFn) {
    let mut stream = BufReader::new(stream);
    while let Some(mut seen) = read(&mut stream).await {
        {
            let mut log = log.lock().unwrap();
            seen.n_before = log.seen.iter().filter(|other| other.target == seen.target).count();
            log.seen.push(seen.clone());
            log.n_at_once += 1;
            log.most_at_once = log.most_at_once.max(log.n_at_once);
        }
        let said = answer(&seen).unwrap_or_else(|| said(404, &[], ""));
        tokio::time::sleep(said.wait).await;
        log.lock().unwrap().n_at_once -= 1;
        if stream.write_all(&said.bytes).await.is_err() {
            return;
        }
        match said.then {
            Then::Stay => {}
            Then::Close => return,
            Then::Stall => tokio::time::sleep(Duration::from_mins(1)).await,
        }
    }
}

trait AnswerFn: Fn(&Seen) -> Option<Said> + Send + Sync {}
impl<F: Fn(&Seen) -> Option<Said> + Send + Sync> AnswerFn for F {}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|n_bytes| *n_bytes > 0)?;
    let at = Instant::now();
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).unwrap();
    Some(Seen { at, method, target, headers, body, n_before: 0 })
}
