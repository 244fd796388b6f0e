//! What the nine channels share among themselves, before any network.

use leptos::prelude::*;

use super::matrix::{self, Cell};
use super::relief::{Face, Values};
use crate::format::{NO_VALUE, cell, fixed};
use crate::views::channels::CHANNELS;
use crate::views::latents::LatentView;
use crate::views::live::drawn;

/// The 9 by 9 matrix, its notes beside it.
#[component]
pub(super) fn RawCoupling(
    /// What both sheets read.
    view: LatentView,
) -> impl IntoView {
    let rows = drawn(move || {
        view.synthesis.with(|synthesis| {
            let raw = synthesis.as_ref().map_or(&[][..], |s| s.between_channels.cells());
            (0..CHANNELS.len()).map(|row| raw_row(row, raw)).collect_view().into_any()
        })
    });
    let closest = drawn(move || {
        let closest = view.synthesis.with(|s| closest_pair(s.as_ref()?.between_channels.cells()));
        match closest {
            None => ().into_any(),
            Some((a, b, r)) => view! {
                <p>
                    <b>"Closest: "</b>
                    {format!("{a} and {b}, r = {}.", fixed(r, 2))}
                </p>
            }
            .into_any(),
        }
    });
    view! {
        <div class="sheet__body latents__more">
            <div class="plate">
                <h3 class="plate__title" id="raw-title">"What channels share without any latent"</h3>
                <table class="raw" aria-labelledby="raw-title">
                    <thead>
                        <tr>
                            <td></td>
                            {CHANNELS
                                .map(|channel| view! {
                                    <th scope="col" aria-label=channel.name>
                                        <span class=channel.swatch></span>
                                        {channel.abbr}
                                    </th>
                                })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <aside class="notes" aria-label="Reading the table of couplings">
                <p>
                    <b>"Direct r: "</b>
                    "the mean correlation of two channels of one map. A latent that goes with one of them goes with the other for this reason alone."
                </p>
                {closest}
            </aside>
        </div>
    }
}

fn raw_row(row: usize, raw: &[f64]) -> impl IntoView + use<> {
    let names = CHANNELS.get(row).copied();
    let cells: Vec<_> = (0..CHANNELS.len())
        .map(|channel| {
            let r = matrix::value(raw, Cell { dim: row, channel });
            let Face { class, fill, .. } = Face::new(r, 0.0, Values::Off);
            let figure = match r {
                _ if row == channel => "1".to_owned(),
                None => NO_VALUE.to_owned(),
                Some(r) => cell(r),
            };
            view! { <td class=class style=("--fill", fill)>{figure}</td> }
        })
        .collect();
    view! {
        <tr>
            <th scope="row" aria-label=names.map(|channel| channel.name)>
                <span class="raw__full">{names.map(|channel| channel.name)}</span>
                <span class="raw__abbr">{names.map(|channel| channel.abbr)}</span>
            </th>
            {cells}
        </tr>
    }
}

/// The two different channels with the largest `|r|`.
fn closest_pair(raw: &[f64]) -> Option<(&'static str, &'static str, f64)> {
    let mut closest: Option<(&'static str, &'static str, f64)> = None;
    for (a, first) in CHANNELS.iter().enumerate() {
        for (b, second) in CHANNELS.iter().enumerate().skip(a + 1) {
            let Some(r) = matrix::value(raw, Cell { dim: a, channel: b }) else { continue };
            if closest.is_none_or(|(.., most)| r.abs() > most.abs()) {
                closest = Some((first.name, second.name, r));
            }
        }
    }
    closest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_pair_is_of_two_channels() {
        let mut raw = vec![0.0; 81];
        raw[0] = 1.0;
        raw[2 * 9 + 3] = 0.78;
        raw[3] = -0.4;
        assert_eq!(closest_pair(&raw), Some(("SLIDE", "SUSTAIN", 0.78)));
        assert_eq!(closest_pair(&[]), None);
    }
}
