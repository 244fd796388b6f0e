//! The view state in the browser's address and history.
//!
//! In the query, what is as usual is left out; what other parts of the page put there stays as
//! it is, and so does what a later version may put there.

use std::time::Duration;

use carto_charts::{LatentOrder, Metric, Sampling};
use carto_types::Mode;
use carto_ui::{decoded, encoded, hash, query, query_pairs, show_address, with_values};
use leptos::ev;
use leptos::prelude::*;

use super::heatmap::{HeatmapPart, Line, MAX_FADE, Values};
use super::song_order::SongOrder;
use super::state::{Tab, ViewState, ViewStateSnapshot};

/// Parts of the page, by the letters that the address has for them.
const PARTS: [&str; 3] = ["a", "b", "c"];

/// Keys that are ours.
const KEYS: [&str; 15] = [
    "view", "song", "mapper", "against", "rules", "metric", "table", "order", "frames", "fade",
    "values", "cell", "selected", "sort", "find",
];

/// A view state that begins where the address says, and that the address follows from then on.
///
/// Another view is a step of the history; anything else changes the present step,
/// since nobody wants to go back through forty positions of a slider.
///
/// - `has_run`: whether there is a run, whose rules no step back may change: it would
///   be computed anew
pub(crate) fn follow_address(has_run: impl Fn() -> bool + 'static) -> ViewState {
    let state = ViewState::new(ViewStateSnapshot::of_query(&query()));
    Effect::new(move |before: Option<ViewStateSnapshot>| {
        let now = state.snapshot();
        if let Some(before) = before
            && before != now
        {
            show_address(&now.to_query(&query()), &hash(), now.is_step_from(&before));
        }
        now
    });
    let handle = window_event_listener(ev::popstate, move |_| {
        let mut snapshot = ViewStateSnapshot::of_query(&query());
        if has_run() {
            snapshot.mode = state.mode.get_untracked();
        }
        // The step that was gone to says so too, and stays one step.
        show_address(&snapshot.to_query(&query()), &hash(), false);
        state.apply(snapshot);
    });
    on_cleanup(move || handle.remove());
    state
}

/// The decoded value of a parameter of the address; `None` where there is none.
pub(crate) fn parameter(key: &str) -> Option<String> {
    let query = query();
    let value = decoded(query_pairs(&query).find(|(known, _)| *known == key)?.1);
    (!value.is_empty()).then_some(value)
}

/// What follows the `#` of the address.
pub(crate) fn fragment() -> String {
    hash().trim_start_matches('#').to_owned()
}

/// Shows the part of the page that the fragment names, if there is one: it was not
/// there yet when the browser looked for it, and comes with the code of the later parts.
/// Whoever scrolls meanwhile stays where they are.
pub(crate) fn go_to_part() {
    look_for_part(&fragment(), scroll_y(), 100);
}

fn scroll_y() -> f64 {
    window().scroll_y().unwrap_or_default()
}

fn look_for_part(id: &str, start_y: f64, n_tries: u32) {
    let has_scrolled = (scroll_y() - start_y).abs() > 1.0;
    if id.is_empty() || n_tries == 0 || has_scrolled {
        return;
    }
    if let Some(part) = document().get_element_by_id(id) {
        return part.scroll_into_view();
    }
    let id = id.to_owned();
    set_timeout(move || look_for_part(&id, start_y, n_tries - 1), Duration::from_millis(100));
}

/// Takes the fragment and the parameter that named a result out of the address: it
/// is not shown any more.
pub(crate) fn without_fragment() {
    let query = query();
    let left = query.split('&').filter(|pair| !pair.starts_with("results="));
    show_address(&left.collect::<Vec<_>>().join("&"), "", true);
}

impl ViewStateSnapshot {
    /// Whether something else is shown than before, and not the same in another way.
    fn is_step_from(&self, before: &Self) -> bool {
        let is_other = match self.tab {
            Tab::Song => before.song != self.song,
            Tab::Mapper => (&before.mapper, &before.against) != (&self.mapper, &self.against),
            Tab::Published | Tab::Yours | Tab::Beatmaps => false,
        };
        before.tab != self.tab || is_other
    }

    /// Reads what `query` (without its `?`) says; what it leaves out, and what is
    /// not understood, is as usual.
    fn of_query(query: &str) -> Self {
        let mut snapshot = Self::default();
        for (key, value) in query_pairs(query) {
            match key {
                "view" if value == "yours" => snapshot.tab = Tab::Yours,
                "view" if value == "beatmaps" => snapshot.tab = Tab::Beatmaps,
                "view" if value == "song" => snapshot.tab = Tab::Song,
                "view" if value == "mapper" => snapshot.tab = Tab::Mapper,
                "song" => snapshot.song = decoded(value),
                "mapper" => snapshot.mapper = decoded(value),
                "against" => snapshot.against = decoded(value),
                "rules" => snapshot.mode = Mode::of_name(value).unwrap_or(snapshot.mode),
                "metric" => choose(&mut snapshot.metric, Metric::ALL, Metric::name, value),
                "table" => {
                    for (is_table, part) in snapshot.is_table.iter_mut().zip(PARTS) {
                        *is_table = value.split('.').any(|named| named == part);
                    }
                }
                "order" => choose(&mut snapshot.order, LatentOrder::ALL, LatentOrder::name, value),
                "frames" => choose(&mut snapshot.sampling, Sampling::ALL, Sampling::name, value),
                "fade" => {
                    snapshot.fade =
                        value.parse().map_or(snapshot.fade, |fade: u32| fade.min(MAX_FADE));
                }
                "values" => choose(&mut snapshot.values, Values::ALL, Values::name, value),
                "cell" => match HeatmapPart::of_id(&format!("heat-{value}")) {
                    Some(HeatmapPart::Cell(cell)) if is_on_chart(cell.dim, cell.channel) => {
                        snapshot.chosen = Some(cell);
                    }
                    _ => {}
                },
                "selected" => match HeatmapPart::of_id(&format!("heat-{value}")) {
                    Some(HeatmapPart::Line(line)) if is_line(line) => {
                        snapshot.selected = Some(line);
                    }
                    _ => {}
                },
                "sort" => snapshot.sort = SongOrder::of_word(value),
                "find" => snapshot.find = decoded(value),
                _ => {}
            }
        }
        snapshot
    }

