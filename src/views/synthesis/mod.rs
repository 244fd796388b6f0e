//! Part C of the study on a person's own maps: latents against channels.

mod coupling;
mod heat;
mod heat_table;
mod inspector;
mod matrix;
mod notes;
mod relief;
mod signs;
mod walk;
mod words;

use leptos::prelude::*;

use super::latents::{LatentView, OrderSwitch, segment};
use super::later::later;
use super::live::{aria, drawn, flag, text};
use super::look::use_look;
use super::sentences;
use crate::format::fixed;
use coupling::RawCoupling;
use heat::Heatmap;
use heat_table::HeatTable;
use inspector::Inspector;
pub(crate) use matrix::{Cell, Nearest, Sampling, nearest_channel};
use notes::MatrixFigures;
pub(crate) use relief::Values;
use signs::SignSheet;
pub(crate) use walk::{Line, Part};

/// Most that can be faded, in hundredths of `|r|`.
const MAX_FADE: u32 = 60;

/// What is on screen of the matrix.
#[derive(Debug, Clone, Copy)]
struct HeatView {
    /// What both sheets read.
    latents: LatentView,
    /// Which matrix.
    sampling: RwSignal<Sampling>,
    /// Smaller `|r|`, in hundredths, are faded.
    fade: RwSignal<u32>,
    /// Which values are written in.
    values: RwSignal<Values>,
    /// The cell that keys move, once one was chosen.
    chosen: RwSignal<Option<Cell>>,
    /// The cell under the pointer.
    hovered: RwSignal<Option<Cell>>,
    /// A latent or a channel, all of it.
    selected: RwSignal<Option<Line>>,
}

impl HeatView {
    /// Reads the matrix that is shown; empty before there is one.
    fn with_matrix<T>(self, read: impl FnOnce(&[f64]) -> T) -> T {
        let sampling = self.sampling.get();
        self.latents.synthesis.with(|s| read(s.as_ref().map_or(&[], |s| sampling.of(s))))
    }

    /// The cell that keys move: the strongest until one was chosen.
    fn cursor(self) -> Cell {
        let strongest = || self.with_matrix(|m| matrix::strongest(m).map(|(cell, _)| cell));
        let first =
            || Cell { dim: self.latents.places.with(|places| places.dim_at(0)), channel: 0 };
        let n_dims = self.latents.n_dims();
        let chosen = self.chosen.get().filter(|cell| cell.dim < n_dims);
        chosen.or_else(strongest).unwrap_or_else(first)
    }

    /// The cell that the inspector shows.
    fn shown(self) -> Cell {
        self.hovered.get().unwrap_or_else(|| self.cursor())
    }
}

/// Kicker, finding, heatmap with its inspector, raw coupling, sign statistics.
#[component]
pub(crate) fn CouplingSheet(
    /// What both sheets read.
    view: LatentView,
) -> impl IntoView {
    let look = use_look();
    let heat = HeatView {
        latents: view,
        sampling: look.sampling,
        fade: look.fade,
        values: look.values,
        chosen: look.chosen,
        hovered: RwSignal::new(None),
        selected: look.selected,
    };
    let [_, _, is_table] = look.is_table;
    let n_maps = move || view.synthesis.with(|s| s.as_ref().map_or(0, |s| s.n_maps as usize));
    let heading = drawn(move || {
        let finding = heat.with_matrix(|m| words::finding(m, n_maps(), view.is_untrained.get()));
        sentences(&finding, ". ").into_any()
    });
    let chart = later(move || {
        drawn(move || match is_table.get() {
            true => view! { <HeatTable view=heat/> }.into_any(),
            false => view! { <Heatmap view=heat/> }.into_any(),
        })
        .into_any()
    });
    let cell = later(move || {
        view! {
            <Inspector view=heat/>
            <MatrixFigures view/>
        }
        .into_any()
    });
    let has_maps = Memo::new(move |_| n_maps() > 0);
    let rest = drawn(move || match has_maps.get() {
        false => ().into_any(),
        true => later(move || {
            view! {
                <RawCoupling view/>
                <SignSheet view/>
            }
            .into_any()
        })
        .into_any(),
    });
    view! {
        <section class="sheet" id="part-c" aria-labelledby="synthesis-title">
            <div class="sheet__head">
                <p class="kicker">{text(move || words::kicker(n_maps()))}</p>
                <h2 id="synthesis-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate" aria-labelledby="synthesis-title">
                    <HeatControls view=heat is_table/>
                    {chart}
                </figure>
                <aside class="notes" aria-label="The cell and the matrix">{cell}</aside>
            </div>
            {rest}
        </section>
    }
}

/// Order, fade, values, sampling, and the way to the plain table.
#[component]
fn HeatControls(
    /// What is on screen.
    view: HeatView,
    /// Whether the table is shown instead of the heatmap.
    is_table: RwSignal<bool>,
) -> impl IntoView {
    let fade_text = text(move || fixed(f64::from(view.fade.get()) / 100.0, 2));
    view! {
        <div class="heat-controls">
            <OrderSwitch order=view.latents.order/>
            <div class="field">
                <span class="field__name">"Frames of channels"</span>
                <div class="segments" role="group" aria-label="Frames of channels and latents">
                    {Sampling::ALL
                        .into_iter()
                        .map(|kind| segment(
                            kind.name(),
                            flag(move || view.sampling.get() == kind),
                            Callback::new(move |()| view.sampling.set(kind)),
                        ))
                        .collect_view()}
                </div>
            </div>
            <div class="field" hidden=flag(move || is_table.get())>
                <label class="field__name" for="heat-fade">"Fade below |r| = " <b>{fade_text}</b></label>
                <input
                    id="heat-fade"
                    class="field__range"
                    type="range"
                    min="0"
                    max=MAX_FADE.to_string()
                    prop:value=text(move || view.fade.get().to_string())
                    aria-valuetext=fade_text
                    on:input=move |event| {
                        let fade = event_target_value(&event).parse().unwrap_or(0);
                        view.fade.set(fade.min(MAX_FADE));
                    }
                />
            </div>
            <div class="field" hidden=flag(move || is_table.get())>
                <span class="field__name">"Values"</span>
                <div class="segments" role="group" aria-label="Values in cells">
                    {Values::ALL
                        .into_iter()
                        .map(|kind| segment(
                            kind.name(),
                            flag(move || view.values.get() == kind),
                            Callback::new(move |()| view.values.set(kind)),
                        ))
                        .collect_view()}
                </div>
            </div>
            <button
                class="button button--small heat-controls__as-table"
                type="button"
                aria-pressed=aria(move || is_table.get())
                on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
            >
                "Show as table"
            </button>
        </div>
    }
}
