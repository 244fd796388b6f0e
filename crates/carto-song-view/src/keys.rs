//! What keys do in the view, wherever the focus is but in a text field.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// Play, or pause.
    PlayPause,
    /// A frame of 60 a second on, or back.
    Frame(i32),
    /// To the next bar, or the one before.
    Bar(i32),
    /// To a moment by its number.
    Moment(u32),
    /// A and B change places.
    Swap,
    /// See less, or more.
    Zoom {
        /// Whether less is seen.
        is_in: bool,
    },
}

/// What a key asks for; `None` for any other.
fn of_key(key: &str) -> Option<Command> {
    Some(match key {
        " " | "Spacebar" => Command::PlayPause,
        "," => Command::Frame(-1),
        "." => Command::Frame(1),
        "[" => Command::Bar(-1),
        "]" => Command::Bar(1),
        "x" | "X" => Command::Swap,
        "+" | "=" => Command::Zoom { is_in: true },
        "-" => Command::Zoom { is_in: false },
        digit => match digit.as_bytes() {
            [byte @ b'1'..=b'9'] => Command::Moment(u32::from(byte - b'0')),
            _ => return None,
        },
    })
}

/// What a press asks for, unless the element that has the focus takes it: a text field any key, a
/// button or a link the space bar.
pub(crate) fn command(event: &KeyboardEvent) -> Option<Command> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is = |selector: &str| {
        target.as_ref().is_some_and(|it| it.closest(selector).ok().flatten().is_some())
    };
    if is("input:not([type='range']):not([type='checkbox']), textarea, select, dialog, \
           [contenteditable]")
    {
        return None;
    }
    let found = of_key(&event.key())?;
    let is_taken = found == Command::PlayPause && is("button, a[href], summary, input");
    (!is_taken).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_for_what_is_written_beside_the_transport() {
        assert_eq!(of_key(" "), Some(Command::PlayPause));
        assert_eq!([",", "."].map(of_key), [-1, 1].map(|step| Some(Command::Frame(step))));
        assert_eq!(["[", "]"].map(of_key), [-1, 1].map(|step| Some(Command::Bar(step))));
        assert_eq!([of_key("1"), of_key("6")], [1, 6].map(|n| Some(Command::Moment(n))));
        assert_eq!([of_key("0"), of_key("Enter"), of_key("12")], [None; 3]);
    }
}
