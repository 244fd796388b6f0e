//! Pairs by their full cosine, never without correlation beside it.

use leptos::prelude::*;

use super::LatentView;
use super::bins::CosineBins;
use super::figures::LatentFigures;
use crate::format::{counted, fixed, percent, plain};
use crate::views::live::{aria, drawn, text};

/// What the histogram draws.
#[derive(Debug, Clone, PartialEq)]
struct Cosines {
    bins: CosineBins,
    mean: f64,
    std: f64,
    mean_r: Option<f64>,
    n_pairs: usize,
}

impl Cosines {
    fn sentence(&self) -> String {
        let left_out = match self.bins.n_left_out {
            0 => String::new(),
            n => format!(" {} had none.", counted(n, "pair", "pairs")),
        };
        format!(
            "Mean cosine {} ±{} over {}; mean r of the same latents {}.{left_out}",
            fixed(self.mean, 3),
            fixed(self.std, 3),
            counted(self.n_pairs, "pair", "pairs"),
            self.mean_r.map_or_else(|| "unknown".to_owned(), |r| fixed(r, 3)),
        )
    }
}

/// A plate of its own below the agreement per latent.
#[component]
pub(crate) fn CosineHistogram(
    /// What both sheets read.
    view: LatentView,
    /// Where the mean r comes from.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let is_table = RwSignal::new(false);
    let cosines = Memo::new(move |_| {
        let mean_r = figures.with(LatentFigures::mean_r);
        view.track_b.with(|track| {
            let track = track.as_ref()?;
            Some(Cosines {
                bins: CosineBins::new(&track.cosines, mean_r),
                mean: track.cosine_mean,
                std: track.cosine_std,
                mean_r,
                n_pairs: track.cosines.len(),
            })
        })
    });
    let chart = drawn(move || {
        cosines.with(|cosines| match (cosines, is_table.get()) {
            (None, _) => ().into_any(),
            (Some(cosines), true) => table(cosines),
            (Some(cosines), false) => bars(cosines),
        })
    });
    let sentence = text(move || {
        cosines.with(|cosines| cosines.as_ref().map_or_else(String::new, Cosines::sentence))
    });
    view! {
        <figure class="plate cosines" aria-labelledby="cosines-title">
            <div class="latents__controls">
                <h3 id="cosines-title" class="plate__title">"Cosine of two maps, all latents at once"</h3>
                <button
                    class="button button--small latents__as-table"
                    type="button"
                    aria-pressed=aria(move || is_table.get())
                    on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
                >
                    "Show as table"
                </button>
            </div>
            {chart}
            <figcaption class="ranks__reading">
                {sentence}
                " Cosine also rewards what stays constant; r counts only what moves together."
            </figcaption>
        </figure>
    }
}

/// The same where only the mean over pairs is known, as in published figures.
#[component]
pub(crate) fn CosineSum(
    /// What both sheets read.
    view: LatentView,
    /// Where the mean r comes from.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let sentence = text(move || {
        let mean_r = figures.with(LatentFigures::mean_r);
        view.track_b.with(|track| {
            track.as_ref().map_or_else(String::new, |track| {
                let cosines = Cosines {
                    bins: CosineBins::new(&[], mean_r),
                    mean: track.cosine_mean,
                    std: track.cosine_std,
                    mean_r,
                    n_pairs: track.pairs_compared as usize,
                };
                cosines.sentence()
            })
        })
    });
    view! {
        <div class="plate cosines">
            <h3 class="plate__title">"Cosine of two maps, all latents at once"</h3>
            <p class="ranks__reading">
                {sentence}
                " Cosine also rewards what stays constant; r counts only what moves together."
            </p>
        </div>
    }
}

fn bars(cosines: &Cosines) -> AnyView {
    let Cosines { bins, mean, mean_r, .. } = cosines;
    let most = f64::from(bins.most().max(1));
    let width = bins.percent(bins.from(1)) - bins.percent(bins.from(0));
    let bars = bins.filled().map(|(from, count)| {
        view! {
            <span
                class="cosines__bar"
                style:left=percent(bins.percent(from))
                style:width=percent(width)
                style:height=percent(100.0 * f64::from(count) / most)
            ></span>
        }
    });
    let ticks = bins.label_tenths().map(|tenths| {
        let value = f64::from(tenths) / 10.0;
        view! { <span class="cosines__tick" style:left=percent(bins.percent(value))>{fixed(value, 1)}</span> }
    });
    let line = |value: f64, name: &'static str| {
        let at = value.is_finite().then(|| bins.percent(value))?;
        // A name stands on the side where there is room.
        let class = if at > 50.0 { "cosines__mean cosines__mean--left" } else { "cosines__mean" };
        Some(view! {
            <span class=class style:left=percent(at)>
                <span class="cosines__name">{name} " " <b>{fixed(value, 3)}</b></span>
            </span>
        })
    };
    view! {
        <div
            class="cosines__chart"
            role="img"
            aria-label=cosines.sentence()
            style=("--step", format!("{}%", plain(100.0 / f64::from(bins.n_segments()), 3)))
        >
            <div class="cosines__plot">
                <span class="cosines__most">{counted(bins.most() as usize, "pair", "pairs")}</span>
                {bars.collect_view()}
                {mean_r.and_then(|mean_r| line(mean_r, "mean r"))}
                {line(*mean, "mean cosine")}
            </div>
            <div class="scale-bar"></div>
            <div class="cosines__ticks">{ticks.collect_view()}</div>
        </div>
    }
    .into_any()
}

fn table(cosines: &Cosines) -> AnyView {
    let rows = cosines.bins.filled().map(|(from, count)| {
        view! {
            <tr>
                <th scope="row">{format!("{} to {}", fixed(from, 2), fixed(from + 0.02, 2))}</th>
                <td>{count.to_string()}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="region" aria-labelledby="cosines-title" tabindex="0">
            <table class="table table--figures">
                <thead>
                    <tr>
                        <th scope="col">"cosine"</th>
                        <th scope="col">"pairs"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
