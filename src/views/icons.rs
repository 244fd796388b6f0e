//! Small drawings, 16 px square, in the colour of the text around them.

use carto_ui::derived_str;
use leptos::prelude::*;

/// A tick in a disc: finished.
pub(crate) const DONE: (&str, &str) = (
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm3.6 4.9-4.3 4.6-.7.7-.7-.7-1.9-1.9 1.2-1.3 1.4 1.4 3.8-4Z",
    "",
);
/// A ring around a point: at work.
pub(crate) const RUNNING: (&str, &str) = (
    "M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z",
    "M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9Z",
);
/// A ring: not begun.
pub(crate) const WAITING: (&str, &str) = ("", "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z");
/// A square in a ring: stopped on request.
pub(crate) const STOPPED: (&str, &str) =
    ("M5.9 5.9h4.2v4.2H5.9Z", "M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9Z");
/// A struck ring: left out.
pub(crate) const SKIPPED: (&str, &str) =
    ("", "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM3.9 12.1l8.2-8.2");
/// A triangle with a stroke: something to know.
pub(crate) const WARNING: (&str, &str) =
    ("M7.3 11.3h1.4v1.4H7.3Z", "M8 2.1 14.6 14H1.4ZM8 6.3v3.7");
/// A disc, half of it filled: colours as the system has them.
pub(crate) const THEME_SYSTEM: (&str, &str) =
    ("M8 2v12A6 6 0 0 0 8 2Z", "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z");
/// A sun.
pub(crate) const THEME_LIGHT: (&str, &str) = (
    "M8 4.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4Z",
    "M8 .9v1.7M8 13.4v1.7M.9 8h1.7M13.4 8h1.7M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3",
);
/// A moon.
pub(crate) const THEME_DARK: (&str, &str) =
    ("M6.4 1.7a6.4 6.4 0 1 0 7.9 7.9A5.3 5.3 0 0 1 6.4 1.7Z", "");
/// An arrow down: opens a menu.
pub(crate) const CHEVRON: (&str, &str) = ("", "m3.5 6 4.5 4.5L12.5 6");

/// Draws an icon of this file: a filled path and a stroked one. Screen readers skip it,
/// since a word stands beside it.
pub(crate) fn icon((fill, line): (&'static str, &'static str)) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path class="icon__fill" d=fill></path>
            <path class="icon__line" d=line></path>
        </svg>
    }
}

/// An [`icon`] whose drawing changes.
pub(crate) fn live_icon(drawing: Signal<(&'static str, &'static str)>) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path class="icon__fill" d=derived_str(move || drawing.get().0)></path>
            <path class="icon__line" d=derived_str(move || drawing.get().1)></path>
        </svg>
    }
}

/// The logo of the page: a hit circle and its approach circle, a triangle within.
pub(crate) fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <circle class="mark__approach" cx="16" cy="16" r="14.4"></circle>
            <circle class="mark__hit" cx="16" cy="16" r="9"></circle>
            <path class="mark__point" d="M16 11.9 19.7 18.2H12.3Z"></path>
        </svg>
    }
}
