//! A server in between, which sees what the other one is asked.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use crate::support::fake_server::FakeServer;
use crate::support::fake_server::site::{Asked, Said, Site};
use crate::support::http::{Answer, Server, request};

/// Passes on what is asked, and remembers it.
pub(in crate::paths) struct Relay {
    to: SocketAddr,
    /// Who is asked instead after so many requests.
    then: Option<(usize, SocketAddr)>,
    seen: Vec<Asked>,
}

impl Relay {
    pub(in crate::paths) fn to(server: &Server) -> FakeServer<Self> {
        FakeServer::of(Self { to: server.address(), then: None, seen: Vec::new() })
    }

    pub(super) fn to_one_after_the_other(
        first: &Server,
        n_requests: usize,
        second: &Server,
    ) -> FakeServer<Self> {
        let then = Some((n_requests, second.address()));
        FakeServer::of(Self { to: first.address(), then, seen: Vec::new() })
    }

    /// What was asked, in order.
    pub(in crate::paths) fn seen(&self) -> &[Asked] {
        &self.seen
    }
}

impl Site for Relay {
    fn answer(&mut self, asked: &Asked) -> Said {
        self.seen.push(asked.clone());
        let to = match self.then {
            Some((n_requests, second)) if self.seen.len() > n_requests => second,
            _ => self.to,
        };
        let mut stream = TcpStream::connect(to).unwrap();
        stream.write_all(&request(&asked.method, &asked.path, &[], b"")).unwrap();
        let answer = Answer::read(&mut stream);
        let media_type = answer.field("content-type").unwrap_or_default().to_owned();
        Said::of(answer.status, &media_type, answer.body)
    }
}

/// The paths that were asked for, in order.
pub(super) fn paths(relay: &FakeServer<Relay>) -> Vec<String> {
    relay.change(|relay| relay.seen().iter().map(|asked| asked.path.clone()).collect())
}
