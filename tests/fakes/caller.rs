//! A caller that speaks HTTP/1.1, and says what became of it.

use std::io::{Error, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::support::http::{Answer, request};

/// Asks with `GET`; the answer has to be whole.
#[track_caller]
pub(super) fn get(address: SocketAddr, path: &str) -> Answer {
    ask(address, path, &[]).unwrap()
}

/// Asks with `GET` and header fields. The error says how the answer was cut off.
pub(super) fn ask(
    address: SocketAddr,
    path: &str,
    fields: &[(&str, &str)],
) -> Result<Answer, Error> {
    send(address, &request("GET", path, fields, b""))
}

/// Sends a request under the server's own name.
pub(super) fn send(address: SocketAddr, request: &[u8]) -> Result<Answer, Error> {
    let text = String::from_utf8_lossy(request);
    let request = text.replacen("alidade.test", &address.to_string(), 1);
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.ok_or(ErrorKind::ConnectionAborted)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
    let fields = lines.filter_map(|line| line.split_once(':'));
    let fields = fields.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let answer = Answer { status, fields: fields.collect(), body: bytes[end + 4..].to_vec() };
    let said: usize = answer.field("content-length").map_or(0, |len| len.parse().unwrap());
    if answer.status != 304 && answer.body.len() != said {
        return Err(Error::from(ErrorKind::UnexpectedEof));
    }
    Ok(answer)
}
