//! The evidence: of each dimension over songs, and of each pair.

use carto_types::csv::{Cell, Csv};
use carto_types::{
    ByChannel, DimensionEvidence, PairEvidence, PairKind, Placement, ResultSong, RunEvidence,
    SignalChannel, SpanAgreement,
};

use super::cells::{estimate_cells, interval_cells};
use crate::evidence_file::{EvidencePair, evidence_pairs};

/// Columns of a placement, behind `guest_` for that of guest difficulties.
const PLACEMENT: [&str; 17] = [
    "n_songs_cross",
    "n_songs_floor",
    "n_songs_ceiling",
    "cross",
    "floor",
    "ceiling",
    "room",
    "room_low",
    "room_high",
    "class",
    "song_share",
    "song_share_low",
    "song_share_high",
    "mapper_share",
    "mapper_share_low",
    "mapper_share_high",
    "room_se",
];

/// One row a dimension of each table; intervals are of 95 %.
pub(super) fn channels(evidence: &RunEvidence) -> String {
    let heads = ["table", "dimension", "n_songs", "n_pairs", "mean", "se", "low", "high"];
    let more = ["pair_mean", "pair_se", "pair_low", "pair_high", "p", "p_test", "q", "verdict"];
    let counts = ["songs_needed", "at_equal_counts", "at_equal_counts_low", "at_equal_counts_high"];
    let two = ["at_two_to_one", "at_two_to_one_low", "at_two_to_one_high"];
    let heads = heads.into_iter().chain(more).chain(counts).chain(two).map(str::to_owned);
    let places = ["", "guest_"]
        .into_iter()
        .flat_map(|before| PLACEMENT.map(|head| format!("{before}{head}")));
    let heads: Vec<String> = heads.chain(places).collect();
    let mut csv = Csv::new(heads.iter().map(String::as_str));
    for table in &evidence.set.tables {
        for dimension in &table.dimensions {
            csv.row(dimension_cells(table.kind.name(), dimension));
        }
    }
    csv.into_text()
}

fn dimension_cells<'a>(table: &'a str, found: &'a DimensionEvidence) -> Vec<Cell<'a>> {
    let mean = &found.mean;
    let mut cells = vec![
        Cell::Text(table),
        Cell::Text(&found.name),
        Cell::Count(mean.n_songs),
        Cell::Count(mean.n_pairs),
        Cell::from(mean.mean),
    ];
    cells.extend(interval_cells(mean.interval));
    cells.push(Cell::from(mean.pair_mean));
    cells.extend(interval_cells(mean.pair_interval));
    cells.push(Cell::from(mean.p_value.map(|p_value| p_value.p)));
    cells.push(mean.p_value.map_or(Cell::Empty, |p_value| Cell::Text(p_value.test.name())));
    cells.push(Cell::from(found.q_value));
    cells.push(found.verdict.map_or(Cell::Empty, |verdict| Cell::Text(verdict.name())));
    cells.push(mean.songs_needed.map_or(Cell::Empty, Cell::Count));
    cells.extend(estimate_cells(found.counts_line.map(|line| line.at_equal_counts)));
    cells.extend(estimate_cells(found.counts_line.map(|line| line.at_two_to_one)));
    cells.extend(placement_cells(found.placement.as_ref()));
    cells.extend(placement_cells(found.guest_placement.as_ref()));
    cells
}

fn placement_cells(place: Option<&Placement>) -> [Cell<'static>; PLACEMENT.len()] {
    let Some(place) = place else { return [Cell::Empty; PLACEMENT.len()] };
    let (n, means) = (place.n_songs, place.means);
    let [room, room_low, room_high] = estimate_cells(place.room);
    let [song, song_low, song_high] = estimate_cells(place.song_share);
    let [mapper, mapper_low, mapper_high] = estimate_cells(place.mapper_share);
    let [room_se, ..] = interval_cells(place.room.and_then(|room| room.interval));
    [
        Cell::Count(n.cross),
        Cell::Count(n.floor),
        Cell::Count(n.ceiling),
        Cell::from(means.map(|means| means.cross)),
        Cell::from(means.map(|means| means.floor)),
        Cell::from(means.map(|means| means.ceiling)),
        room,
        room_low,
        room_high,
        Cell::Text(place.class.name()),
        song,
        song_low,
        song_high,
        mapper,
        mapper_low,
        mapper_high,
        room_se,
    ]
}

