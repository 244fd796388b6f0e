//! The dialog that saves maps as collections: by which labels, in which file, how many each.

use carto_types::CollectionFormat;
use carto_ui::{FileButton, derived_bool};
use leptos::html;
use leptos::prelude::*;

use crate::client::use_client;
use crate::collected::{CollectionCounts, CollectionsChoice, percent_of};
use crate::collections::CollectionsClient;
use crate::format::counted;
use crate::rows::Mods;
use crate::state::{BeatmapsState, RequestState};

/// The dialog, closed until the button in the head opens it.
#[component]
pub(crate) fn CollectionsDialog() -> impl IntoView {
    let is_open = use_client().collections.is_open;
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let (is_open, Some(dialog)) = (is_open.get(), dialog.get()) else { return };
        if is_open && !dialog.open() {
            // Only what is not on the page cannot be shown.
            let _ = dialog.show_modal();
        } else if !is_open {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            id="collections"
            class="collections"
            aria-labelledby="collections-title"
            on:close=move |_| is_open.set(false)
        >
            <div class="collections__head">
                <h2 id="collections-title" class="heading">"Save as collections"</h2>
                <button class="button button--small" type="button" on:click=move |_| is_open.set(false)>"Close"</button>
            </div>
            // Nothing is counted while it is closed.
            {move || is_open.get().then(|| view! { <Form/> })}
        </dialog>
    }
}

/// All choices, what they give, and the button that saves it.
#[component]
fn Form() -> impl IntoView {
    let client = use_client();
    let collections = client.collections;
    let counts = Memo::new(move |_| collections.counts());
    let can_save = Memo::new(move |_| {
        counts.with(|counts| counts.as_ref().is_some_and(|(_, counts)| counts.n_maps > 0))
            && !client.state.has_unclassified()
    });
    let is_saving = move || collections.saved.with(RequestState::is_pending);
    let format = move || collections.choice.with(|choice| choice.format);
    view! {
        <form
            class="collections__form"
            on:submit=move |event| {
                event.prevent_default();
                collections.save();
            }
        >
            {maps_fields(collections, client.state)}
            {rule_fields(collections)}
            {format_fields(collections)}
            {move || (format() == CollectionFormat::CollectionDb).then(|| own_file_fields(collections))}
            <section class="collections__counts" aria-labelledby="collections-counts">
                {move || counts_list(collections, counts.get(), client.state.choice.with(|choice| choice.played))}
            </section>
            <div class="collections__save">
                <button
                    class="button button--primary"
                    type="submit"
                    disabled=move || is_saving() || !can_save.get()
                >{move || format!("Save {}", format().file_name())}</button>
                {move || client.state.has_unclassified().then_some("Maps are still being classified.")}
            </div>
            <div role="status">
                {move || match collections.saved.get() {
                    RequestState::Ready(said) => said.into_iter().map(|said| view! { <p>{said}</p> }).collect_view().into_any(),
                    _ => ().into_any(),
                }}
            </div>
            {move || match collections.saved.get() {
                RequestState::Failed(why) => failure(why).into_any(),
                _ => ().into_any(),
            }}
        </form>
    }
}

/// Which maps are collected; nothing to choose while the table shows all.
fn maps_fields(collections: CollectionsClient, state: BeatmapsState) -> impl IntoView {
    let n_shown = Memo::new(move |_| state.shown.with(Vec::len));
    let n_all = Memo::new(move |_| state.rows.with(Vec::len));
    move || {
        (n_shown.get() < n_all.get()).then(|| {
            view! {
                <fieldset>
                    <legend class="notes__title">"Maps"</legend>
                    {radio(
                        collections,
                        "collections-maps",
                        format!("all {}", counted(n_all.get(), "map", "maps")),
                        |choice| !choice.is_shown_only,
                        |choice| choice.is_shown_only = false,
                    )}
                    {radio(
                        collections,
                        "collections-maps",
                        format!("the {} that the table shows", counted(n_shown.get(), "map", "maps")),
                        |choice| choice.is_shown_only,
                        |choice| choice.is_shown_only = true,
                    )}
                </fieldset>
            }
        })
    }
}

/// By which of its labels a map is collected.
fn rule_fields(collections: CollectionsClient) -> impl IntoView {
    let choice = collections.choice;
    let typed = choice.with_untracked(|choice| choice.above_percent);
    let typed = typed.map(|percent| percent.to_string());
    view! {
        <fieldset>
            <legend class="notes__title">"A map goes into the collection of"</legend>
            {radio(
                collections,
                "collections-rule",
                "its most probable label".to_owned(),
                |choice| choice.is_first_label,
                |choice| choice.is_first_label = true,
            )}
            <div class="collections__line">
                {radio(
                    collections,
                    "collections-rule",
                    "each label with a probability above".to_owned(),
                    |choice| !choice.is_first_label,
                    |choice| choice.is_first_label = false,
                )}
                <input
                    class="collections__share"
                    type="number"
                    min="0"
                    max="99"
                    step="1"
                    aria-label="Probability in percent"
                    value=typed
                    on:input=move |event| collections.choose(|choice| {
                        choice.is_first_label = false;
                        choice.above_percent = percent_of(&event_target_value(&event));
                    })
                />
                "%"
            </div>
        </fieldset>
    }
}

