//! One connection: how long its caller may keep us waiting, and how it ends.
//!
//! What reads HTTP below axum has one limit of time for the head of a request and the quiet between two of them, and none for a caller who
//! does not read, so the patience is ours.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a connection that we have ended is listened to, so that a caller who still sends reads our answer first.
const LINGER: Duration = Duration::from_secs(1);

/// What a caller who has kept us waiting has to read before we are as patient as at first. So nobody keeps an answer for ever who reads a
/// little of it now and then; a line of two kilobytes a second is fast enough.
const READ_MEANWHILE: usize = 64 << 10;

/// How long a caller may keep us waiting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For the first byte, and then for the head of a request from its first byte to its last, however slowly they come.
    pub head: Duration,
    /// For what comes between a head and the start of its answer, and for the caller to read the next stretch of that.
    pub answer: Duration,
    /// For the next request.
    pub idle: Duration,
}

/// How far the request of a connection has come; those who answer it tell the connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<AtomicU8>);

/// The head is not whole.
const COMING: u8 = 0;
/// The head is whole, and there is no answer.
const ASKED: u8 = 1;
/// There is an answer, which may not be sent yet.
const ANSWERED: u8 = 2;

impl Progress {
    /// The head of a request is whole.
    pub(super) fn asked(&self) {
        self.0.store(ASKED, Ordering::Relaxed);
    }

    /// The answer begins.
    pub(super) fn answered(&self) {
        self.0.store(ANSWERED, Ordering::Relaxed);
    }

    fn coming(&self) {
        self.0.store(COMING, Ordering::Relaxed);
    }

    fn is(&self, step: u8) -> bool {
        self.0.load(Ordering::Relaxed) == step
    }
}

/// A connection with limits to our patience.
pub(super) struct Connection {
    stream: TcpStream,
    patience: Patience,
    progress: Progress,
    deadline: Pin<Box<Sleep>>,
    stage: Stage,
    /// What the caller has read since it kept us waiting in the middle of an answer; none where it is not behind.
    behind: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing has come.
    Opened,
    /// Bytes of a head have come.
    Head,
    /// The head was whole; the rest is up to us, or to the caller's body.
    Request,
    /// A piece of an answer was written; the next byte begins a request.
    Answered,
    /// Our side is closed.
    Ended,
}

impl Connection {
    /// A connection that was accepted just now.
    pub(super) fn new(stream: TcpStream, patience: Patience) -> Self {
        let deadline = Box::pin(sleep(patience.head));
        let progress = Progress::default();
        Self { stream, patience, progress, deadline, stage: Stage::Opened, behind: None }
    }

    /// What whoever answers has to tell how far they are.
    pub(super) fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Lets the time begin anew.
    fn enter(&mut self, stage: Stage) {
        let time = match stage {
            Stage::Opened | Stage::Head => self.patience.head,
            Stage::Request => self.patience.answer,
            Stage::Answered => self.patience.idle.max(self.patience.answer),
            Stage::Ended => LINGER,
        };
        self.stage = stage;
        self.behind = None;
        self.deadline.as_mut().reset(Instant::now() + time);
    }