    /// The query that says this, with all of `query` that is not ours.
    fn to_query(&self, query: &str) -> String {
        let usual = Self::default();
        let word = |name: &'static str| name.to_ascii_lowercase();
        let tables: Vec<_> =
            PARTS.iter().zip(self.is_table).filter(|(_, is)| *is).map(|(part, _)| *part).collect();
        let name_in = |tab: Tab, name: &str| {
            let is_there = self.tab == tab && !name.is_empty();
            is_there.then(|| encoded(name))
        };
        let ours = [
            match self.tab {
                Tab::Published => None,
                Tab::Yours => Some("yours".to_owned()),
                Tab::Beatmaps => Some("beatmaps".to_owned()),
                Tab::Song => Some("song".to_owned()),
                Tab::Mapper => Some("mapper".to_owned()),
            },
            name_in(Tab::Song, &self.song),
            name_in(Tab::Mapper, &self.mapper),
            name_in(Tab::Mapper, &self.against),
            (self.mode != usual.mode).then(|| self.mode.name().to_owned()),
            (self.metric != usual.metric).then(|| word(self.metric.name())),
            (!tables.is_empty()).then(|| tables.join(".")),
            (self.order != usual.order).then(|| word(self.order.name())),
            (self.sampling != usual.sampling).then(|| word(self.sampling.name())),
            (self.fade != usual.fade).then(|| self.fade.to_string()),
            (self.values != usual.values).then(|| word(self.values.name())),
            self.chosen.map(|cell| name_of(HeatmapPart::Cell(cell))),
            self.selected.map(|line| name_of(HeatmapPart::Line(line))),
            self.sort.word(),
            (!self.find.is_empty()).then(|| encoded(&self.find)),
        ];
        with_values(query, KEYS.into_iter().zip(ours))
    }
}

/// `9-7`, `latent-9`: the id of the element, without what all ids share.
fn name_of(part: HeatmapPart) -> String {
    part.id().trim_start_matches("heat-").to_owned()
}

/// More latents than any encoder has would only confuse the charts.
fn is_on_chart(dim: usize, channel: usize) -> bool {
    dim < 4096 && channel < 9
}

fn is_line(line: Line) -> bool {
    match line {
        Line::Latent(dim) => is_on_chart(dim, 0),
        Line::Channel(channel) => is_on_chart(0, channel),
    }
}

fn choose<T: Copy, const N: usize>(
    chosen: &mut T,
    all: [T; N],
    name: fn(T) -> &'static str,
    value: &str,
) {
    if let Some(known) = all.into_iter().find(|&it| name(it).eq_ignore_ascii_case(value)) {
        *chosen = known;
    }
}

#[cfg(test)]
mod tests {
    use carto_charts::Cell;

    use super::*;

    fn snapshot() -> ViewStateSnapshot {
        ViewStateSnapshot {
            tab: Tab::Yours,
            song: String::new(),
            mapper: String::new(),
            against: String::new(),
            mode: Mode::Published,
            metric: Metric::Cosine,
            is_table: [true, false, true],
            order: LatentOrder::Number,
            sampling: Sampling::Up,
            fade: 12,
            values: Values::All,
            chosen: Some(Cell { dim: 9, channel: 7 }),
            selected: Some(Line::Channel(3)),
            sort: SongOrder::of_word("-pairs"),
            find: String::new(),
        }
    }

    #[test]
    fn a_snapshot_comes_back_from_its_query() {
        let query = snapshot().to_query("");
        assert_eq!(
            query,
            "view=yours&rules=published&metric=cosine&table=a.c&order=number&frames=up-sampled&fade=12&values=all&cell=9-7&selected=channel-3&sort=-pairs"
        );
        assert_eq!(ViewStateSnapshot::of_query(&query), snapshot());
        assert_eq!(ViewStateSnapshot::of_query(""), ViewStateSnapshot::default());
    }

    #[test]
    fn the_usual_is_left_out_and_what_is_others_stays() {
        let query = ViewStateSnapshot::default()
            .to_query("backend=cpu&view=yours&results=https%3A%2F%2Fa.b&new=1");
        assert_eq!(query, "backend=cpu&results=https%3A%2F%2Fa.b&new=1");
    }

    #[test]
    fn what_is_not_understood_is_as_usual() {
        let odd = "view=&metric=x&table=q&order=&frames=1&fade=-1&values=?&cell=9-9&cell=a&selected=latent-99999&&=";
        assert_eq!(ViewStateSnapshot::of_query(odd), ViewStateSnapshot::default());
        assert_eq!(ViewStateSnapshot::of_query("fade=99").fade, 60);
    }
}
