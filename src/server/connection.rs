//! Connections: how many at once, and how long each may keep us waiting.
//!
//! What reads HTTP below axum waits for ever for a slow caller, so the patience is ours. No address of a caller is looked at or handed on.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// The most connections at once; whoever comes then waits in the queue of the system.
const MAX_CONNECTIONS: usize = 512;

/// How long a connection that we have ended is listened to, so that a caller who still sends reads our answer first.
const LINGER: Duration = Duration::from_secs(1);

/// The door: accepts connections while there is room.
pub(super) struct Door {
    listener: TcpListener,
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Door {
    /// Opens the door. `patience` is how long a caller may take to send a request, or to read the next piece of an answer.
    pub(super) fn new(listener: TcpListener, patience: Duration) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(MAX_CONNECTIONS)), patience }
    }
}

impl Listener for Door {
    type Io = Connection;
    type Addr = ();

    async fn accept(&mut self) -> (Connection, ()) {
        // The semaphore is never closed; there is nothing to make of the error.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        let (stream, _address) = Listener::accept(&mut self.listener).await;
        (Connection::new(stream, self.patience, place), ())
    }

    fn local_addr(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A connection with a limit to our patience.
///
/// The time begins when it is accepted, anew with every piece of an answer that is taken from us, and anew with the first byte of the next
/// request. So a request and the start of its answer have one patience together, however slowly the bytes come, and an idle connection has one too.
pub(super) struct Connection {
    stream: TcpStream,
    patience: Duration,
    deadline: Pin<Box<Sleep>>,
    stage: Stage,
    /// Given back when the connection is dropped.
    _place: Option<OwnedSemaphorePermit>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Request,
    /// An answer was written; the next byte begins a request.
    Answered,
    /// Our side is closed.
    Ended,
}

impl Connection {
    fn new(stream: TcpStream, patience: Duration, place: Option<OwnedSemaphorePermit>) -> Self {
        let deadline = Box::pin(sleep(patience));
        Self { stream, patience, deadline, stage: Stage::Request, _place: place }
    }

    /// Lets the time begin anew.
    fn enter(&mut self, stage: Stage) {
        let time = if stage == Stage::Ended { LINGER } else { self.patience };
        self.stage = stage;
        self.deadline.as_mut().reset(Instant::now() + time);
    }

    /// Waits with the caller, and no longer than our patience.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }

    fn written(&mut self, n: io::Result<usize>) -> Poll<io::Result<usize>> {
        if n.as_ref().is_ok_and(|n| *n > 0) {
            self.enter(Stage::Answered);
        }
        Poll::Ready(n)
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.wait(context),
            Poll::Ready(read) => {
                if self.stage == Stage::Answered {
                    self.enter(Stage::Request);
                }
                Poll::Ready(read)
            }
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.wait(context),
            Poll::Ready(n) => self.written(n),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(context, pieces) {
            Poll::Pending => self.wait(context),
            Poll::Ready(n) => self.written(n),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    /// Closes our side, and then throws away what still comes, for a moment: a connection that is dropped with bytes unread is
    /// reset, and a caller whose body was refused would never see why.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.stage != Stage::Ended {
            ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
            self.enter(Stage::Ended);
        }
        let mut space = [0; 4 << 10];
        while self.deadline.as_mut().poll(context).is_pending() {
            let mut thrown_away = ReadBuf::new(&mut space);
            match ready!(Pin::new(&mut self.stream).poll_read(context, &mut thrown_away)) {
                Ok(()) if !thrown_away.filled().is_empty() => {}
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use axum::serve::Listener;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::runtime::Builder;

    use super::{Connection, Door};

    const PATIENCE: Duration = Duration::from_millis(20);

    /// A caller and our end of the connection.
    async fn both_ends() -> (TcpStream, Connection) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let caller = TcpStream::connect(address).await.unwrap();
        (caller, Door::new(listener, PATIENCE).accept().await.0)
    }

    fn run(test: impl Future<Output = ()>) {
        Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    }

    #[test]
    fn a_caller_who_sends_too_slowly_is_not_waited_for() {
        run(async {
            let (mut caller, mut connection) = both_ends().await;
            caller.write_all(b"GET ").await.unwrap();
            assert_eq!(connection.read(&mut [0; 64]).await.unwrap(), 4);
            let ended = connection.read(&mut [0; 64]).await.unwrap_err();
            assert_eq!(ended.kind(), ErrorKind::TimedOut);
        });
    }

    #[test]
    fn a_caller_who_does_not_read_is_not_waited_for() {
        run(async {
            let (_caller, mut connection) = both_ends().await;
            let piece = vec![b'a'; 1 << 20];
            let ended = loop {
                if let Err(error) = connection.write_all(&piece).await {
                    break error;
                }
            };
            assert_eq!(ended.kind(), ErrorKind::TimedOut);
        });
    }

    #[test]
    fn a_caller_who_still_sends_when_we_close_reads_our_answer() {
        run(async {
            let (mut caller, mut connection) = both_ends().await;
            caller.write_all(&vec![b'a'; 1 << 16]).await.unwrap();
            connection.write_all(b"no").await.unwrap();
            let closing = async move { connection.shutdown().await };
            let reading = async move {
                let mut answer = String::new();
                caller.read_to_string(&mut answer).await.map(|_| answer)
            };
            let (closed, answer) = tokio::join!(closing, reading);
            assert_eq!((closed.is_ok(), answer.unwrap().as_str()), (true, "no"));
        });
    }
}
