//! A caller that speaks HTTP/1.1: one request, one answer, and a limit to its patience.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How long an answer may take before it counts as hanging; the service itself gives up sooner.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// None came in time.
    Late,
    /// The connection was closed without one.
    Closed,
}

/// Sends one request; a body is JSON.
pub(crate) fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: &[u8],
) -> Result<Answer, NoAnswer> {
    let content = match method {
        "POST" => {
            format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())
        }
        _ => String::new(),
    };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: alidade.test\r\nConnection: close\r\n{content}\r\n"
    );
    let mut stream =
        TcpStream::connect_timeout(&address, PATIENCE).map_err(|error| fault(error.kind()))?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    // The service may have answered, and closed, before all is sent.
    drop(stream.write_all(&[head.as_bytes(), body].concat()));
    receive(&mut stream)
}

fn receive(stream: &mut TcpStream) -> Result<Answer, NoAnswer> {
    let begun = Instant::now();
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(_) if begun.elapsed() > PATIENCE => return Err(NoAnswer::Late),
            Ok(n) => bytes.extend_from_slice(&chunk[..n]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if fault(error.kind()) == NoAnswer::Late => return Err(NoAnswer::Late),
            Err(_) => break,
        }
    }
    parse(&bytes).ok_or(NoAnswer::Closed)
}

fn fault(kind: ErrorKind) -> NoAnswer {
    match kind {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => NoAnswer::Late,
        _ => NoAnswer::Closed,
    }
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, body: bytes.get(end + 4..)?.to_vec() })
}

/// Bytes as they stand in a query.
pub(crate) fn encoded(bytes: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encode = |byte: &u8| {
        if is_plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }
    };
    bytes.iter().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::{NoAnswer, encoded, send};

    /// Answers one request with these bytes.
    fn answering(with: &'static [u8]) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let n_read = stream.read(&mut request).unwrap();
            assert!(n_read > 0);
            stream.write_all(with).unwrap();
        });
        address
    }

    #[test]
    fn an_answer_is_taken_apart_and_a_closed_door_is_none() {
        let found = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        let answer = send(found, "GET", "/v1/search?q=a", b"").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (200, b"{}".as_slice()));
        let closed = send(answering(b""), "POST", "/v1/suggest", b"{}");
        assert_eq!(closed.err(), Some(NoAnswer::Closed));
        assert_eq!(encoded("a b&ü".as_bytes()), "a%20b%26%C3%BC");
    }
}
