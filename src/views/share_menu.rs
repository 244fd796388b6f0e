//! A result as a link.

use carto_charts::number::counted;
use carto_protocol::ResultText;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::{aria, drawn, flag};
use super::menu::folding;
use crate::app::use_results;
use crate::download::copy_text;
use crate::state::Asked;

/// A button that unfolds what a link holds, makes it and puts it on the clipboard.
///
/// The link stands there to be read too: a browser may refuse the clipboard.
#[component]
pub(crate) fn ShareMenu(
    /// What to send; `None` while there is nothing.
    result: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let is_open = RwSignal::new(false);
    let has_names = RwSignal::new(false);
    let is_copied = RwSignal::new(None::<bool>);
    // A link of other figures is no link to these.
    Effect::new(move || {
        result.track();
        has_names.track();
        is_copied.set(None);
        results.forget_link();
    });
    let make = move || {
        if let Some(result) = result.get_untracked() {
            results.make_link(result, has_names.get_untracked());
        }
    };
    Effect::new(move || {
        if let Asked::Done(fragment) = results.link().get()
            && is_open.get_untracked()
        {
            let link = link_of(&fragment);
            spawn_local(async move { is_copied.set(Some(copy_text(&link).await)) });
        }
    });
    let made = drawn(move || match results.link().get() {
        Asked::Not => ().into_any(),
        Asked::Waiting => view! { <p>"Making the link."</p> }.into_any(),
        Asked::Failed(why) => view! { <p class="failure">{why}</p> }.into_any(),
        Asked::Done(fragment) => {
            let link = link_of(&fragment);
            let length = counted(link.len(), "character", "characters");
            let word = match is_copied.get() {
                Some(true) => "Copied: ",
                Some(false) => "This browser does not let pages copy. Copy it by hand: ",
                None => "",
            };
            view! {
                <p role="status">{word} {length} "."</p>
                <input class="share__link" readonly aria-label="The link" prop:value=link/>
            }
            .into_any()
        }
    });
    let (keys, leave) = folding(is_open, "share-menu", "share");
    view! {
        <div id="share-menu" class="menu share" on:keydown=keys on:focusout=leave>
            <button
                id="share"
                class="button"
                type="button"
                aria-expanded=aria(move || is_open.get())
                aria-controls="share-panel"
                disabled=flag(move || result.with(Option::is_none))
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "Copy link"
            </button>
            <div id="share-panel" class="menu__list share__panel" hidden=flag(move || !is_open.get())>
                <p>
                    "The link carries the figures of parts A, B and C themselves, rounded; nothing is stored anywhere. No file goes with it."
                </p>
                <label class="share__names">
                    <input
                        type="checkbox"
                        prop:checked=has_names
                        on:change=move |event| has_names.set(event_target_checked(&event))
                    />
                    " with titles of songs and names of mappers"
                </label>
                <button id="share-copy" class="button button--small" type="button" on:click=move |_| make()>
                    "Copy"
                </button>
                {made}
            </div>
        </div>
    }
}

/// The page's own address, without anything but the result.
fn link_of(fragment: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{path}#{fragment}")
}
