//! The plate of the latents: closed at first, since they take an encoder some time.

use carto_charts::number::fixed;
use carto_types::latent_name;
use carto_ui::{
    Field, ShowAsTable, derived_aria, derived_bool, derived_str, derived_string, dynamic, segments,
    view_link,
};
use leptos::prelude::*;

use super::latents_table::LatentsTable;
use super::profile::seen_text;
use super::strips_chart::{RowTexts, StripsChart, strip_row};
use crate::client::use_client;
use crate::latent_client::{LatentClient, use_latents};
use crate::latent_state::LatentState;
use crate::latent_strips::LatentChoice;
use crate::latent_words::{about_latents, chart_name, mean_text, progress_text};
use crate::player::use_player;
use crate::stage::Part;
use crate::state::{RequestState, SongState};

/// Id of what the button opens.
const BODY: &str = "song-latents-body";

/// How far the plate is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// The run has no encoder.
    NoEncoder,
    /// A worker is at it, or will be once the pair is read.
    AtWork,
    /// A person stopped it.
    Stopped,
    /// Why there are none.
    Failed(String),
    /// They are there, so many.
    Ready(usize),
}

/// Heading, choice, and what the button opens.
#[component]
pub(super) fn LatentsPlate() -> impl IntoView {
    let (song, player) = (use_client().state, use_player());
    let state = song.latents;
    let is_open = Memo::new(move |_| state.choice.get().is_some());
    let is_ready = Memo::new(move |_| is_open.get() && state.computed().is_some());
    let strips = Memo::new(move |_| state.strips().map(std::sync::Arc::new));
    Effect::new(move || player.stage().set_latents(strips.get()));
    let stage = Memo::new(move |_| stage(state));
    let toggle = move |_| {
        let next = (!is_open.get_untracked()).then(LatentChoice::default);
        state.choice.set(next);
    };
    let title = derived_string(move || match is_ready.get() {
        true => format!("Latents, {}", seen_text(song)),
        false => "Latents".to_owned(),
    });
    let body = dynamic(move || match (is_open.get(), stage.get()) {
        (false, _) => ().into_any(),
        (true, Stage::Ready(n_latents)) => view! { <Ready n_latents/> }.into_any(),
        (true, stage) => waiting(use_latents(), stage),
    });
    let choices = LatentChoice::ALL.map(|(choice, _, label)| (Some(choice), label));
    view! {
        <section class="plate song-plate song-latents" aria-labelledby="song-latents-title">
            <div class="song-plate__head">
                <h2 id="song-latents-title" class="song-plate__title">
                    <b>{title}</b>
                    <span hidden=derived_bool(move || is_open.get())>
                        " what an encoder makes of both maps"
                    </span>
                </h2>
                <div class="song-plate__buttons">
                    <div hidden=derived_bool(move || !is_ready.get())>
                        <Field name="Show" label="Which latents">{segments(state.choice, choices)}</Field>
                    </div>
                    <div hidden=derived_bool(move || !is_ready.get())>
                        <ShowAsTable is_table=state.is_table/>
                    </div>
                    <button
                        id="song-latents-open"
                        class="button button--small"
                        type="button"
                        aria-expanded=derived_aria(move || is_open.get())
                        aria-controls=BODY
                        on:click=toggle
                    >
                        {derived_str(move || if is_open.get() { "Hide latents" } else { "Show latents" })}
                    </button>
                </div>
            </div>
            <div id=BODY hidden=derived_bool(move || !is_open.get())>{body}</div>
        </section>
    }
}

fn stage(state: LatentState) -> Stage {
    if state.encoder.with(Option::is_none) {
        return Stage::NoEncoder;
    }
    state.computed.with(|computed| match computed {
        RequestState::Ready(computed) => Stage::Ready(computed.encoded.latents.n_latents as usize),
        RequestState::Failed(why) => Stage::Failed(why.clone()),
        RequestState::Idle if state.is_stopped.get() => Stage::Stopped,
        RequestState::Idle | RequestState::Pending(_) => Stage::AtWork,
    })
}

/// What is to be done, or waited for, before there are latents.
fn waiting(client: LatentClient, stage: Stage) -> AnyView {
    let state = use_client().state.latents;
    let start = move |label: &'static str| {
        view! {
            <button
                id="song-latents-start"
                class="button button--small"
                type="button"
                on:click=move |_| client.start()
            >
                {label}
            </button>
        }
    };
    match stage {
        Stage::NoEncoder => view! {
            <p class="song-latents__words">
                "Latents need an encoder, and your maps have none yet. Choose one under “Latents” of "
                {view_link("view=yours".to_owned(), "your maps".to_owned(), None, "")}
                ", then come back."
            </p>
        }
        .into_any(),
        Stage::AtWork => {
            let tile = move || state.progress.get();
            let max = derived_string(move || tile().map_or(1, |it| it.n_latents).to_string());
            let value = derived_string(move || tile().map_or(0, |it| it.n_latents_done).to_string());
            view! {
                <div class="song-latents__progress">
                    <progress class="song-latents__bar" aria-label="Latents computed" max=max prop:value=value></progress>
                    <span>{derived_string(move || progress_text(state.progress.get()))}</span>
                    <button
                        id="song-latents-stop"
                        class="button button--small"
                        type="button"
                        on:click=move |_| client.stop()
                    >
                        "Stop"
                    </button>
                </div>
            }
            .into_any()
        }
        Stage::Stopped => view! {
            <p class="song-latents__words">"Stopped before they were computed. " {start("Compute")}</p>
        }
        .into_any(),
        Stage::Failed(why) => view! {
            <p class="song-latents__words" role="alert">
                "The latents could not be computed: " {why} " " {start("Compute again")}
            </p>
        }
        .into_any(),
        Stage::Ready(_) => ().into_any(),
    }
}

/// The strips or their table, once they are computed.
#[component]
fn Ready(
    /// Latents of the encoder.
    n_latents: usize,
) -> impl IntoView {
    let song = use_client().state;
    let state = song.latents;
    let about = derived_string(move || about_latents(song));
    let shown =
        Memo::new(move |_| state.strips().map_or_else(Vec::new, |strips| strips.shown().to_vec()));
    let body = dynamic(move || match state.is_table.get() {
        true => view! { <LatentsTable shown/> }.into_any(),
        false => view! {
            <StripsChart
                part=Part::Latents
                label=derived_string(move || chart_name(song))
                n_rows=Signal::derive(move || shown.with(Vec::len))
                rows=(0..n_latents).map(|place| row(song, place, shown)).collect_view().into_any()
            />
        }
        .into_any(),
    });
    view! {
        <p class="song-key song-latents__about">{about}</p>
        {body}
        <p class="song-strips__mean">{derived_string(move || mean_text(state))}</p>
    }
}

/// The latent at a place of those that are shown, and r of it.
fn row(song: SongState, place: usize, shown: Memo<Vec<usize>>) -> AnyView {
    let state = song.latents;
    let latent = Memo::new(move |_| shown.with(|shown| shown.get(place).copied()));
    let r = move |r: fn(LatentState, usize) -> Option<f64>| {
        derived_string(move || {
            let r = latent.get().and_then(|latent| r(state, latent));
            r.map_or_else(|| "–".to_owned(), |r| fixed(r, 2))
        })
    };
    let texts = RowTexts {
        name: derived_string(move || latent.get().map_or_else(String::new, latent_name)),
        listens: Signal::stored(String::new()),
        here: r(LatentState::r_here),
        song: r(LatentState::r_song),
    };
    strip_row(().into_any(), texts, derived_bool(move || latent.get().is_none()))
}
