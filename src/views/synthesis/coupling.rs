//! What the nine channels share among themselves, before any network.

use carto_charts::{CHANNELS, Cell, CouplingChart, cell_text, closest_sentence, value};
use carto_ui::dynamic;
use leptos::prelude::*;

use super::colormap::CellStyle;
use crate::view_state::Values;
use crate::views::latent_data::LatentData;

/// The 9 by 9 matrix, its notes beside it.
#[component]
pub(super) fn RawCoupling(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let rows = dynamic(move || {
        latents.synthesis.with(|synthesis| {
            let raw = synthesis.as_ref().map_or(&[][..], |s| s.between_channels.cells());
            (0..CHANNELS.len()).map(|row| raw_row(row, raw)).collect_view().into_any()
        })
    });
    let closest = dynamic(move || {
        match latents.synthesis.with(|s| closest_sentence(s.as_ref()?.between_channels.cells())) {
            None => ().into_any(),
            Some(sentence) => view! { <p><b>"Closest: "</b> {sentence}</p> }.into_any(),
        }
    });
    view! {
        <div class="sheet__body latents__more">
            <div class="plate">
                <h3 class="plate__title" id="raw-title">{CouplingChart::HEADING}</h3>
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
            let r = value(raw, Cell { dim: row, channel });
            let CellStyle { class, fill, .. } = CellStyle::new(r, 0.0, Values::Off);
            let figure = match r {
                _ if row == channel => "1".to_owned(),
                r => cell_text(r),
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
