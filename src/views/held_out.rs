//! Part D: agreement on songs that an encoder, trained again, did not see.

use carto_types::{HeldOut, TrackB};
use leptos::prelude::*;

use super::charted::{Charted, printed};
use super::computed_how::{ComputedHow, Figure};
use super::live::drawn;
use super::sentences;
use crate::format::{counted, fixed, percent};

/// The top of the scale of r, which no published mean reaches.
const R_TOP: f64 = 0.6;

/// The three figures that both sides have, as numbers from 0 to 1.
struct Pairs {
    /// Name, on all songs, on held-out songs.
    rows: [(&'static str, f64, f64); 3],
}

impl Pairs {
    fn of(track: &TrackB, held_out: &HeldOut) -> Self {
        let all: Vec<f64> = track.dims.iter().map(|dim| dim.pearson_mean).collect();
        let new: Vec<f64> = held_out.dims.iter().map(|dim| dim.pearson_mean).collect();
        Self {
            rows: [
                ("Cosine", track.cosine_mean, held_out.cosine_mean),
                ("Best latent, r", most(&all), most(&new)),
                ("Mean r", mean(&all), mean(&new)),
            ],
        }
    }

    /// What moved which way, computed from the figures below it.
    fn finding(&self) -> String {
        let way = |(_, from, to): (&str, f64, f64)| if to > from { "up" } else { "down" };
        let [cosine, _, r] = self.rows;
        match (way(cosine), way(r)) {
            (a, b) if a == b => {
                format!("On songs it never saw, cosine and correlation both go {a}.")
            }
            (a, b) => format!("On songs it never saw, cosine goes {a}. Correlation goes {b}."),
        }
    }
}

/// Kicker, finding, plate and notes; nothing where no cross-validation is known.
#[component]
pub(crate) fn HeldOutSheet(
    /// What to draw.
    charted: Charted,
) -> impl IntoView {
    let held_out = printed(|shown| shown.held_out.clone());
    drawn(move || {
        held_out.with(|held_out| {
            charted.track_b.with(|track| match (held_out, track) {
                (Some(held_out), Some(track)) => sheet(track, held_out),
                _ => ().into_any(),
            })
        })
    })
}

fn sheet(track: &TrackB, held_out: &HeldOut) -> AnyView {
    let pairs = Pairs::of(track, held_out);
    let songs = counted(held_out.n_songs as usize, "song", "songs");
    let n_pairs = counted(held_out.n_pairs as usize, "pair", "pairs");
    let rows = pairs.rows.into_iter().map(|(name, from, to)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{fixed(from, 3)}</td>
                <td>{fixed(to, 3)}</td>
                <td>{signed(to - from)}</td>
            </tr>
        }
    });
    view! {
        <section class="sheet" id="part-d" aria-labelledby="held-out-title">
            <div class="sheet__head">
                <p class="kicker">
                    {format!("Part D · cross-validation · {n_pairs} of {songs} held out")}
                </p>
                <h2 id="held-out-title" class="heading">{sentences(&pairs.finding(), ". ").into_any()}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate held-out" aria-labelledby="held-out-title">
                    {spectrum(track, held_out)}
                    <table class="table table--figures">
                        <caption class="visually-hidden">"All songs against held-out songs"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"figure"</th>
                                <th scope="col">"all songs"</th>
                                <th scope="col">"held out"</th>
                                <th scope="col">"difference"</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </figure>
                {notes(&pairs, track, held_out)}
            </div>
        </section>
    }
    .into_any()
}

