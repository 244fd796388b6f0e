//! The chart's figures as a plain table.

use carto_charts::number::fixed;
use carto_charts::{AgreementChart, CHANNELS, Metric};
use carto_types::ChannelSummary;
use carto_ui::{FigureTable, derived_bool, dynamic, figure_row};
use leptos::prelude::*;

use super::row::class_label;
use crate::views::chart_data::ChartData;

/// Every figure of the chart, three decimals instead of two.
#[component]
pub(crate) fn AgreementTable(
    /// What to draw.
    data: ChartData,
) -> impl IntoView {
    let overlay = data.overlay;
    let has_other = derived_bool(move || overlay.track_a.with(Option::is_some));
    let rows = dynamic(move || {
        overlay.track_a.with(|other| {
            let others = other.as_ref().map_or(&[][..], |track| &track.channels);
            data.track_a.with(|track| {
                let channels = track.as_ref().map_or(&[][..], |track| &track.channels);
                let rows = channels.iter().enumerate();
                let n_songs = track.as_ref().map_or(0, |track| track.songs_analyzed);
                rows.map(|(idx, channel)| table_row(idx, (channel, n_songs), others.get(idx)))
                    .collect_view()
                    .into_any()
            })
        })
    });
    let other_head = view! {
        <th scope="col" hidden=derived_bool(move || !has_other.get())>{overlay.name} " r"</th>
    };
    view! {
        <FigureTable
            named_by="agreement-caption"
            caption="Agreement between two mappers of one song: means over all pairs, and their spread (one standard deviation)"
            heads=AgreementChart::TABLE_HEADS.map(str::to_owned).to_vec()
            more_heads=other_head.into_any()
            rows
        />
    }
}

fn table_row(
    idx: usize,
    (channel, n_songs): (&ChannelSummary, u32),
    other: Option<&ChannelSummary>,
) -> AnyView {
    let class = class_label(Metric::Correlation.of(channel, n_songs), AgreementChart::BOUNDS);
    let other = other.map(|other| view! { <td>{fixed(other.pearson_mean, 3)}</td> });
    let name = view! {
        <span class=CHANNELS.get(idx).map(|labels| labels.swatch)></span>
        {channel.name.clone()}
    };
    let more = view! {
        <td class="table__word">{class}</td>
        {other}
    };
    let figures = AgreementChart::table_row(channel, n_songs).to_vec();
    figure_row(name.into_any(), figures, more.into_any())
}
