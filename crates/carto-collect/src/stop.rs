//! Stopping a run between two files.

use tokio::sync::watch;

/// Asks a run to stop, from anywhere.
#[derive(Debug, Clone)]
pub struct Stopper(watch::Sender<bool>);

/// Sees whether a run should stop.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

/// A run was asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl Stopper {
    /// Makes a pair: one asks to stop, the other sees it.
    pub fn new() -> (Self, Stop) {
        let (sender, receiver) = watch::channel(false);
        (Self(sender), Stop(receiver))
    }

    /// Asks the run to stop. What it has is kept.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Waits for `work`, or until the run is asked to stop.
    ///
    /// Requests and pauses go through here and nothing else does, so a file is
    /// never left in the middle of a write.
    pub(crate) async fn unless<T>(&self, work: impl Future<Output = T>) -> Result<T, Stopped> {
        let mut seen = self.0.clone();
        let asked = async move {
            // A stopper that is gone asks no more.
            if seen.wait_for(|is_asked| *is_asked).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = asked => Err(Stopped),
            done = work => Ok(done),
        }
    }

    /// [`Stopped`] once the run is asked to stop.
    pub(crate) fn check(&self) -> Result<(), Stopped> {
        if *self.0.borrow() { Err(Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_when_asked() {
        let (stopper, stop) = Stopper::new();
        assert_eq!(stop.unless(async { 5 }).await, Ok(5));
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            stopper.stop();
        });
        let start = tokio::time::Instant::now();
        assert_eq!(stop.unless(tokio::time::sleep(Duration::from_secs(60))).await, Err(Stopped));
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        assert_eq!(stop.check(), Err(Stopped));
    }

    #[tokio::test]
    async fn without_a_stopper_nothing_stops() {
        let (_, stop) = Stopper::new();
        assert_eq!(stop.unless(tokio::task::yield_now()).await, Ok(()));
    }
}
