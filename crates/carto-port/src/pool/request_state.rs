use std::sync::atomic::{AtomicU32, Ordering};

/// How far something is that a worker is asked for, one request at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RequestState<T> {
    /// Nobody asked.
    #[default]
    Idle,
    /// A worker is at it. The number tells the request from those before it, whose
    /// replies come too late.
    Pending(u32),
    /// The reply.
    Ready(T),
    /// Why there is none.
    Failed(String),
}

impl<T> RequestState<T> {
    /// Whether this is the request that is waited for.
    pub fn is_pending(&self, number: u32) -> bool {
        matches!(self, Self::Pending(pending) if *pending == number)
    }
}

impl<T> From<Result<T, String>> for RequestState<T> {
    fn from(reply: Result<T, String>) -> Self {
        reply.map_or_else(Self::Failed, Self::Ready)
    }
}

/// A number that this page has given nothing else.
pub fn unique_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
