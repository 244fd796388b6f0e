//! The chart's figures as a plain table.

use carto_charts::EvidenceChart;
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use super::row::swatch;

/// Every figure of the chart, and the mapper shares.
#[component]
pub(super) fn EvidenceFigures(
    /// What to draw.
    chart: Memo<Option<EvidenceChart>>,
) -> impl IntoView {
    let rows = dynamic(move || {
        chart.with(|chart| {
            let rows = chart.iter().flat_map(EvidenceChart::rows);
            let rows = rows.map(|row| {
                let name = view! { {swatch(&row.name)} {row.name.clone()} };
                figure_row(name.into_any(), row.table_row(), ().into_any())
            });
            rows.collect_view().into_any()
        })
    });
    view! {
        <FigureTable
            named_by="evidence-caption"
            caption="Means over songs of aligned pairs of two mappers, with 95% intervals; floor and ceiling by pairs of like counts of objects"
            heads=EvidenceChart::TABLE_HEADS.map(str::to_owned).to_vec()
            rows
        />
    }
}
