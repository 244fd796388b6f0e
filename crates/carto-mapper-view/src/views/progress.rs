//! How far measuring is, with its end and its continuation; and the offer to measure latents too.

use carto_charts::number::counted;
use carto_ui::{derived_bool, derived_str, derived_string};
use leptos::prelude::*;

use crate::client::{MapperClient, use_client};
use crate::state::Progress;
use crate::words::{latent_progress_text, progress_text};

/// What is measured, and what its button does.
#[derive(Clone, Copy)]
struct Measuring {
    /// Id of the button.
    button: &'static str,
    /// Name of the bar.
    label: &'static str,
    progress: RwSignal<Progress>,
    text: fn(Progress) -> String,
    stop: fn(MapperClient),
    resume: fn(MapperClient),
}

/// Songs measured; hidden once all are.
#[component]
pub(super) fn MeasuringBar() -> impl IntoView {
    let client = use_client();
    let measuring = Measuring {
        button: "mapper-stop",
        label: "Songs measured",
        progress: client.state.progress,
        text: progress_text,
        stop: MapperClient::stop,
        resume: MapperClient::resume,
    };
    bar(measuring, derived_bool(|| true))
}

/// The offer to measure latents, and how far that is; hidden without an encoder, until the rest is
/// measured, and once they are.
#[component]
pub(super) fn LatentsBar() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let wants = state.wants_latents;
    let is_offered = derived_bool(move || {
        state.encoder.with(Option::is_some) && state.found().is_some() && !wants.get()
    });
    let maps = derived_string(move || counted(state.n_maps.get(), "map", "maps"));
    let encoder = derived_string(move || {
        state
            .encoder
            .with(|encoder| encoder.as_ref().map_or_else(String::new, |it| it.facts.name.clone()))
    });
    let measuring = Measuring {
        button: "mapper-latents-stop",
        label: "Songs whose latents are measured",
        progress: state.latents,
        text: latent_progress_text,
        stop: MapperClient::stop_latents,
        resume: MapperClient::measure_latents,
    };
    view! {
        <div class="mapper-measuring" hidden=derived_bool(move || !is_offered.get())>
            <button
                id="mapper-latents"
                class="button button--small"
                type="button"
                on:click=move |_| client.measure_latents()
            >
                "Measure latents too"
            </button>
            <span>"Of " {maps} ", with the encoder " {encoder} "."</span>
        </div>
        {bar(measuring, derived_bool(move || wants.get()))}
    }
}

/// A bar over songs, and one button that stops or goes on; hidden once all are measured.
///
/// - `is_wanted`: it is hidden otherwise too
fn bar(measuring: Measuring, is_wanted: Signal<bool>) -> AnyView {
    let client = use_client();
    let Measuring { button, label, progress, text, stop, resume } = measuring;
    let is_over = derived_bool(move || {
        let Progress { n_done, n_all, .. } = progress.get();
        n_done >= n_all || !is_wanted.get()
    });
    // One button for both: it keeps its place and the focus.
    let act = move |_| match progress.get_untracked().is_stopped {
        true => resume(client),
        false => stop(client),
    };
    view! {
        <div class="mapper-measuring" hidden=is_over>
            <progress
                class="mapper-measuring__bar"
                aria-label=label
                max=derived_string(move || progress.get().n_all.to_string())
                prop:value=derived_string(move || progress.get().n_done.to_string())
            ></progress>
            <span>{derived_string(move || text(progress.get()))}</span>
            <button id=button class="button button--small" type="button" on:click=act>
                {derived_str(move || if progress.get().is_stopped { "Resume" } else { "Stop" })}
            </button>
        </div>
    }
    .into_any()
}
