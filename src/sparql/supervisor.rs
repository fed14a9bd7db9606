//! The side of whoever asks: starts a worker, hands its answer on as it comes, and ends it when its time is over.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use index::sparql::Form;

use crate::program::this_program;
use crate::sparql::failure::End;
use crate::sparql::request::Request;

/// The hidden command that makes this program a worker.
const COMMAND: &str = "sparql-worker";

/// The most bytes that are kept of what a worker complains about.
const MAX_WORDS: u64 = 16 << 10;

/// The most bytes that are handed on at once.
const PIECE: usize = 64 << 10;

/// The most bytes of the line that says what an answer is.
const MAX_HEAD: u64 = 64;

/// What whoever waits for the end of a worker is told.
#[derive(Debug, PartialEq, Eq)]
enum Event {
    /// The answer has ended.
    Ended,
    /// Nobody wants it any more.
    Unwanted,
}

/// Wants an answer as long as it is there: where it is dropped before, the worker is ended.
#[derive(Debug)]
pub(crate) struct Wanted {
    tell: Sender<Event>,
}

/// What the other side of a [`Wanted`] hears.
#[derive(Debug)]
pub(crate) struct Waiting {
    tell: Sender<Event>,
    told: Receiver<Event>,
}

impl Wanted {
    /// Wants the answer of a question that is going to be asked.
    pub(crate) fn new() -> (Self, Waiting) {
        let (tell, told) = mpsc::channel();
        (Self { tell: tell.clone() }, Waiting { tell, told })
    }
}

impl Drop for Wanted {
    fn drop(&mut self) {
        // The answer may be there already, and then nobody listens.
        drop(self.tell.send(Event::Unwanted));
    }
}

/// Takes an answer while it is found.
pub(crate) trait Sink {
    /// Is told what the answer is, before its first byte.
    fn begin(&mut self, form: Form) -> io::Result<()>;
    /// Takes the next bytes.
    fn take(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Has a query evaluated by a worker; tells whether it found anything.
///
/// Whoever asks holds the generation until this returns: by then the worker is gone, whatever has happened. The time that
/// the sink takes counts. The thread that calls starts the worker and waits for it, and so outlives it: to Linux the end of
/// that thread is the end of the parent. Where there is an error in the middle, the sink has got the beginning of the answer.
///
/// # Errors
/// [`Failure`](crate::sparql::Failure) where the worker gave no whole answer.
pub(crate) fn ask(
    request: &Request,
    timeout: Duration,
    sink: &mut dyn Sink,
) -> anyhow::Result<bool> {
    let (wanted, waiting) = Wanted::new();
    let answered = ask_while(waiting, request, timeout, sink);
    drop(wanted);
    answered
}

/// Does what [`ask`] does as long as the answer is wanted.
///
/// # Errors
/// Those of [`ask`]; what comes of a question whose answer is wanted no more is no matter.
pub(crate) fn ask_while(
    waiting: Waiting,
    request: &Request,
    timeout: Duration,
    sink: &mut dyn Sink,
) -> anyhow::Result<bool> {
    let program = this_program().context("cannot find this program")?;
    let line = serde_json::to_string(request).context("cannot write the request")?;
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("cannot start the process that evaluates the query")?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(input), Some(output), Some(complaints)) = pipes else {
        return Err(anyhow!("the process that evaluates the query has no pipes"));
    };
    let Waiting { tell, told } = waiting;
    let (handed, status, words) = thread::scope(|scope| {
        let ending = scope.spawn(move || end(child, &told, timeout));
        let words = scope.spawn(move || words(complaints));
        let handed = hand_on(&line, input, output, sink);
        let event = if handed.is_ok() { Event::Ended } else { Event::Unwanted };
        // The other side may have ended by itself in the meantime.
        drop(tell.send(event));
        (handed, ending.join(), words.join())
    });
    handed?;
    let (Ok(status), Ok(words)) = (status, words) else {
        return Err(anyhow!("the end of the process that evaluated the query went unseen"));
    };
    let (status, late) = status.context("cannot end the process that evaluates the query")?;
    Ok(End { status, late, words }.judge(timeout, request.memory)?)
}

/// Waits for the worker, and kills it when its time is over or nobody wants its answer any more; tells which.
fn end(
    mut child: Child,
    told: &Receiver<Event>,
    timeout: Duration,
) -> io::Result<(ExitStatus, bool)> {
    let waited = told.recv_timeout(timeout);
    if waited != Ok(Event::Ended) {
        child.kill()?;
    }
    Ok((child.wait()?, waited == Err(RecvTimeoutError::Timeout)))
}

/// Gives the worker its request, and its answer to the sink. The worker takes the end of its input for the death of whoever
/// asked, so the input stays open until the answer has ended.
fn hand_on(
    line: &str,
    mut input: ChildStdin,
    output: ChildStdout,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    // A worker that is dead already has no answer, and its end says why.
    drop(input.write_all(format!("{line}\n").as_bytes()));
    let mut output = BufReader::with_capacity(PIECE, output);
    let mut head = String::new();
    output.by_ref().take(MAX_HEAD).read_line(&mut head)?;
    let Some(form) = Form::named(head.trim_end()) else { return Ok(()) };
    sink.begin(form)?;
    loop {
        let piece = output.fill_buf()?;
        if piece.is_empty() {
            return Ok(());
        }
        sink.take(piece)?;
        let n = piece.len();
        output.consume(n);
    }
}

/// Reads all that the worker complains about, and keeps the first of it.
fn words(mut complaints: ChildStderr) -> String {
    let mut words = Vec::new();
    let kept = complaints.by_ref().take(MAX_WORDS).read_to_end(&mut words);
    let rest = kept.and_then(|_| io::copy(&mut complaints, &mut io::sink()));
    if let Err(error) = rest {
        words.extend(error.to_string().into_bytes());
    }
    String::from_utf8_lossy(&words).into_owned()
}
