//! The evidence of all pairs of a corpus, as tables.

use std::collections::HashMap;

use carto_evidence::{Alignment, EvidenceMap, OtherSong, SetPair, compare_pair, evidence_of_set};
use carto_types::{
    AlignmentClass, DimensionEvidence, Estimate, EvidenceTableKind, MeanOverSongs, PairCounts,
    PairEvidence, PairKind, Placement, SetEvidence, SignalChannel,
};

use crate::corpus::{self, Map};
use crate::{Block, MISSING, estimate, number, table};

/// Maps of other songs for each pair of two sets.
const N_OTHERS: usize = 5;

/// Pairs of two sets, guest difficulties, and difficulties of one mapper, one pair a set.
pub(crate) fn blocks(maps: &[Map]) -> Vec<Block> {
    let groups = [
        (PairKind::Cross, corpus::cross_pairs(maps)),
        (PairKind::Guest, corpus::guest_pairs(maps)),
        (PairKind::SameMapper, corpus::same_mapper_pairs(maps)),
    ];
    let mut pairs = Vec::new();
    for (kind, group) in groups {
        pairs.extend(
            compared(kind, &group).into_iter().map(|(pair, it)| (&*pair[0].song, kind, it)),
        );
    }
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    for (song, _, _) in &pairs {
        let n = numbers.len() as u32;
        numbers.entry(*song).or_insert(n);
    }
    let in_set: Vec<_> = pairs
        .iter()
        .map(|(song, kind, evidence)| SetPair { song_idx: numbers[song], kind: *kind, evidence })
        .collect();
    let set = evidence_of_set(&in_set, true);
    let cross: Vec<&PairEvidence> =
        pairs.iter().filter(|pair| pair.1 == PairKind::Cross).map(|pair| &pair.2).collect();
    vec![
        Block { name: "pairs", text: counted(maps.len(), &pairs, &set) },
        Block { name: "lags", text: lags(&cross) },
        Block { name: "r", text: correlations(&set) },
        Block { name: "verdicts", text: verdicts(&set) },
        Block { name: "onsets and places", text: others(&set) },
        Block { name: "shares", text: shares(&set) },
        Block { name: "counts", text: lines(&set) },
    ]
}

