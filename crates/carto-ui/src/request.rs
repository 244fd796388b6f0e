//! What is asked of a worker, one request at a time, and a signal that shows how far it is.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

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
    /// Whether a worker is at it.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending(_))
    }
}

impl<T> From<Result<T, String>> for RequestState<T> {
    fn from(reply: Result<T, String>) -> Self {
        reply.map_or_else(Self::Failed, Self::Ready)
    }
}

/// A request under way, whose signal may show another one by the time it ends.
#[derive(Debug)]
pub struct PendingRequest<T: 'static> {
    state: RwSignal<RequestState<T>>,
    number: u32,
}

impl<T: Send + Sync + 'static> PendingRequest<T> {
    /// Begins a request: what the signal showed is wanted no more.
    pub fn begin(state: RwSignal<RequestState<T>>) -> Self {
        let number = unique_number();
        state.set(RequestState::Pending(number));
        Self { state, number }
    }

    /// Whether its reply is still waited for.
    pub fn is_wanted(&self) -> bool {
        self.state.with_untracked(|state| match state {
            RequestState::Pending(number) => *number == self.number,
            _ => false,
        })
    }

    /// Shows its reply, if that is still waited for.
    pub fn end(&self, reply: Result<T, String>) {
        if self.is_wanted() {
            self.state.set(reply.into());
        }
    }
}

/// A number that this page has given nothing else.
pub fn unique_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_shown_unless_something_else_was_asked_for_since() {
        let owner = Owner::new();
        owner.with(|| {
            let state = RwSignal::new(RequestState::<u32>::Idle);
            let first = PendingRequest::begin(state);
            let second = PendingRequest::begin(state);
            assert!(!first.is_wanted() && second.is_wanted());
            first.end(Ok(1));
            assert!(state.with_untracked(RequestState::is_pending));
            second.end(Ok(2));
            assert_eq!(state.get_untracked(), RequestState::Ready(2));
            second.end(Err("late".to_owned()));
            assert_eq!(state.get_untracked(), RequestState::Ready(2));
        });
    }
}
