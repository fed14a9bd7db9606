//! An address that nobody may connect to, and who did.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Listens on a free port and counts whoever connects.
pub(crate) struct Trap {
    address: SocketAddr,
    caught: Arc<AtomicUsize>,
}

impl Trap {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let caught = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&caught);
        // The thread ends with the process: a trap has no other end.
        thread::spawn(move || {
            for connection in listener.incoming() {
                counted.fetch_add(usize::from(connection.is_ok()), Ordering::SeqCst);
            }
        });
        Self { address, caught }
    }

    /// The address of its root, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connected.
    pub(crate) fn n_caught(&self) -> usize {
        self.caught.load(Ordering::SeqCst)
    }
}