/// One row a pair: of two mappers in the order of songs, and behind those of its song the pairs of
/// the ceiling.
pub(super) fn pairs(songs: &[ResultSong]) -> String {
    let names = ["song", "title", "artist", "kind"];
    let maps = ["mapper_a", "difficulty_a", "mapper_b", "difficulty_b"];
    let lag = ["class", "source", "lag_ms", "k", "warning", "objects_a", "objects_b"];
    let bars = ["bars", "active_bars", "f50", "spacing", "turn"];
    let all = |what: &str| SignalChannel::ALL.map(|channel| format!("{}_{what}", channel.name()));
    let phi = SignalChannel::EVENTS.map(|channel| format!("{}_phi", channel.name()));
    let heads = names.into_iter().chain(maps).chain(lag).chain(bars).map(str::to_owned);
    let heads = heads.chain(all("r_as_is")).chain(all("r_aligned")).chain(phi);
    let heads: Vec<String> = heads.collect();
    let mut csv = Csv::new(heads.iter().map(String::as_str));
    for pair in evidence_pairs(songs) {
        csv.row(pair_cells(&pair, &pair.evidence.k.to_string()));
    }
    csv.into_text()
}

/// - `k`: whole beats in the lag, written out
fn pair_cells<'a>(pair: &EvidencePair<'a>, k: &'a str) -> Vec<Cell<'a>> {
    let evidence = pair.evidence;
    let mut cells = vec![
        Cell::Count(pair.song),
        Cell::Text(pair.title),
        Cell::Text(pair.artist),
        Cell::Text(PairKind::name(pair.kind)),
        Cell::Text(pair.a.mapper),
        Cell::Text(pair.a.difficulty),
        Cell::Text(pair.b.mapper),
        Cell::Text(pair.b.difficulty),
    ];
    cells.extend(lag_cells(evidence, k));
    let bars = evidence.on_bars.as_ref();
    cells.push(bars.map_or(Cell::Empty, |bars| Cell::Count(bars.bars)));
    cells.push(bars.map_or(Cell::Empty, |bars| Cell::Count(bars.active_bars)));
    // Of a pair that is not aligned there is nothing to say at a lag.
    let aligned = evidence.aligned.as_ref().filter(|_| bars.is_some());
    cells.push(Cell::from(aligned.map(|span| span.f50)));
    cells.push(Cell::from(aligned.and_then(|span| span.spacing)));
    cells.push(Cell::from(aligned.and_then(|span| span.turn)));
    cells.extend(r_cells(evidence.as_is.as_ref()));
    cells.extend(r_cells(aligned));
    let phi = |channel| Some(bars?.phi.get(channel)?.as_ref()?.r);
    cells.extend(SignalChannel::EVENTS.map(|channel| Cell::from(phi(channel))));
    cells
}

fn lag_cells<'a>(evidence: &'a PairEvidence, k: &'a str) -> [Cell<'a>; 7] {
    [
        Cell::Text(evidence.class.name()),
        Cell::Text(evidence.source.name()),
        Cell::Number(evidence.lag_ms),
        Cell::Written(k),
        evidence.warning.as_deref().map_or(Cell::Empty, Cell::Text),
        Cell::Count(evidence.objects[0]),
        Cell::Count(evidence.objects[1]),
    ]
}

fn r_cells(span: Option<&SpanAgreement>) -> [Cell<'static>; SignalChannel::COUNT] {
    let r = span.map_or_else(ByChannel::default, |span| span.r);
    SignalChannel::ALL.map(|channel| Cell::from(*r.get(channel)))
}
