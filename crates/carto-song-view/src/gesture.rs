//! Pointers on a chart of time: one drags, two zoom, a press without a move is a tap.

use leptos::prelude::{StoredValue, UpdateValue};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// How far a pointer may move and still be a tap, px.
const TAP_PX: f64 = 5.0;

/// Pointers that are down on a chart.
#[derive(Debug, Clone, Default, PartialEq)]
struct Pointers {
    /// Their names and places, px from the left edge of the chart.
    down: Vec<(i32, f64)>,
    /// Where the first went down.
    start_x: f64,
    has_moved: bool,
}

/// What a move of a pointer asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Move {
    /// One pointer went so far, px; to the right for more than 0.
    Drag {
        /// Where it is, px.
        x: f64,
        /// How far it went, px.
        by: f64,
    },
    /// Two pointers went apart, or came together.
    Pinch {
        /// Of the length that is seen.
        factor: f64,
        /// The middle between the two, px.
        x: f64,
    },
}

impl Pointers {
    /// A pointer goes down.
    fn press(&mut self, id: i32, x: f64) {
        if self.down.is_empty() {
            (self.start_x, self.has_moved) = (x, false);
        } else {
            // A second finger is no tap.
            self.has_moved = true;
        }
        self.down.retain(|(known, _)| *known != id);
        self.down.push((id, x));
    }

    /// A pointer moves; `None` for one that is not down, and for a tremble.
    fn shift(&mut self, id: i32, x: f64) -> Option<Move> {
        let apart = |down: &[(i32, f64)]| match down {
            [(_, a), (_, b)] => Some(((a - b).abs().max(10.0), (a + b) / 2.0)),
            _ => None,
        };
        let before = apart(&self.down);
        let place = self.down.iter().position(|(known, _)| *known == id)?;
        let known = self.down.get_mut(place)?;
        let by = x - known.1;
        if !self.has_moved && (x - self.start_x).abs() < TAP_PX {
            return None;
        }
        known.1 = x;
        self.has_moved = true;
        match (before, apart(&self.down)) {
            (Some((before, _)), Some((now, middle))) => {
                Some(Move::Pinch { factor: before / now, x: middle })
            }
            _ if self.down.len() == 1 => Some(Move::Drag { x, by }),
            _ => None,
        }
    }

    /// A pointer goes up; whether it was a tap.
    fn release(&mut self, id: i32) -> bool {
        let n_before = self.down.len();
        self.down.retain(|(known, _)| *known != id);
        n_before == 1 && self.down.is_empty() && !self.has_moved
    }

    /// All pointers are gone: the browser took them for something else.
    fn cancel(&mut self) {
        self.down.clear();
    }
}

/// The pointers of one chart, told of them by its event handlers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChartPointers(StoredValue<Pointers>);

impl ChartPointers {
    /// No pointer is down.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(Pointers::default()))
    }

    /// A pointer goes down: its moves and its release come to the chart wherever it goes.
    ///
    /// - returns: where it is, px from the left edge
    pub(crate) fn press(self, event: &PointerEvent) -> f64 {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(target) = target {
            // A pointer that is gone already cannot be captured, and need not be.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let x = f64::from(event.offset_x());
        self.0.update_value(|pointers| pointers.press(event.pointer_id(), x));
        x
    }

    /// A pointer moves: as [`Pointers::shift`].
    pub(crate) fn shift(self, event: &PointerEvent) -> Option<Move> {
        let x = f64::from(event.offset_x());
        self.0.try_update_value(|pointers| pointers.shift(event.pointer_id(), x)).flatten()
    }

    /// A pointer goes up; whether it was a tap.
    pub(crate) fn release(self, event: &PointerEvent) -> bool {
        let release = |pointers: &mut Pointers| pointers.release(event.pointer_id());
        self.0.try_update_value(release).unwrap_or(false)
    }

    /// All pointers are gone.
    pub(crate) fn cancel(self) {
        self.0.update_value(Pointers::cancel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_without_a_move_is_a_tap_and_a_drag_is_none() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0);
        assert_eq!(pointers.shift(1, 103.0), None);
        assert!(pointers.release(1));
        pointers.press(1, 100.0);
        assert_eq!(pointers.shift(1, 110.0), Some(Move::Drag { x: 110.0, by: 10.0 }));
        assert_eq!(pointers.shift(1, 108.0), Some(Move::Drag { x: 108.0, by: -2.0 }));
        assert_eq!(pointers.shift(7, 0.0), None);
        assert!(!pointers.release(1));
    }

    #[test]
    fn two_pointers_zoom_around_their_middle() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0);
        pointers.press(2, 200.0);
        assert_eq!(pointers.shift(2, 300.0), Some(Move::Pinch { factor: 0.5, x: 200.0 }));
        assert!(!pointers.release(2));
        assert!(!pointers.release(1), "what was a pinch is no tap");
    }
}
