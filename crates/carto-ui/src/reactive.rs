//! Values and parts of a page that follow signals, each kind of one type.
//!
//! Leptos builds its machinery anew for the type of every closure it is given, about a
//! kilobyte each. Behind one of these functions all closures are of one type, so a
//! program holds that machinery once.

use std::time::Duration;

use leptos::prelude::*;

/// Text that changes.
pub fn derived_string(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// One of a few fixed texts that changes: a class, the label of a button.
pub fn derived_str(
    text: impl Fn() -> &'static str + Send + Sync + 'static,
) -> Signal<&'static str> {
    Signal::derive(text)
}

/// A condition that changes.
pub fn derived_bool(condition: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(condition)
}

/// A condition that changes, as an ARIA attribute spells it: `true` or `false`.
pub fn derived_aria(condition: impl Fn() -> bool + Send + Sync + 'static) -> Signal<&'static str> {
    derived_str(move || if condition() { "true" } else { "false" })
}

/// A part of a page that is drawn anew when what it reads changes.
pub type Dynamic = Box<dyn Fn() -> AnyView + Send>;

/// A part of a page whose elements change, not only their texts.
pub fn dynamic(view: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
    Box::new(view)
}

/// Does something once nothing of what `track` reads has changed for a while.
///
/// - `rest`: how long that is
pub fn once_at_rest(rest: Duration, track: impl Fn() + 'static, act: impl Fn() + Copy + 'static) {
    let n_changes = StoredValue::new(0_u32);
    Effect::new(move || {
        track();
        n_changes.update_value(|n| *n = n.wrapping_add(1));
        let number = n_changes.get_value();
        let act_at_rest = move || {
            if n_changes.try_get_value() == Some(number) {
                act();
            }
        };
        set_timeout(act_at_rest, rest);
    });
}
