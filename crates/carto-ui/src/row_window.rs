use std::ops::Range;

use leptos::ev;
use leptos::html::Tbody;
use leptos::prelude::*;

use crate::reactive::{Dynamic, derived_string, dynamic};

/// Rows that are in the page at a time: a thousand rows of many cells are slow to lay out.
const ROWS_IN_PAGE: usize = 80;

/// Of these, rows above the first that a person sees, so that a short way back shows no gap.
const ROWS_ABOVE: usize = 30;

/// Rows that come and go together: fewer would be drawn at every turn of a wheel.
const STEP: usize = 10;

/// Heights of rows that differ by less are the same.
const LEAST_CHANGE_PX: f64 = 0.1;

/// Which rows of a long table are in the page: those near what a person sees, and all while it is
/// printed. The place of the others is kept by a gap before and one behind them.
///
/// Whoever draws the table says in `aria-rowcount` how many rows there are with the head, and
/// in `aria-rowindex` of each which it is.
#[derive(Debug, Clone, Copy)]
pub struct RowWindow {
    n_rows: Signal<usize>,
    first: RwSignal<usize>,
    /// Whether the page is being printed, which takes all rows.
    is_printed: RwSignal<bool>,
    row_px: RwSignal<f64>,
    body: NodeRef<Tbody>,
}

impl RowWindow {
    /// A table that scrolls with the page; to be made by the component that draws it.
    ///
    /// - `row_px`: usual height of a row, until there are rows to be measured
    /// - `body`: holds the rows, and no gap
    pub fn new(n_rows: Signal<usize>, row_px: f64, body: NodeRef<Tbody>) -> Self {
        let (first, row_px) = (RwSignal::new(0), RwSignal::new(row_px));
        let is_printed = RwSignal::new(false);
        let window = Self { n_rows, first, is_printed, row_px, body };
        let scrolled = window_event_listener(ev::scroll, move |_| window.follow());
        let resized = window_event_listener(ev::resize, move |_| {
            window.measure();
            window.follow();
        });
        // Before anybody scrolls: gaps of another height than their rows would move the page.
        Effect::new(move |_| {
            if n_rows.get() > ROWS_IN_PAGE && body.get().is_some() {
                request_animation_frame(move || window.measure());
            }
        });
        let printed = window_event_listener(ev::beforeprint, move |_| is_printed.set(true));
        let shown = window_event_listener(ev::afterprint, move |_| is_printed.set(false));
        on_cleanup(move || {
            scrolled.remove();
            resized.remove();
            printed.remove();
            shown.remove();
        });
        window
    }

    /// Places of the rows to draw.
    pub fn range(self) -> Range<usize> {
        let n_rows = self.n_rows.get();
        if self.is_printed.get() { 0..n_rows } else { range_from(self.first.get(), n_rows) }
    }

    /// Which row of the table one is, as `aria-rowindex` counts: the head is the first.
    ///
    /// - `place`: among the rows in the page, from 0
    pub fn row_index(self, place: ReadSignal<usize>) -> Signal<String> {
        derived_string(move || (self.range().start + place.get() + 2).to_string())
    }

    /// What stands for the rows before those in the page: a body of its own.
    pub fn gap_before(self) -> Dynamic {
        dynamic(move || gap(self.range().start as f64 * self.row_px.get()))
    }

    /// What stands for the rows behind those in the page: a body of its own.
    pub fn gap_behind(self) -> Dynamic {
        dynamic(move || {
            let n_behind = self.n_rows.get().saturating_sub(self.range().end);
            gap(n_behind as f64 * self.row_px.get())
        })
    }

    /// Which rows are in the page, where the upper edge of the first is and how high each one;
    /// `None` where the table is short, printed or gone.
    fn shown(self) -> Option<(Range<usize>, f64, f64)> {
        // A frame that was asked for can come after the table is gone.
        let n_rows = self.n_rows.try_get_untracked()?;
        let body = self.body.try_get_untracked()??;
        // On paper there is nothing to follow.
        if n_rows <= ROWS_IN_PAGE || self.is_printed.get_untracked() {
            return None;
        }
        let place = body.get_bounding_client_rect();
        let shown = range_from(self.first.get_untracked(), n_rows);
        let row_px = (place.height() / shown.len() as f64).max(1.0);
        Some((shown, place.top(), row_px))
    }

    /// Gives the gaps the height that rows have.
    fn measure(self) {
        let Some((_, _, row_px)) = self.shown() else { return };
        if (row_px - self.row_px.get_untracked()).abs() > LEAST_CHANGE_PX {
            self.row_px.set(row_px);
        }
    }

    /// Draws other rows where a person has come near the end of these.
    fn follow(self) {
        let Some((shown, top_px, row_px)) = self.shown() else { return };
        let first = first_row(top_px - shown.start as f64 * row_px, row_px);
        if range_from(first, self.n_rows.get_untracked()) != shown {
            self.row_px.set(row_px);
            self.first.set(first);
        }
    }
}

/// The first row to draw.
///
/// - `list_top_px`: where the first row of all stands or would, from the upper edge of what a
///   person sees
fn first_row(list_top_px: f64, row_px: f64) -> usize {
    let n_above = (-list_top_px / row_px).max(0.0) as usize;
    n_above.saturating_sub(ROWS_ABOVE) / STEP * STEP
}

fn range_from(first: usize, n_rows: usize) -> Range<usize> {
    let start = first.min(n_rows.saturating_sub(ROWS_IN_PAGE));
    start..(start + ROWS_IN_PAGE).min(n_rows)
}

fn gap(px: f64) -> AnyView {
    if px == 0.0 {
        return ().into_any();
    }
    let height = format!("{px}px");
    view! {
        <tbody role="presentation" aria-hidden="true">
            <tr role="presentation"><td role="presentation" style=("height", height)></td></tr>
        </tbody>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_table_is_there_as_a_whole() {
        assert_eq!(range_from(0, 0), 0..0);
        assert_eq!(range_from(0, 80), 0..80);
        assert_eq!(range_from(70, 75), 0..75);
    }

    #[test]
    fn the_rows_that_a_person_sees_are_in_the_page_wherever_they_are() {
        let (row_px, seen_px, n_rows) = (72.0, 1400.0, 10_000);
        for scrolled_px in (0..=(n_rows * 72 - 1400)).step_by(531) {
            let range = range_from(first_row(-(scrolled_px as f64), row_px), n_rows);
            let seen = scrolled_px as f64 / row_px..(scrolled_px as f64 + seen_px) / row_px;
            assert!(range.start as f64 <= seen.start && seen.end <= range.end as f64, "{seen:?}");
            assert!(range.len() == ROWS_IN_PAGE && range.end <= n_rows);
        }
        assert_eq!(first_row(500.0, row_px), 0, "below what a person sees");
    }
}
