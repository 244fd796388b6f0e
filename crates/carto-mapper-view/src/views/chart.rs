//! The chart: a line for each dimension around 0, over one scale bar; and its figures as a table.

use carto_charts::number::{grouped, percent, plain};
use carto_charts::{MapperChart, MapperRow, TenthsAxis};
use carto_types::DimensionGroup;
use carto_ui::{
    FigureTable, Tick, derived_bool, derived_string, dynamic, figure_row, focus, next_mark,
    scale_bar,
};
use leptos::prelude::*;

use super::line::{Lines, badge_id, mapper_line, swatch};
use crate::client::use_client;
use crate::plate::{Line, ShownPlate};

/// All lines in their groups, with the scale bar below them.
#[component]
pub(super) fn MapperLines(
    /// What to draw.
    plate: ShownPlate,
) -> impl IntoView {
    let state = use_client().state;
    let tab_stop = RwSignal::new(0_usize);
    let shared = Lines { plate, tab_stop };
    // Lines are drawn anew only when there are others: their marks and words follow by themselves.
    let names = Memo::new(move |_| {
        plate.with(|plate| {
            let group = |(heading, lines): &(&'static str, Vec<_>)| {
                let name = |line: &Line| line.row.name().to_owned();
                (*heading, lines.iter().map(name).collect::<Vec<_>>())
            };
            plate.as_ref().map_or_else(Vec::new, |it| it.groups.iter().map(group).collect())
        })
    });
    let groups = dynamic(move || {
        let mut idx = 0;
        let mut group = |(heading, names): (&'static str, Vec<String>)| {
            let lines = names.into_iter().map(|name| {
                idx += 1;
                mapper_line(idx - 1, name, shared)
            });
            let lines: Vec<_> = lines.collect();
            view! {
                <p class="mapper-plate__group">{heading}</p>
                {lines}
            }
        };
        names.get().into_iter().map(&mut group).collect_view().into_any()
    });
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let names: Vec<String> =
            names.get_untracked().into_iter().flat_map(|(_, names)| names).collect();
        let last = names.len().saturating_sub(1);
        let Some(to) = next_mark(&event.key(), tab_stop.get_untracked(), last) else { return };
        event.prevent_default();
        if let Some(name) = names.get(to) {
            focus(&badge_id(name));
        }
    };
    let axis = Memo::new(move |_| plate.with(|plate| plate.as_ref().map(|it| it.axis)));
    let zero = derived_string(move || {
        axis.get().map_or_else(String::new, |axis| percent(100.0 * axis.share(0.0)))
    });
    let n_hidden = Memo::new(move |_| plate.with(|it| it.as_ref().map_or(0, |it| it.n_hidden)));
    let shows_all = state.shows_all;
    let more = derived_string(move || match shows_all.get() {
        true => format!("Show fewer {}", long_groups(plate)),
        false => format!("Show {} more {}", grouped(n_hidden.get()), long_groups(plate)),
    });
    view! {
        <div
            class="mapper-chart"
            style=("--zero", zero)
            role="group"
            aria-label="Dimensions with their differences; the arrow keys move between them"
            on:keydown=move_focus
        >
            <div class="mapper-chart__columns" aria-hidden="true">
                <span class="mapper-line__plot mapper-chart__sides">
                    <span>"less"</span>
                    <span>"more"</span>
                </span>
                <span class="mapper-line__figure">"difference (95% interval)"</span>
                <span class="mapper-line__badge-head">"which way"</span>
            </div>
            {groups}
            <div class="mapper-chart__axis">
                {dynamic(move || axis.get().map_or_else(|| ().into_any(), scale))}
            </div>
            <p class="mapper-chart__unit">{MapperChart::AXIS_TITLE}</p>
        </div>
        <button
            id="mapper-more"
            class="button button--small"
            type="button"
            hidden=derived_bool(move || n_hidden.get() == 0 && !shows_all.get())
            on:click=move |_| shows_all.update(|shows_all| *shows_all = !*shows_all)
        >
            {more}
        </button>
    }
}

/// What not all has a line of.
fn long_groups(plate: ShownPlate) -> &'static str {
    let has_latents = plate.with(|plate| {
        plate.as_ref().is_some_and(|plate| {
            plate.chart.rows.iter().any(|row| row.found.group == DimensionGroup::Latent)
        })
    });
    if has_latents { "features and latents" } else { "features" }
}

fn scale(axis: TenthsAxis) -> AnyView {
    let step = format!("{}%", plain(100.0 / f64::from(axis.n_segments()), 3));
    let labels: Vec<(f64, String)> = axis.labels().collect();
    let zero = labels.iter().position(|(at, _)| *at >= axis.share(0.0)).unwrap_or_default();
    let tick = |(idx, (at, label)): (usize, (f64, String))| Tick {
        class: match at {
            // On a narrow plate every second label from 0 on goes.
            _ if idx.abs_diff(zero) % 2 == 1 => "evidence__tick mapper-chart__tick",
            ..=0.0 => "evidence__tick evidence__tick--first",
            1.0.. => "evidence__tick evidence__tick--last",
            _ => "evidence__tick",
        },
        place: percent(100.0 * at),
        label,
    };
    scale_bar(step, labels.into_iter().enumerate().map(tick).collect())
}

/// The figures of all dimensions.
#[component]
pub(super) fn MapperFigures(
    /// What to draw.
    plate: ShownPlate,
) -> impl IntoView {
    let row = |row: &MapperRow| {
        let mut figures = row.table_row();
        let name = figures.remove(0);
        let name = view! { {swatch(&name)} {name} };
        figure_row(name.into_any(), figures, ().into_any())
    };
    let rows = dynamic(move || {
        plate.with(|plate| {
            let rows = plate.iter().flat_map(|plate| &plate.chart.rows);
            rows.map(row).collect_view().into_any()
        })
    });
    let caption = plate.with_untracked(|plate| {
        plate.as_ref().map_or_else(String::new, |plate| {
            let MapperChart { mapper, .. } = &plate.chart;
            format!("{mapper} against {}, all figures", plate.chart.against_text())
        })
    });
    view! {
        <FigureTable
            named_by="mapper-caption"
            caption
            heads=MapperChart::TABLE_HEADS.map(str::to_owned).to_vec()
            rows
        />
    }
}
