//! A wire between the browser and the service that keeps what the browser says.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Passes everything on, and keeps what is said to the service.
pub(super) struct Recorder {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Recorder {
    /// Stands before a service until the tests end.
    pub(super) fn before(service: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                let Ok(service) = TcpStream::connect(service) else { break };
                let (ear, back) = (Arc::clone(&ear), (service.try_clone(), caller.try_clone()));
                thread::spawn(move || pass_on(caller, service, &ear));
                let (Ok(from), Ok(to)) = back else { break };
                thread::spawn(move || pass_on(from, to, &Mutex::default()));
            }
        });
        Self { address, heard }
    }

    /// The address that stands for the service.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything that was said so far.
    pub(super) fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, ear: &Mutex<Vec<u8>>) {
    let mut bytes = [0; 16 << 10];
    let passed: io::Result<()> = (|| {
        loop {
            let n_read = from.read(&mut bytes)?;
            if n_read == 0 {
                return Ok(());
            }
            ear.lock().unwrap().extend_from_slice(&bytes[..n_read]);
            to.write_all(&bytes[..n_read])?;
        }
    })();
    // Either end may go at any time.
    drop(passed);
    drop(to.shutdown(Shutdown::Write));
}