    /// Waits with the caller, and no longer than our patience.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        ready!(self.deadline.as_mut().poll(context));
        // The head came whole in its time, and we learn of it only now.
        if self.stage == Stage::Head && !self.progress.is(COMING) {
            self.enter(Stage::Request);
            ready!(self.deadline.as_mut().poll(context));
        }
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }

    fn has_read(&mut self) {
        match self.stage {
            Stage::Opened => self.enter(Stage::Head),
            // Whoever has not read the answer yet gets no more time for it by asking on.
            Stage::Answered if self.behind.is_none() => {
                self.progress.coming();
                self.enter(Stage::Head);
            }
            Stage::Answered | Stage::Head | Stage::Request | Stage::Ended => {}
        }
    }

    /// Notes what was written, or that nothing can be until the caller reads.
    fn wrote(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Pending => {
                self.behind.get_or_insert(0);
                return self.wait(context);
            }
            Poll::Ready(Ok(n @ 1..)) => self.has_written(*n),
            Poll::Ready(_) => {}
        }
        written
    }

    fn has_written(&mut self, n: usize) {
        // Before there is an answer, only the leave to send a body is written (`100 Continue`).
        if self.progress.is(ASKED) {
            return self.enter(Stage::Request);
        }
        match self.behind.map(|read| read + n) {
            Some(read) if read < READ_MEANWHILE => {
                self.behind = Some(read);
                self.stage = Stage::Answered;
            }
            _ => self.enter(Stage::Answered),
        }
    }

    /// All there was of an answer is on its way.
    fn has_flushed(&mut self) {
        if self.stage == Stage::Answered && self.behind.is_some() {
            self.enter(Stage::Answered);
        }
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
                self.has_read();
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
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.wrote(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.has_flushed();
        }
        flushed
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

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpSocket, TcpStream};
    use tokio::runtime::Builder;

    use super::{Connection, Patience};

    const SHORT: Duration = Duration::from_millis(20);
    const LONG: Duration = Duration::from_mins(10);

    /// A caller and our end of the connection.
    async fn both_ends(patience: Patience) -> (TcpStream, Connection) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let caller = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        (caller, Connection::new(stream, patience))
    }

    fn run(test: impl Future<Output = ()>) {
        Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    }

    #[track_caller]
    fn timed_out<T>(ended: std::io::Result<T>) {
        assert_eq!(ended.err().map(|error| error.kind()), Some(ErrorKind::TimedOut));
    }

    #[test]
    fn a_caller_who_says_nothing_or_sends_a_head_too_slowly_is_not_waited_for() {
        run(async {
            let patience = Patience { head: SHORT, answer: LONG, idle: LONG };
            let (_silent, mut connection) = both_ends(patience).await;
            timed_out(connection.read(&mut [0; 64]).await);
            let (mut caller, mut connection) = both_ends(patience).await;
            caller.write_all(b"GET ").await.unwrap();
            assert_eq!(connection.read(&mut [0; 64]).await.unwrap(), 4);
            // Byte by byte: each comes soon, and the head never.
            let dripping = async move {
                while caller.write_all(b"a").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let reading = async move {
                loop {
                    if let Err(error) = connection.read(&mut [0; 64]).await {
                        break error.kind();
                    }
                }
            };
            tokio::select! {
                () = dripping => panic!("the connection ended first"),
                kind = reading => assert_eq!(kind, ErrorKind::TimedOut),
            }
        });
    }

    #[test]
    fn after_the_head_a_body_and_its_answer_have_their_own_time() {
        run(async {
            let patience = Patience { head: SHORT, answer: LONG, idle: SHORT };
            let (mut caller, mut connection) = both_ends(patience).await;
            caller.write_all(b"POST ").await.unwrap();
            assert_eq!(connection.read(&mut [0; 64]).await.unwrap(), 5);
            connection.progress().asked();
            connection.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.unwrap();
            let late = async move {
                tokio::time::sleep(4 * SHORT).await;
                caller.write_all(b"body").await.unwrap();
                caller
            };
            let mut space = [0; 64];
            let (_caller, read) = tokio::join!(late, connection.read(&mut space));
            assert_eq!(read.unwrap(), 4);
        });
    }

    #[test]
    fn a_connection_that_stays_open_is_waited_with_for_a_while() {
        run(async {
            let patience = Patience { head: SHORT, answer: SHORT, idle: SHORT };
            let (mut caller, mut connection) = both_ends(patience).await;
            caller.write_all(b"GET ").await.unwrap();
            assert_eq!(connection.read(&mut [0; 64]).await.unwrap(), 4);
            connection.progress().asked();
            connection.progress().answered();
            connection.write_all(b"answer").await.unwrap();
            timed_out(connection.read(&mut [0; 64]).await);
        });
    }

    #[test]
    fn a_caller_who_does_not_read_is_not_waited_for() {
        run(async {
            let patience = Patience { head: SHORT, answer: SHORT, idle: SHORT };
            let (_caller, mut connection) = both_ends(patience).await;
            let piece = vec![b'a'; 1 << 20];
            let ended = loop {
                if let Err(error) = connection.write_all(&piece).await {
                    break error;
                }
            };
            assert_eq!(ended.kind(), ErrorKind::TimedOut);
        });
    }

    /// The same, where little is on its way at any time.
    async fn narrow_ends(patience: Patience) -> (TcpStream, Connection) {
        let (ours, theirs) = (TcpSocket::new_v4().unwrap(), TcpSocket::new_v4().unwrap());
        ours.set_send_buffer_size(8 << 10).unwrap();
        theirs.set_recv_buffer_size(8 << 10).unwrap();
        ours.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = ours.listen(1).unwrap();
        let caller = theirs.connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        (caller, Connection::new(stream, patience))
    }

    /// Reads an answer of so many pieces, each after a moment, and gives how the writing of it ended.
    async fn dripping(piece: usize, n_pieces: usize) -> std::io::Result<()> {
        const PATIENCE: Duration = Duration::from_millis(300);
        let patience = Patience { head: LONG, answer: PATIENCE, idle: PATIENCE };
        let (mut caller, mut connection) = narrow_ends(patience).await;
        let answer = vec![b'a'; piece * n_pieces];
        let reading = async move {
            let mut space = vec![0; piece];
            while caller.read_exact(&mut space).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let (ended, ()) = tokio::join!(
            async move {
                connection.write_all(&answer).await?;
                connection.flush().await
            },
            reading
        );
        ended
    }

    #[test]
    fn a_caller_who_reads_drop_by_drop_is_not_waited_for_and_one_who_reads_slowly_is() {
        run(async {
            // At most 200 bytes a millisecond are less than 64 KiB in 300 of them.
            timed_out(dripping(200, 2_000).await);
            assert!(dripping(16 << 10, 200).await.is_ok());
        });
    }

    #[test]
    fn a_caller_who_still_sends_when_we_close_reads_our_answer() {
        run(async {
            let patience = Patience { head: LONG, answer: LONG, idle: LONG };
            let (mut caller, mut connection) = both_ends(patience).await;
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
