//! The word that ends a run early.

use tokio::sync::watch;

/// Can end a run. Dropping it ends nothing.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// Learns that the run is to end. Its copies learn the same.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

/// A run that goes on until it is told to end.
pub fn stop() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    /// Tells the run to end at the next place where nothing is lost.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Whether the run is to end.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the run is to end; for ever where nobody is left to say so.
    pub async fn wait(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|&is_set| is_set).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
