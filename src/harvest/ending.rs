//! How a harvest learns that it is to end.

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot::{self, error::RecvError};

/// Waits for the word to end: Ctrl-C, SIGTERM, or the end of whoever started this.
pub(super) async fn told_to_end(with_parent: bool) {
    let terminated = async {
        #[cfg(unix)]
        if let Ok(mut signal) = signal(SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    let abandoned = async {
        if !with_parent || end_of_input().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => {
            if interrupted.is_err() {
                std::future::pending::<()>().await;
            }
        }
        () = terminated => {}
        () = abandoned => {}
    }
}

/// Waits for the end of the standard input, in a thread that nobody waits for.
async fn end_of_input() -> Result<(), RecvError> {
    let (sender, ended) = oneshot::channel();
    std::thread::spawn(move || {
        let read = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        tracing::debug!(?read, is_told = sender.send(()).is_ok(), "the standard input ended");
    });
    ended.await
}