/// All evidence of some pairs, those of two sets with maps of the songs that follow.
fn compared<'a>(kind: PairKind, pairs: &[[&'a Map; 2]]) -> Vec<([&'a Map; 2], PairEvidence)> {
    let opened: Vec<([&Map; 2], [EvidenceMap; 2])> =
        pairs.iter().filter_map(|pair| Some((*pair, [pair[0].open()?, pair[1].open()?]))).collect();
    let compare = |(idx, (pair, [a, b])): (usize, &([&'a Map; 2], [EvidenceMap; 2]))| {
        let alignment = match kind {
            PairKind::Cross => Alignment::of_timing_points(a, b),
            PairKind::Guest | PairKind::SameMapper => Alignment::of_one_file(a, b),
        };
        let is_steady = |map: &EvidenceMap| map.tempo().is_some_and(|tempo| tempo.is_steady);
        let following = opened.iter().cycle().skip(idx + 1).take(opened.len() - 1);
        let others = following
            .filter(|(other, [_, map])| other[0].song != pair[0].song && is_steady(map))
            .map(|(_, [_, map])| OtherSong { name: "", map })
            .take(if kind == PairKind::Cross { N_OTHERS } else { 0 });
        (*pair, compare_pair(a, b, &alignment, &others.collect::<Vec<_>>()))
    };
    opened.iter().enumerate().map(compare).collect()
}

fn counted(n_maps: usize, pairs: &[(&str, PairKind, PairEvidence)], set: &SetEvidence) -> String {
    let n_songs = |kind: Option<PairKind>| {
        let of_kind = pairs.iter().filter(|pair| kind.is_none_or(|kind| pair.1 == kind));
        let mut songs: Vec<&str> = of_kind.map(|pair| pair.0).collect();
        songs.sort_unstable();
        songs.dedup();
        songs.len()
    };
    let row = |kind: PairKind, counts: PairCounts| {
        let left_out = Some(counts.text()).filter(|text| !text.is_empty());
        vec![
            kind.name().to_owned(),
            n_songs(Some(kind)).to_string(),
            counts.n_pairs().to_string(),
            counts.n_aligned.to_string(),
            counts.n_possible_copies.to_string(),
            left_out.unwrap_or_else(|| MISSING.to_owned()),
        ]
    };
    let counts = set.counts;
    let rows = [
        row(PairKind::Cross, counts.cross),
        row(PairKind::Guest, counts.guest),
        row(PairKind::SameMapper, counts.same_mapper),
    ];
    let (n_pairs, n_songs) = (pairs.len(), n_songs(None));
    format!("{n_maps} maps, {n_pairs} pairs of {n_songs} songs.\n\n")
        + &table("pairs | songs | pairs | aligned | possible copies among them | left out", rows)
}

/// How far the maps of two sets lie apart.
fn lags(pairs: &[&PairEvidence]) -> String {
    let aligned: Vec<_> =
        pairs.iter().filter(|pair| pair.class == AlignmentClass::Aligned).collect();
    let ranges = [
        ("at most 1 ms", 0.0, 1.0),
        ("1 to 6 ms, a frame", 1.0, 6.0),
        ("6 to 25 ms", 6.0, 25.0),
        ("25 to 100 ms", 25.0, 100.0),
        ("more than 100 ms", 100.0, f64::INFINITY),
    ];
    let rows = ranges.map(|(name, above, most)| {
        // The first range has its lower end too.
        let is_inside = |lag: f64| (lag > above || above == 0.0) && lag <= most;
        let inside = aligned.iter().filter(|pair| is_inside(pair.lag_ms.abs()));
        let with_beats = inside.clone().filter(|pair| pair.k != 0).count();
        vec![name.to_owned(), inside.count().to_string(), with_beats.to_string()]
    });
    table("lag, either way | aligned pairs | of which whole beats were added", rows)
}

fn mean(set: &SetEvidence, kind: EvidenceTableKind, name: &str) -> String {
    set.dimension(kind, name).map_or(MISSING.to_owned(), |found| mean_text(&found.mean))
}

fn mean_text(mean: &MeanOverSongs) -> String {
    let value = mean.mean.map(|value| Estimate { value, interval: mean.interval });
    value.map_or(MISSING.to_owned(), estimate)
}

/// Pearson's r of each channel, from as published to the excess over the null.
fn correlations(set: &SetEvidence) -> String {
    use EvidenceTableKind::{AlignedR, AsIsR, BarShiftExcess, BarShiftMean, BarsR, PublishedR};
    let columns = [PublishedR, AsIsR, AlignedR, BarsR, BarShiftMean, BarShiftExcess];
    let rows = SignalChannel::ALL.map(|channel| {
        let values = columns.map(|kind| mean(set, kind, channel.name()));
        [vec![channel.name().to_owned()], values.to_vec()].concat()
    });
    table(
        "channel | as published | as is | aligned | on active bars | after whole-bar shifts | excess",
        rows,
    )
}

fn verdicts(set: &SetEvidence) -> String {
    let row = |channel: SignalChannel| {
        let is_event = SignalChannel::EVENTS.contains(&channel);
        let by = if is_event { "phi" } else { "excess over bars permuted within 8" };
        let mut row = vec![channel.name().to_owned(), by.to_owned()];
        let Some(DimensionEvidence { mean, q_value, verdict, .. }) = set.judged(channel) else {
            row.extend(std::iter::repeat_n(MISSING.to_owned(), 5));
            return row;
        };
        row.extend([
            mean.n_songs.to_string(),
            mean_text(mean),
            q_value.map_or(MISSING.to_owned(), |q| format!("{q:.1e}").replace('-', "\u{2212}")),
            verdict.map_or(MISSING, |verdict| verdict.name()).to_owned(),
            mean.songs_needed.map_or(MISSING.to_owned(), |n| n.to_string()),
        ]);
        row
    };
    table(
        "channel | judged by | songs | mean (95 %) | q | verdict | songs for ±0.05",
        SignalChannel::ALL.map(row),
    )
}

/// Onset F and placing, of which there are no channels.
fn others(set: &SetEvidence) -> String {
    use EvidenceTableKind::{BarsF, OnsetF, Placing};
    let tables = set.tables.iter().filter(|it| [OnsetF, BarsF, Placing].contains(&it.kind));
    let rows = tables.flat_map(|it| {
        it.dimensions.iter().map(move |found| {
            let mean = &found.mean;
            vec![
                it.kind.name().to_owned(),
                found.name.clone(),
                mean.n_songs.to_string(),
                mean_text(mean),
            ]
        })
    });
    table("measure | | songs | mean (95 %)", rows)
}

/// Every place between floor and ceiling, by both kinds of pairs of two mappers.
fn shares(set: &SetEvidence) -> String {
    let tables = set.tables.iter().flat_map(|it| {
        it.dimensions.iter().flat_map(move |found| {
            let name = format!("{} {}", it.kind.name(), found.name);
            [("cross", found.placement), ("guest", found.guest_placement)]
                .into_iter()
                .filter_map(move |(pairs, found)| Some(share_row(&name, pairs, found?)))
        })
    });
    let head = "measure | pairs | songs: floor, pairs, ceiling | floor | mean | ceiling | room | class | song share | mapper share";
    table(head, tables)
}

fn share_row(name: &str, pairs: &str, found: Placement) -> Vec<String> {
    let Placement { n_songs, class, means, room, song_share, mapper_share } = found;
    let mean = |value: Option<f64>| value.map_or(MISSING.to_owned(), number);
    let text = |value: Option<Estimate>| value.map_or(MISSING.to_owned(), estimate);
    vec![
        name.to_owned(),
        pairs.to_owned(),
        format!("{}, {}, {}", n_songs.floor, n_songs.cross, n_songs.ceiling),
        mean(means.map(|means| means.floor)),
        mean(means.map(|means| means.cross)),
        mean(means.map(|means| means.ceiling)),
        text(room),
        class.name().to_owned(),
        text(song_share),
        text(mapper_share),
    ]
}

/// Agreement by the ratio of counts of objects.
fn lines(set: &SetEvidence) -> String {
    let measures = [(EvidenceTableKind::AlignedR, "r aligned"), (EvidenceTableKind::Phi, "phi")];
    let rows = measures.into_iter().flat_map(|(kind, name)| {
        let dimensions = set.tables.iter().filter(move |it| it.kind == kind);
        dimensions.flat_map(|it| &it.dimensions).filter_map(move |found| {
            let line = found.counts_line?;
            Some(vec![
                format!("{name} {}", found.name),
                number(line.mean),
                estimate(line.at_equal_counts),
                estimate(line.at_two_to_one),
            ])
        })
    });
    table("measure | mean of pairs | at equal counts | at 2:1", rows)
}