/// Both spectra, rank by rank.
fn spectrum(track: &TrackB, held_out: &HeldOut) -> impl IntoView + use<> {
    let all = sorted(track.dims.iter().map(|dim| dim.pearson_mean));
    let new = sorted(held_out.dims.iter().map(|dim| dim.pearson_mean));
    let n = all.len().max(new.len()).max(1) as f64;
    let marks = |values: &[f64], class: &'static str| {
        let marks = values.iter().enumerate().map(|(rank, r)| {
            let x = percent((rank as f64 + 0.5) / n * 100.0);
            let y = percent((r / R_TOP).clamp(0.0, 1.0) * 100.0);
            view! { <span class=class style:left=x style:bottom=y></span> }
        });
        marks.collect_view()
    };
    let ticks = [0.0, 0.2, 0.4, 0.6].map(|r| {
        view! {
            <span class="held-out__tick" style:bottom=percent(r / R_TOP * 100.0)>{fixed(r, 1)}</span>
        }
    });
    let label = format!(
        "Mean r of each latent by rank: from {} to {} on all songs, from {} to {} on held-out songs.",
        fixed(all.first().copied().unwrap_or_default(), 2),
        fixed(all.last().copied().unwrap_or_default(), 2),
        fixed(new.first().copied().unwrap_or_default(), 2),
        fixed(new.last().copied().unwrap_or_default(), 2),
    );
    view! {
        <div class="held-out__chart" role="img" aria-label=label>
            <div class="held-out__plot">
                {ticks.collect_view()}
                {marks(&all, "held-out__mark held-out__mark--all")}
                {marks(&new, "held-out__mark held-out__mark--new")}
            </div>
            <p class="held-out__axis">"rank of the latent, most agreed on first"</p>
        </div>
        <figcaption class="ranks__reading">
            "Mean correlation between two mappers of one song, latent by latent, in order of its size. "
            <span class="held-out__key"><span class="held-out__mark held-out__mark--all"></span></span>
            " all songs, "
            <span class="held-out__key"><span class="held-out__mark held-out__mark--new"></span></span>
            " held-out songs."
        </figcaption>
    }
}

fn notes(pairs: &Pairs, track: &TrackB, held_out: &HeldOut) -> impl IntoView + use<> {
    let [cosine, best, r] = pairs.rows;
    let from_to =
        |(_, from, to): (&str, f64, f64)| format!("{} to {}", fixed(from, 3), fixed(to, 3));
    let n_above = held_out.dims.iter().filter(|dim| dim.pearson_mean > 0.3).count();
    let all = sorted(track.dims.iter().map(|dim| dim.pearson_mean));
    let new = sorted(held_out.dims.iter().map(|dim| dim.pearson_mean));
    let n_less = all.iter().zip(&new).filter(|(all, new)| new < all).count();
    view! {
        <aside class="notes" aria-label="What this means">
            <h3 class="notes__title">"What this means"</h3>
            <p>
                "The study reads the cosine, "
                <b>{from_to(cosine)}</b>
                ". The same files show the mean r going from "
                <b>{from_to(r)}</b>
                " and the best latent from "
                <b>{from_to(best)}</b>
                "."
            </p>
            <p>
                {format!(
                    "Cosine also rewards what stays constant; correlation counts only what moves together. {n_above} latents clear 0.30 on the held-out songs, and {n_less} of {} ranks agree less there.",
                    new.len(),
                )}
            </p>
            <p>
                "The encoder was trained again for this, so its latents have other numbers: they are compared by rank."
            </p>
            <ComputedHow figure=Figure::HeldOut/>
        </aside>
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// `+0.030`, `−0.039`.
fn signed(value: f64) -> String {
    let text = fixed(value, 3);
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_says_which_way_each_figure_went() {
        let pairs = |cosine: (f64, f64), r: (f64, f64)| Pairs {
            rows: [("", cosine.0, cosine.1), ("", 0.4, 0.3), ("", r.0, r.1)],
        };
        assert_eq!(
            pairs((0.774, 0.804), (0.266, 0.227)).finding(),
            "On songs it never saw, cosine goes up. Correlation goes down."
        );
        assert_eq!(
            pairs((0.9, 0.8), (0.3, 0.2)).finding(),
            "On songs it never saw, cosine and correlation both go down."
        );
    }

    #[test]
    fn a_difference_has_its_sign() {
        assert_eq!((signed(0.03).as_str(), signed(-0.039).as_str()), ("+0.030", "−0.039"));
    }
}
