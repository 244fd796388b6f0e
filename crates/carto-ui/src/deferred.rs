//! Parts of the page that are drawn in tasks of their own, so that the browser can
//! answer a person between two of them.
//!
//! A program that was just loaded is compiled as it runs, function by function: what
//! is drawn first takes many times as long as the same thing later.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;

use crate::{Dynamic, dynamic};

/// Parts that wait for their task.
#[derive(Debug)]
struct Queue<T> {
    /// The last is next.
    parts: Vec<T>,
    /// Where a part goes that is found now: before all that were there when the task
    /// began that it is found in, so that parts are drawn in the order of the page
    /// and none is pushed down by one above it.
    place: usize,
    is_running: bool,
}

impl<T> Queue<T> {
    const fn new() -> Self {
        Self { parts: Vec::new(), place: 0, is_running: false }
    }

    /// Whether a first task must be asked for.
    fn push(&mut self, part: T) -> bool {
        self.parts.insert(self.place, part);
        !std::mem::replace(&mut self.is_running, true)
    }

    /// What the task that begins now is to draw; `None` ends it all.
    fn next(&mut self) -> Option<T> {
        let part = self.parts.pop();
        self.place = self.parts.len();
        self.is_running = part.is_some();
        part
    }
}

thread_local! {
    static QUEUE: RefCell<Queue<RwSignal<bool>>> = const { RefCell::new(Queue::new()) };
}

/// A part that is drawn in a task of its own, after those above it.
pub fn deferred(view: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
    let is_due = RwSignal::new(false);
    dynamic(move || {
        if is_due.get() {
            return view();
        }
        wait_for_turn(is_due);
        ().into_any()
    })
}

/// A part that stands there from the start, and goes in a task of its own, after those
/// above it are drawn.
pub fn until_drawn(view: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
    let is_due = RwSignal::new(false);
    dynamic(move || {
        if is_due.get() {
            return ().into_any();
        }
        wait_for_turn(is_due);
        view()
    })
}

fn wait_for_turn(is_due: RwSignal<bool>) {
    if QUEUE.with_borrow_mut(|queue| queue.push(is_due)) {
        set_timeout(draw_next, Duration::ZERO);
    }
}

fn draw_next() {
    if let Some(part) = QUEUE.with_borrow_mut(Queue::next) {
        // What it draws is drawn when this function has returned, and before the next task.
        set_timeout(draw_next, Duration::ZERO);
        part.try_set(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws all parts; a part finds others when it is drawn.
    fn order(first: &[&'static str], found: &[(&str, &[&'static str])]) -> Vec<&'static str> {
        let mut queue = Queue::new();
        for &part in first {
            queue.push(part);
        }
        let mut drawn = Vec::new();
        while let Some(part) = queue.next() {
            drawn.push(part);
            let inside = found.iter().filter(|(outer, _)| *outer == part);
            inside.flat_map(|(_, inside)| *inside).for_each(|&part| {
                assert!(!queue.push(part), "a task is on its way");
            });
        }
        drawn
    }

    #[test]
    fn parts_are_drawn_in_the_order_of_the_page() {
        let found: [(&str, &[&str]); 3] = [("a", &["a1", "a2"]), ("a1", &["a11"]), ("c", &["c1"])];
        let expected = ["a", "a1", "a11", "a2", "b", "c", "c1"];
        assert_eq!(order(&["a", "b", "c"], &found), expected);
    }

    #[test]
    fn the_first_part_asks_for_a_task_and_so_does_the_first_after_the_last() {
        let mut queue = Queue::new();
        assert!(queue.push(1));
        assert!(!queue.push(2));
        assert_eq!([queue.next(), queue.next(), queue.next()], [Some(1), Some(2), None]);
        assert!(queue.push(3));
        assert_eq!(queue.next(), Some(3));
    }
}
