//! What a person is told, in one place of a view: near its top, in sight however far the view
//! is scrolled, read out by screen readers, there until it is dismissed or says nothing more.

use leptos::children::Children;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::{derived_bool, focus_in_place};

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// Something failed: screen readers say it at once.
    Failure,
    /// What came of something that shows elsewhere in the view: screen readers say it when
    /// they have finished what they are at.
    Notice,
}

/// Where the messages of a view stand.
#[component]
pub fn Messages(
    /// Each a [`message`].
    children: Children,
) -> impl IntoView {
    view! { <div class="messages">{children()}</div> }
}

/// A message with a button that dismisses it; nothing while it has no words.
///
/// - `text`: empty for none
/// - `dismiss`: makes `text` empty
pub fn message(kind: MessageKind, text: Signal<String>, dismiss: Callback<()>) -> AnyView {
    let is_none = derived_bool(move || text.with(String::is_empty));
    let (class, role) = match kind {
        MessageKind::Failure => ("message failure", "alert"),
        MessageKind::Notice => ("message", "status"),
    };
    let on_click = move |event: MouseEvent| {
        dismiss.run(());
        // A press of a key: the focus goes with the button.
        if event.detail() == 0 {
            focus_in_place("main");
        }
    };
    // The text's element is there before the text: what comes into it is read out.
    view! {
        <div class=class class:message--none=is_none>
            <p class="message__text" role=role>{text}</p>
            <button class="button button--small" type="button" hidden=is_none on:click=on_click>
                "Dismiss"
            </button>
        </div>
    }
    .into_any()
}
