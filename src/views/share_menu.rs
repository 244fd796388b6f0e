//! The menu that makes a link of a result.

use carto_charts::number::counted;
use carto_protocol::ResultText;
use carto_types::ResultLink;
use carto_ui::{Menu, MenuIds, copy_text, derived_bool, derived_string, dynamic, focus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::result_name::{NameField, ResultNaming};
use super::result_parts::ResultParts;
use crate::context::use_results;
use crate::results::RequestState;

/// Ids of the menu's parts.
const IDS: MenuIds = MenuIds { menu: "share-menu", button: "share", panel: "share-panel" };

/// A menu that makes a link, says what it holds, and puts it on the clipboard when it is asked
/// to.
///
/// The link can be read there too, since a browser may refuse the clipboard.
#[component]
pub(crate) fn ShareMenu(
    /// The result to send; `None` while there is none.
    result: Signal<Option<ResultText>>,
    /// What it is called.
    naming: ResultNaming,
    /// The parts that the result has, and whether latents are still being computed.
    parts: Signal<ResultParts>,
) -> impl IntoView {
    let results = use_results();
    let parts = derived_string(move || parts.get().in_link());
    let link = results.state.link;
    let is_open = RwSignal::new(false);
    let has_names = RwSignal::new(false);
    let is_copied = RwSignal::new(None::<bool>);
    let is_copy_wanted = RwSignal::new(false);
    // The link is made while a person looks at what it holds, and again with every change.
    Effect::new(move || {
        is_copied.set(None);
        is_copy_wanted.set(false);
        match is_open.get().then(|| result.get()).flatten() {
            Some(result) => results.make_link(result, has_names.get(), naming.label.get()),
            None => results.forget_link(),
        }
    });
    Effect::new(move || {
        if is_copy_wanted.get()
            && let RequestState::Ready(link) = link.get()
        {
            is_copy_wanted.set(false);
            let link = link_of(&link.fragment);
            spawn_local(async move {
                let is_done = copy_text(&link).await;
                is_copied.set(Some(is_done));
                if !is_done {
                    focus("share-link");
                }
            });
        }
    });
    let made = dynamic(move || match link.get() {
        RequestState::Idle => ().into_any(),
        RequestState::Pending(_) => view! { <p>"Making the link."</p> }.into_any(),
        RequestState::Failed(why) => view! { <p class="failure">{why}</p> }.into_any(),
        RequestState::Ready(link) => {
            let address = link_of(&link.fragment);
            let holds = what_it_holds(&link, address.len());
            view! {
                <p role="status">{holds}</p>
                <input id="share-link" class="share__link" readonly aria-label="The link" prop:value=address/>
            }
            .into_any()
        }
    });
    let copied = derived_string(move || match is_copied.get() {
        Some(true) => "Copied.".to_owned(),
        Some(false) => "This browser does not let pages copy. Copy it by hand.".to_owned(),
        None => String::new(),
    });
    let label = "Copy link".into_any();
    let is_disabled = derived_bool(move || result.with(Option::is_none));
    view! {
        <Menu ids=IDS class="menu share" label is_open is_disabled>
            <div id=IDS.panel class="menu__list share__panel" hidden=derived_bool(move || !is_open.get())>
                <p>
                    {parts}
                    " Nothing is stored anywhere. No file goes with it, and no figure of a single song."
                </p>
                <NameField id="share-name" naming/>
                <label class="share__names">
                    <input
                        type="checkbox"
                        prop:checked=has_names
                        on:change=move |event| {
                            has_names.set(event_target_checked(&event));
                            // From here on the other link is not what is asked for.
                            results.forget_link();
                        }
                    />
                    " with titles of songs and names of mappers"
                </label>
                {made}
                <button
                    id="share-copy"
                    class="button button--small"
                    type="button"
                    on:click=move |_| is_copy_wanted.set(true)
                >
                    "Copy"
                </button>
                <span role="status">{copied}</span>
            </div>
        </Menu>
    }
}

/// How long a link is, and whose names are in it: `1,899 characters. Names of 12 songs are in it;
/// those of 2 more do not fit.`
fn what_it_holds(link: &ResultLink, n_chars: usize) -> String {
    let length = counted(n_chars, "character", "characters");
    let songs = |n: u32| counted(n as usize, "song", "songs");
    match (link.n_named, link.n_left_out) {
        (0, 0) => format!("{length}."),
        (0, left_out) => format!(
            "{length}. The names of {} do not fit; save the result file to send them.",
            songs(left_out)
        ),
        (named, 0) => format!("{length}, with the names of {}.", songs(named)),
        (named, left_out) => format!(
            "{length}, with the names of {}. Those of {left_out} more do not fit; save the result file to send them all.",
            songs(named)
        ),
    }
}

/// The page's own address, without anything but the result.
fn link_of(fragment: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{path}#{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_are_told_before_the_link_is_copied() {
        let says = |n_named, n_left_out| {
            let link = ResultLink { fragment: String::new(), n_named, n_left_out };
            what_it_holds(&link, 1899)
        };
        assert_eq!(says(0, 0), "1,899 characters.");
        assert_eq!(says(14, 0), "1,899 characters, with the names of 14 songs.");
        assert_eq!(
            says(12, 2),
            "1,899 characters, with the names of 12 songs. Those of 2 more do not fit; save the result file to send them all."
        );
        assert_eq!(
            says(0, 1),
            "1,899 characters. The names of 1 song do not fit; save the result file to send them."
        );
    }
}
