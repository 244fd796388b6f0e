//! The panel of one dimension: all of its evidence, in a dialog.

use carto_charts::{EvidenceChart, EvidencePanel, alignment_sources};
use carto_types::SongRow;
use carto_ui::{derived_string, dynamic, focus};
use leptos::html;
use leptos::prelude::*;

use super::data::EvidenceData;
use super::panel_parts::{facts, key_figures, measures, reach, songs};
use super::row::{badge_id, swatch};
use crate::view_state::use_view_state;

/// The dialog, which is open while a dimension is.
///
/// It goes on to the neighbours of its dimension, and when it is closed the focus is on the badge
/// of the one that was shown last, or on the song that a person went to.
#[component]
pub(super) fn EvidenceDialog(
    /// Where the figures come from.
    data: EvidenceData,
    /// The chart whose badges open it.
    chart: Memo<Option<EvidenceChart>>,
    /// The dimension that is shown; `None` while it is closed.
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let find = use_view_state().find;
    // Where the focus goes when it is closed, if not to a badge.
    let next_focus = StoredValue::new(None::<String>);
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if opened.with(Option::is_some) && !dialog.open() {
            let _ = dialog.show_modal();
        }
    });
    let panel = Memo::new(move |_| {
        let name = opened.get()?;
        data.evidence.with(|evidence| Some(EvidencePanel::new(evidence.as_deref()?, &name)))
    });
    let to_song = Callback::new(move |(song_idx, title): (u32, String)| {
        next_focus.set_value(Some(format!("song-{song_idx}")));
        find.set(title);
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    let on_close = move |_| {
        let name = opened.get_untracked();
        opened.set(None);
        let song = next_focus.try_update_value(Option::take).flatten();
        match (song, name) {
            // The table draws the rows that are found first.
            (Some(song), _) => request_animation_frame(move || focus(&song)),
            (None, Some(name)) => focus(&badge_id(&name)),
            (None, None) => {}
        }
    };
    let title = derived_string(move || {
        panel.with(|panel| panel.as_ref().map_or_else(String::new, |it| it.title.clone()))
    });
    let body = dynamic(move || {
        panel.with(|panel| match panel {
            None => ().into_any(),
            Some(panel) => {
                let heads = view! {
                    <p class="lede evidence-panel__summary">{panel.summary.clone()}</p>
                    {key_figures(&panel.figures)}
                    {reach(&panel.reach, &panel.row.name)}
                };
                view! {
                    {heads}
                    {measures("As is against aligned", "Means over songs with their 95% intervals.", &panel.measures)}
                    {songs(&panel.songs, data.songs, to_song)}
                    {measures(
                        "Density",
                        match panel.density.rows.is_empty() {
                            true => "How agreement falls with unlike counts of objects is said from ten songs on.",
                            false => "Maps with unlike counts of objects agree less.",
                        },
                        &panel.density,
                    )}
                    {facts("The pairs behind it", &panel.pairs)}
                    {facts("Where this comes from", &[alignment(data.songs), panel.origin.clone()].concat())}
                }
                .into_any()
            }
        })
    });
    view! {
        <dialog
            class="evidence-panel"
            node_ref=dialog
            aria-labelledby="evidence-panel-title"
            on:close=on_close
        >
            <div class="evidence-panel__head">
                <div>
                    <p class="kicker">"Is it real?"</p>
                    <h2 id="evidence-panel-title" class="evidence-panel__title">
                        {dynamic(move || opened.with(|name| name.as_deref().and_then(swatch)).into_any())}
                        {title}
                    </h2>
                </div>
                <div class="evidence-panel__buttons">
                    {step_button(chart, opened, false)}
                    {step_button(chart, opened, true)}
                    <form method="dialog">
                        <button class="button button--small">"Close"</button>
                    </form>
                </div>
            </div>
            {body}
        </dialog>
    }
}

/// From what the lags of pairs are known, where their songs are here.
fn alignment(songs: Signal<Vec<SongRow>>) -> Vec<(&'static str, String)> {
    let sources = songs.with_untracked(|songs| {
        let pairs = songs.iter().flat_map(|song| &*song.pairs);
        alignment_sources(pairs.filter_map(|pair| pair.lag.as_ref()))
    });
    if sources.is_empty() { Vec::new() } else { vec![("Alignment", format!("{sources}."))] }
}

/// The way to the dimension before or after, around the ends.
fn step_button(
    chart: Memo<Option<EvidenceChart>>,
    opened: RwSignal<Option<String>>,
    is_next: bool,
) -> AnyView {
    let neighbour = Memo::new(move |_| {
        let name = opened.get()?;
        chart.with(|chart| {
            let names: Vec<&str> = chart.as_ref()?.rows().map(|row| row.name.as_str()).collect();
            let at = names.iter().position(|known| *known == name)?;
            let step = if is_next { 1 } else { names.len() - 1 };
            names.get((at + step) % names.len()).map(|name| (*name).to_owned())
        })
    });
    let name = derived_string(move || neighbour.get().unwrap_or_default());
    let word = if is_next { "next: " } else { "previous: " };
    let arrow = |sign: &'static str| view! { <span aria-hidden="true">{sign}</span> };
    view! {
        <button
            class="button button--small"
            type="button"
            on:click=move |_| {
                if let Some(name) = neighbour.get_untracked() {
                    opened.set(Some(name));
                }
            }
        >
            <span class="visually-hidden">{word}</span>
            {(!is_next).then(|| arrow("←"))}
            {name}
            {is_next.then(|| arrow("→"))}
        </button>
    }
    .into_any()
}
