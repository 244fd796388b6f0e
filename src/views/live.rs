//! What follows the run on screen, each kind of one type.
//!
//! Leptos builds its machinery anew for the type of every closure it is given,
//! about a kilobyte each. Behind one of these all closures are of one type, so
//! the program holds that machinery once.

use leptos::prelude::*;

/// Words that change.
pub(crate) fn text(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(words)
}

/// One of a few words: a class, the state of a control.
pub(crate) fn word(
    choice: impl Fn() -> &'static str + Send + Sync + 'static,
) -> Signal<&'static str> {
    Signal::derive(choice)
}

/// Whether something holds.
pub(crate) fn flag(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(holds)
}

/// `true` and `false`, as ARIA spells them.
pub(crate) fn aria(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<&'static str> {
    word(move || if holds() { "true" } else { "false" })
}

/// A part of the page that is another one when the run has moved on.
pub(crate) type Drawn = Box<dyn Fn() -> AnyView + Send>;

/// The same for parts whose shape changes.
pub(crate) fn drawn(view: impl Fn() -> AnyView + Send + 'static) -> Drawn {
    Box::new(view)
}
