//! The menu that makes a link of a result.

use carto_charts::number::counted;
use carto_protocol::ResultText;
use carto_ui::{Menu, MenuIds, copy_text, derived_bool, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::context::use_results;
use crate::results::RequestState;

/// A menu that says what a link holds, makes it and puts it on the clipboard.
///
/// The link can be read there too, since a browser may refuse the clipboard.
#[component]
pub(crate) fn ShareMenu(
    /// The result to send; `None` while there is none.
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
        if let RequestState::Ready(fragment) = results.state.link.get()
            && is_open.get_untracked()
        {
            let link = link_of(&fragment);
            spawn_local(async move { is_copied.set(Some(copy_text(&link).await)) });
        }
    });
    let made = dynamic(move || match results.state.link.get() {
        RequestState::Idle => ().into_any(),
        RequestState::Pending(_) => view! { <p>"Making the link."</p> }.into_any(),
        RequestState::Failed(why) => view! { <p class="failure">{why}</p> }.into_any(),
        RequestState::Ready(fragment) => {
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
    let ids = MenuIds { menu: "share-menu", button: "share", panel: "share-panel" };
    let label = "Copy link".into_any();
    let is_disabled = derived_bool(move || result.with(Option::is_none));
    view! {
        <Menu ids class="menu share" label is_open is_disabled>
            <div id=ids.panel class="menu__list share__panel" hidden=derived_bool(move || !is_open.get())>
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
        </Menu>
    }
}

/// The page's own address, without anything but the result.
fn link_of(fragment: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{path}#{fragment}")
}
