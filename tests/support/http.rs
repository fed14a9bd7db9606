//! A service that runs for a test, and a caller that speaks HTTP/1.1 to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{DataDir, Output};

/// How long a test waits for what must come; no test is about this time.
const PATIENCE: Duration = Duration::from_mins(1);

/// `alidade serve`, or another command that serves, until it is stopped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    /// What was said on the standard output before the address.
    said: String,
    rest: Option<JoinHandle<String>>,
    log: Arc<Mutex<String>>,
    logging: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a data directory on a free port.
    pub(crate) fn of(data: &DataDir) -> Self {
        Self::with(data, &[])
    }

    pub(crate) fn with(data: &DataDir, args: &[&str]) -> Self {
        let args = [&["serve", "--listen", "127.0.0.1:0"], args].concat();
        let server = Self::start(&mut data.command(&args));
        assert_eq!(server.said, "", "the address is not the first line");
        server
    }

    /// Starts a command and waits for its address.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (stderr, lines) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        let logging = thread::spawn(move || {
            for line in stderr.lines() {
                lines.lock().unwrap().extend([line.unwrap().as_str(), "\n"]);
            }
        });
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let mut line = String::new();
            let n_read = stdout.read_line(&mut line).unwrap();
            assert!(n_read > 0, "no address came: {said} {}", log.lock().unwrap());
            match line.trim_end().strip_prefix("listening on http://") {
                Some(address) => break address.parse().unwrap(),
                None => said.push_str(&line),
            }
        };
        let rest = thread::spawn(move || {
            let mut rest = String::new();
            stdout.read_to_string(&mut rest).unwrap();
            rest
        });
        Self { child, address, said, rest: Some(rest), log, logging: Some(logging) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What was said on the standard output before the address.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    /// Asks with `GET`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&request("GET", path, &[], b""))
    }

    /// Sends JSON with `POST`.
    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        let fields = [("Content-Type", "application/json")];
        self.send(&request("POST", path, &fields, body.as_bytes()))
    }

    /// Sends bytes as they are, and reads what comes back to its end.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may have answered, and closed, before all is sent.
        drop(stream.write_all(bytes));
        Answer::read(&mut stream)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks again until the answer is as it has to become.
    #[track_caller]
    pub(crate) fn wait_for(&self, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if is_so(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "still {answer:?}");
            thread::yield_now();
        }
    }

    /// Waits until the log has these words.
    #[track_caller]
    pub(crate) fn wait_for_log(&self, words: &str) {
        let begun = Instant::now();
        while !self.log.lock().unwrap().contains(words) {
            assert!(begun.elapsed() < PATIENCE, "`{words}` is not in {}", self.log.lock().unwrap());
            thread::yield_now();
        }
    }

    /// Sends a signal and waits for the end.
    pub(crate) fn stop(self, signal: &str) -> Output {
        self.signal(signal);
        self.wait()
    }

    /// Waits for the end.
    pub(crate) fn wait(mut self) -> Output {
        let status = self.child.wait().unwrap().code().unwrap_or(-1);
        let stdout = self.said.clone() + &self.rest.take().unwrap().join().unwrap();
        self.logging.take().unwrap().join().unwrap();
        Output { status, stdout, stderr: self.log.lock().unwrap().clone() }
    }

    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An answer, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads to the end of the connection.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let fields = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_lowercase(), value.trim().to_owned())
        });
        Self { status, fields: fields.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every byte of the answer, head and body.
    pub(crate) fn raw(&self) -> Vec<u8> {
        let head = self.fields.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        [head.collect::<String>().as_bytes(), &self.body].concat()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

/// A request after which the connection is closed.
pub(crate) fn request(method: &str, path: &str, fields: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nHost: alidade.test\r\nConnection: close\r\n");
    for (name, value) in fields {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if !body.is_empty() {
        head.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A text as it stands in one segment of a path, or in a query.
pub(crate) fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encode = |byte: u8| {
        if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(encode).collect()
}
