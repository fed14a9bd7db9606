//! The connection below HTTP, and what can go wrong on it.

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};

/// What goes wrong with an answer on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The connection ends before the first byte.
    Dropped,
    /// So many bytes of the body come, fewer than `Content-Length` says, and then the end of the connection.
    Short(usize),
    /// So many bytes of the body come, and then a reset.
    Reset(usize),
    /// So many bytes come at a time, and so long passes between them.
    Slow(usize, Duration),
}

/// What is to happen on a connection; whoever answers on it decides.
#[derive(Debug, Clone)]
pub(crate) struct Wire(Arc<Mutex<Course>>);

/// How the answer that is under way goes.
#[derive(Debug)]
struct Course {
    fault: Fault,
    /// How much of the empty line after the head has gone by.
    gone_by: usize,
    /// How many bytes of the body were sent.
    sent: usize,
}

impl Wire {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Course { fault: Fault::None, gone_by: 0, sent: 0 })))
    }

    /// What happens to the next answer.
    pub(crate) fn behave(&self, fault: Fault) {
        *self.0.lock().unwrap() = Course { fault, gone_by: 0, sent: 0 };
    }
}

impl Course {
    /// How many of these bytes may still be sent.
    fn allowed(&self, bytes: &[u8]) -> usize {
        let (Fault::Short(after) | Fault::Reset(after)) = self.fault else { return bytes.len() };
        let head = head_of(self.gone_by, bytes).map_or(bytes.len(), |(len, _)| len);
        (head + after.saturating_sub(self.sent)).min(bytes.len())
    }

    /// Takes note of bytes that were sent.
    fn note(&mut self, bytes: &[u8]) {
        match head_of(self.gone_by, bytes) {
            Some((head, gone_by)) => {
                self.gone_by = gone_by;
                self.sent += bytes.len() - head;
            }
            None => self.gone_by = tail_of(self.gone_by, bytes),
        }
    }
}

const END_OF_HEAD: &[u8; 4] = b"\r\n\r\n";

/// How many of these bytes belong to the head; `None` where it does not end in them.
fn head_of(gone_by: usize, bytes: &[u8]) -> Option<(usize, usize)> {
    let mut matched = gone_by;
    for (at, byte) in bytes.iter().enumerate() {
        if matched == END_OF_HEAD.len() {
            return Some((at, matched));
        }
        matched = step(matched, *byte);
    }
    (matched == END_OF_HEAD.len()).then_some((bytes.len(), matched))
}

fn tail_of(gone_by: usize, bytes: &[u8]) -> usize {
    bytes.iter().fold(gone_by, |matched, byte| step(matched, *byte))
}

fn step(matched: usize, byte: u8) -> usize {
    if END_OF_HEAD.get(matched) == Some(&byte) { matched + 1 } else { usize::from(byte == b'\r') }
}

/// A connection that does what its wire says.
pub(crate) struct Wired {
    stream: TcpStream,
    wire: Wire,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Wired {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wired {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize, Error>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let (fault, allowed) = {
            let course = self.wire.0.lock().unwrap();
            (course.fault, course.allowed(bytes))
        };
        let is_over = fault == Fault::Dropped || (allowed == 0 && !bytes.is_empty());
        if is_over {
            if matches!(fault, Fault::Reset(_)) {
                self.stream.set_zero_linger()?;
            }
            return Poll::Ready(Err(Error::from(ErrorKind::ConnectionAborted)));
        }
        let bytes = match fault {
            Fault::Slow(step, _) => &bytes[..step.min(bytes.len())],
            _ => &bytes[..allowed],
        };
        let n_sent = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.wire.0.lock().unwrap().note(&bytes[..n_sent]);
        if let Fault::Slow(_, pause) = fault {
            self.pause = Some(Box::pin(sleep(pause)));
        }
        Poll::Ready(Ok(n_sent))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Accepts connections that do what their wires say.
pub(crate) struct Wiring(pub TcpListener);

impl Listener for Wiring {
    type Io = Wired;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wired, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Small pieces leave at once, as they do where Nagle's algorithm is off.
        drop(stream.set_nodelay(true));
        (Wired { stream, wire: Wire::new(), pause: None }, address)
    }

    fn local_addr(&self) -> Result<SocketAddr, Error> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wiring>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Wiring>) -> Self {
        stream.io().wire.clone()
    }
}
