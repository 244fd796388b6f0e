//! Pauses between requests.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::stop::{Stop, Stopped};

/// Keeps requests to one service apart.
///
/// Between the starts of two requests lies at least the interval; bursts are
/// not saved up, since the services count a minute from where they like.
#[derive(Debug)]
pub(crate) struct Pacer {
    interval: Duration,
    /// Time before which no request starts.
    free_at: Option<Instant>,
}

impl Pacer {
    /// - `interval`: time between the starts of two requests
    pub(crate) fn new(interval: Duration) -> Self {
        Self { interval, free_at: None }
    }

    /// Waits until the next request may start, and counts it.
    ///
    /// # Errors
    ///
    /// [`Stopped`]; the request is not counted then.
    pub(crate) async fn turn(&mut self, stop: &Stop) -> Result<(), Stopped> {
        match self.free_at {
            Some(free_at) => stop.unless(sleep_until(free_at)).await?,
            None => stop.check()?,
        }
        self.free_at = Some(Instant::now() + self.interval);
        Ok(())
    }

    /// Counts the interval from now on: from the end of a request.
    pub(crate) fn rest(&mut self) {
        self.hold(self.interval);
    }

    /// Lets no request start before `pause` is over.
    pub(crate) fn hold(&mut self, pause: Duration) {
        let until = Instant::now() + pause;
        self.free_at = Some(self.free_at.map_or(until, |free_at| free_at.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::Stopper;

    #[tokio::test(start_paused = true)]
    async fn sixty_a_minute_is_one_a_second() {
        let (_stopper, stop) = Stopper::new();
        let mut pacer = Pacer::new(Duration::from_secs(1));
        let start = Instant::now();
        for _ in 0..61 {
            pacer.turn(&stop).await.unwrap();
        }
        assert_eq!(start.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn a_quiet_minute_saves_nothing_up() {
        let (_stopper, stop) = Stopper::new();
        let mut pacer = Pacer::new(Duration::from_secs(1));
        pacer.turn(&stop).await.unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
        let start = Instant::now();
        for _ in 0..3 {
            pacer.turn(&stop).await.unwrap();
        }
        assert_eq!(start.elapsed().as_secs(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_is_waited_out() {
        let (_stopper, stop) = Stopper::new();
        let mut pacer = Pacer::new(Duration::from_secs(1));
        pacer.turn(&stop).await.unwrap();
        pacer.hold(Duration::from_secs(30));
        pacer.hold(Duration::from_secs(5));
        let start = Instant::now();
        pacer.turn(&stop).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_begins_after_the_answer() {
        let (_stopper, stop) = Stopper::new();
        let mut pacer = Pacer::new(Duration::from_millis(300));
        pacer.turn(&stop).await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        pacer.rest();
        let start = Instant::now();
        pacer.turn(&stop).await.unwrap();
        assert_eq!(start.elapsed().as_millis(), 300);
    }
}