/// Which layout the file has.
fn format_fields(collections: CollectionsClient) -> impl IntoView {
    let formats = CollectionFormat::ALL.map(|format| {
        let said = match format {
            CollectionFormat::CollectionDb => "collection.db: osu!stable’s own file",
            CollectionFormat::Osdb => {
                ".osdb: for Collection Manager, which writes osu!lazer’s collections too"
            }
            CollectionFormat::Md5Json => ".json: MD5 sums of the maps of each collection",
        };
        radio(
            collections,
            "collections-format",
            said.to_owned(),
            move |choice| choice.format == format,
            move |choice| choice.format = format,
        )
    });
    view! {
        <fieldset>
            <legend class="notes__title">"File"</legend>
            {formats.collect_view()}
        </fieldset>
    }
}

/// Whether a `collection.db` is new or holds a person's collections too.
fn own_file_fields(collections: CollectionsClient) -> impl IntoView {
    let existing = collections.existing;
    let on_pick = Callback::new(move |picked: Vec<web_sys::File>| {
        for file in picked {
            collections.add_to(file.name(), file);
        }
    });
    let added = move || match existing.get() {
        RequestState::Ready(file) => {
            let earlier = counted(file.n_collections as usize, "collection", "collections");
            let label = format!("your {}: {earlier}, kept to the byte", file.name);
            radio(
                collections,
                "collections-own",
                label,
                |choice| choice.is_added,
                |choice| choice.is_added = true,
            )
        }
        RequestState::Pending(_) => view! { <p>"Reading the file."</p> }.into_any(),
        RequestState::Failed(why) => failure(why).into_any(),
        RequestState::Idle => ().into_any(),
    };
    view! {
        <fieldset>
            <legend class="notes__title">"Added to"</legend>
            {radio(
                collections,
                "collections-own",
                "nothing: a new file, without the collections that you have".to_owned(),
                |choice| !choice.is_added,
                |choice| choice.is_added = false,
            )}
            {added}
            <FileButton
                id="collections-file"
                label="Choose your collection.db"
                class="button button--small"
                accept=".db"
                is_single=true
                on_pick
            />
            <p class="collections__warning">
                <b>"Close osu! first. "</b>
                "It writes its collection.db when it closes, over whatever stands there. The file lies in osu!’s folder and can be dropped here as well."
            </p>
        </fieldset>
    }
}

/// The collections with their maps, and how many maps are in none.
fn counts_list(
    collections: CollectionsClient,
    counts: Option<(Vec<String>, CollectionCounts)>,
    played: Mods,
) -> impl IntoView {
    let Some((labels, counts)) = counts else {
        let has_rule = collections.choice.with(|choice| choice.rule().is_some());
        let why = match has_rule {
            true => "No classifier is loaded yet.",
            false => "Type a whole number of percent, from 0 to 99.",
        };
        return view! { <p id="collections-counts">{why}</p> }.into_any();
    };
    let filled = labels.iter().zip(&counts.of_labels).filter(|(_, n_maps)| **n_maps > 0);
    let items: Vec<_> = filled
        .map(|(label, &n_maps)| {
            let maps = counted(n_maps, "map", "maps");
            view! { <li><b>{label.clone()}</b> " " <span>{maps}</span></li> }
        })
        .collect();
    let title = format!(
        "{} of {}{}",
        counted(items.len(), "collection", "collections"),
        counted(counts.n_maps, "map", "maps"),
        match played {
            Mods::None => String::new(),
            played => format!(", by their labels with {}", played.label()),
        }
    );
    let left_out = (counts.n_left_out > 0).then(|| {
        let verb = if counts.n_left_out == 1 { "is" } else { "are" };
        let maps = counted(counts.n_left_out, "map", "maps");
        view! { <p>{format!("{maps} without such a label {verb} in none.")}</p> }
    });
    view! {
        <h3 id="collections-counts" class="notes__title">{title}</h3>
        <ul>{items}</ul>
        {left_out}
    }
    .into_any()
}

/// One of the values of a choice.
///
/// - `name`: of the group
fn radio(
    collections: CollectionsClient,
    name: &'static str,
    label: String,
    is_chosen: impl Fn(&CollectionsChoice) -> bool + Send + Sync + 'static,
    choose: impl Fn(&mut CollectionsChoice) + Send + Sync + 'static,
) -> AnyView {
    let is_chosen = derived_bool(move || collections.choice.with(&is_chosen));
    let choose = Callback::new(move |()| collections.choose(&choose));
    view! {
        <label class="collections__choice">
            <input
                type="radio"
                name=name
                prop:checked=is_chosen
                on:change=move |_| choose.run(())
            />
            {label}
        </label>
    }
    .into_any()
}

fn failure(why: String) -> impl IntoView {
    view! { <p class="failure" role="alert">{why}</p> }
}
