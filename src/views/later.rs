//! Parts of the page that are drawn in tasks of their own, so that the browser can
//! answer a person between two of them.
//!
//! A program that was just loaded is compiled as it runs, function by function: what
//! is drawn first takes many times as long as the same thing later.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;

use super::live::{Drawn, drawn};

/// Parts that wait for their task.
#[derive(Default)]
struct Queue {
    /// The last is next.
    parts: Vec<RwSignal<bool>>,
    /// Where a part goes that is found now: before all that were there when the task
    /// began that it is found in, so that parts are drawn in the order of the page
    /// and none is pushed down by one above it.
    place: usize,
    is_running: bool,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// A part that is drawn in a task of its own, after those above it.
pub(crate) fn later(view: impl Fn() -> AnyView + Send + 'static) -> Drawn {
    let is_due = RwSignal::new(false);
    drawn(move || {
        if is_due.get() {
            return view();
        }
        wait(is_due);
        ().into_any()
    })
}

fn wait(part: RwSignal<bool>) {
    let is_running = QUEUE.with_borrow_mut(|queue| {
        let place = queue.place;
        queue.parts.insert(place, part);
        std::mem::replace(&mut queue.is_running, true)
    });
    if !is_running {
        set_timeout(draw_next, Duration::ZERO);
    }
}

fn draw_next() {
    let part = QUEUE.with_borrow_mut(|queue| {
        let part = queue.parts.pop();
        queue.place = queue.parts.len();
        queue.is_running = part.is_some();
        part
    });
    if let Some(part) = part {
        // What it draws is drawn when this function has returned, and before the next task.
        set_timeout(draw_next, Duration::ZERO);
        part.try_set(true);
    }
}
