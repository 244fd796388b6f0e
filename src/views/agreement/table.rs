//! The chart's figures as a plain table.

use carto_types::ChannelSummary;
use leptos::prelude::*;

use super::channel_row::class_word;
use crate::format::{fixed, grouped, spread};
use crate::views::channels::CHANNELS;
use crate::views::charted::Charted;
use crate::views::live::{drawn, flag};
use crate::views::words::AgreementClass;

/// Every figure of the chart, three decimals instead of two.
#[component]
pub(crate) fn AgreementTable(
    /// What to draw.
    charted: Charted,
) -> impl IntoView {
    let beside = charted.beside;
    let has_other = flag(move || beside.track_a.with(Option::is_some));
    let rows = drawn(move || {
        let other_r: Vec<f64> = beside.track_a.with(|track| {
            let channels = track.as_ref().map_or(&[][..], |track| &track.channels);
            channels.iter().map(|channel| channel.pearson_mean).collect()
        });
        charted.track_a.with(|track| {
            let channels = track.as_ref().map_or(&[][..], |track| &track.channels);
            let rows = channels.iter().enumerate();
            rows.map(|(idx, channel)| table_row(idx, channel, other_r.get(idx).copied()))
                .collect_view()
                .into_any()
        })
    });
    view! {
        <div class="table-scroll" role="region" aria-labelledby="agreement-caption" tabindex="0">
            <table class="table">
                <caption id="agreement-caption" class="table__caption">
                    "Agreement between two mappers of one song: means over all pairs, and their spread (one standard deviation)"
                </caption>
                <thead>
                    <tr>
                        {["channel", "mean r", "spread", "cosine", "spread", "distance", "spread", "pairs", "class by r"]
                            .into_iter()
                            .map(|column| view! { <th scope="col">{column}</th> })
                            .collect_view()}
                        <th scope="col" hidden=flag(move || !has_other.get())>{beside.name} " r"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn table_row(idx: usize, channel: &ChannelSummary, other_r: Option<f64>) -> impl IntoView + use<> {
    let n_pairs = channel.n_pairs as usize;
    let spread_of = |std| if n_pairs > 1 { spread(std) } else { "one pair".to_owned() };
    let figures = [
        fixed(channel.pearson_mean, 3),
        spread_of(channel.pearson_std),
        fixed(channel.cosine_mean, 3),
        spread_of(channel.cosine_std),
        fixed(channel.mad_mean, 3),
        spread_of(channel.mad_std),
        grouped(n_pairs as u64),
    ];
    let class = AgreementClass::of_pairs(channel.pearson_mean, n_pairs);
    view! {
        <tr>
            <th scope="row">
                <span class=CHANNELS.get(idx).map(|channel| channel.swatch)></span>
                {channel.name.clone()}
            </th>
            {figures.into_iter().map(|figure| view! { <td>{figure}</td> }).collect_view()}
            <td class="table__word">{class_word(class)}</td>
            {other_r.map(|r| view! { <td>{fixed(r, 3)}</td> })}
        </tr>
    }
}
