//! The chart's figures as a plain table.

use carto_protocol::ChannelSummary;
use leptos::prelude::*;

use super::channel_row::class_word;
use crate::app::use_run;
use crate::format::{fixed, grouped, spread};
use crate::views::channels::CHANNELS;
use crate::views::live::drawn;
use crate::views::words::AgreementClass;

/// Every figure of the chart, three decimals instead of two.
#[component]
pub(crate) fn AgreementTable() -> impl IntoView {
    let run = use_run();
    let rows = drawn(move || {
        run.track_a().with(|track| {
            let channels = track.as_ref().map_or(&[][..], |track| &track.channels);
            channels.iter().enumerate().map(table_row).collect_view().into_any()
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
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn table_row((idx, channel): (usize, &ChannelSummary)) -> impl IntoView + use<> {
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
        </tr>
    }
}
