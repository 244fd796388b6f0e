//! A glance as the query of an address.
//!
//! What is as usual is left out; what other parts of the page put into the query
//! stays as it is, and so does what a later version may put there.

use carto_types::Mode;
use js_sys::{decode_uri_component, encode_uri_component};

use super::{Glance, Tab};
use crate::views::agreement::Metric;
use crate::views::latents::LatentOrder;
use crate::views::songs::Order;
use crate::views::synthesis::{Line, Part, Sampling, Values};

/// Parts of the page, by the letters that the address has for them.
const PARTS: [&str; 3] = ["a", "b", "c"];

/// Keys that are ours.
const KEYS: [&str; 12] = [
    "view", "rules", "metric", "table", "order", "frames", "fade", "values", "cell", "selected",
    "sort", "find",
];

impl Glance {
    /// Reads what `query` (without its `?`) says; what it leaves out, and what is
    /// not understood, is as usual.
    pub(super) fn of_query(query: &str) -> Self {
        let mut glance = Self::default();
        for (key, value) in pairs(query) {
            match key {
                "view" if value == "yours" => glance.tab = Tab::Yours,
                "view" if value == "beatmaps" => glance.tab = Tab::Beatmaps,
                "rules" => {
                    let modes = [Mode::Published, Mode::Tolerant];
                    choose(&mut glance.mode, modes, Mode::name, value);
                }
                "metric" => choose(&mut glance.metric, Metric::ALL, Metric::name, value),
                "table" => {
                    for (is_table, part) in glance.is_table.iter_mut().zip(PARTS) {
                        *is_table = value.split('.').any(|named| named == part);
                    }
                }
                "order" => choose(&mut glance.order, LatentOrder::ALL, LatentOrder::name, value),
                "frames" => choose(&mut glance.sampling, Sampling::ALL, Sampling::name, value),
                "fade" => glance.fade = value.parse().map_or(glance.fade, |fade: u32| fade.min(60)),
                "values" => choose(&mut glance.values, Values::ALL, Values::name, value),
                "cell" => match Part::of_id(&format!("heat-{value}")) {
                    Some(Part::Cell(cell)) if is_on_chart(cell.dim, cell.channel) => {
                        glance.chosen = Some(cell);
                    }
                    _ => {}
                },
                "selected" => match Part::of_id(&format!("heat-{value}")) {
                    Some(Part::Line(line)) if is_line(line) => glance.selected = Some(line),
                    _ => {}
                },
                "sort" => glance.sort = Order::of_word(value),
                "find" => glance.find = decoded(value),
                _ => {}
            }
        }
        glance
    }

    /// The query that says this, with all of `query` that is not ours.
    pub(super) fn to_query(&self, query: &str) -> String {
        let usual = Self::default();
        let word = |name: &'static str| name.to_ascii_lowercase();
        let tables: Vec<_> =
            PARTS.iter().zip(self.is_table).filter(|(_, is)| *is).map(|(part, _)| *part).collect();
        let ours = [
            match self.tab {
                Tab::Published => None,
                Tab::Yours => Some("yours".to_owned()),
                Tab::Beatmaps => Some("beatmaps".to_owned()),
            },
            (self.mode != usual.mode).then(|| self.mode.name().to_owned()),
            (self.metric != usual.metric).then(|| word(self.metric.name())),
            (!tables.is_empty()).then(|| tables.join(".")),
            (self.order != usual.order).then(|| word(self.order.name())),
            (self.sampling != usual.sampling).then(|| word(self.sampling.name())),
            (self.fade != usual.fade).then(|| self.fade.to_string()),
            (self.values != usual.values).then(|| word(self.values.name())),
            self.chosen.map(|cell| name_of(Part::Cell(cell))),
            self.selected.map(|line| name_of(Part::Line(line))),
            self.sort.word(),
            (!self.find.is_empty()).then(|| encode_uri_component(&self.find).into()),
        ];
        let others = query.split('&').filter(|pair| {
            let key = pair.split('=').next().unwrap_or(pair);
            !pair.is_empty() && !KEYS.contains(&key)
        });
        let ours =
            KEYS.iter().zip(ours).filter_map(|(key, value)| Some(format!("{key}={}", value?)));
        others.map(str::to_owned).chain(ours).collect::<Vec<_>>().join("&")
    }
}

/// `9-7`, `latent-9`: the id of the element, without what all ids share.
fn name_of(part: Part) -> String {
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

/// As it was before it was written into an address.
pub(super) fn decoded(value: &str) -> String {
    let value = value.replace('+', " ");
    decode_uri_component(&value).map_or(value, String::from)
}

/// Keys and values; a key without a value has an empty one.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::synthesis::Cell;

    fn glance() -> Glance {
        Glance {
            tab: Tab::Yours,
            mode: Mode::Tolerant,
            metric: Metric::Cosine,
            is_table: [true, false, true],
            order: LatentOrder::Number,
            sampling: Sampling::Up,
            fade: 12,
            values: Values::All,
            chosen: Some(Cell { dim: 9, channel: 7 }),
            selected: Some(Line::Channel(3)),
            sort: Order::of_word("-pairs"),
            find: String::new(),
        }
    }

    #[test]
    fn a_glance_comes_back_from_its_query() {
        let query = glance().to_query("");
        assert_eq!(
            query,
            "view=yours&rules=tolerant&metric=cosine&table=a.c&order=number&frames=up-sampled&fade=12&values=all&cell=9-7&selected=channel-3&sort=-pairs"
        );
        assert_eq!(Glance::of_query(&query), glance());
        assert_eq!(Glance::of_query(""), Glance::default());
    }

    #[test]
    fn the_usual_is_left_out_and_what_is_others_stays() {
        let query =
            Glance::default().to_query("backend=cpu&view=yours&results=https%3A%2F%2Fa.b&new=1");
        assert_eq!(query, "backend=cpu&results=https%3A%2F%2Fa.b&new=1");
    }

    #[test]
    fn what_is_not_understood_is_as_usual() {
        let odd = "view=&metric=x&table=q&order=&frames=1&fade=-1&values=?&cell=9-9&cell=a&selected=latent-99999&&=";
        assert_eq!(Glance::of_query(odd), Glance::default());
        assert_eq!(Glance::of_query("fade=99").fade, 60);
    }
}
