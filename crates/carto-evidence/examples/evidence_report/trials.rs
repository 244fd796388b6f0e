//! The simulation on pairs of a corpus, as tables.
//!
//! Pairs of two sets are simulated first, then guest difficulties of all other songs: those took
//! no part when the margin was chosen.

use std::collections::{HashMap, HashSet};

use carto_evidence::simulation::{
    ChannelSimulation, LagOutcomes, NullRejections, PlantedAgreement, Share, Simulation,
    SimulationPair, SimulationRules, Truth, coverage, simulate,
};
use carto_evidence::{Alignment, EvidenceMap};

use crate::corpus::{self, Map};
use crate::{Block, MISSING, number, table};

/// Sets of these numbers of songs have their intervals counted.
const COVERAGE_SONGS: [u32; 7] = [10, 15, 20, 30, 40, 60, 100];
/// Sets of each number.
const N_COVERAGE_SETS: u32 = 10_000;

pub(crate) fn blocks(maps: &[Map], seed: u64) -> Vec<Block> {
    let rules = SimulationRules { seed, ..SimulationRules::default() };
    let cross = corpus::cross_pairs(maps);
    let songs: HashSet<&str> = cross.iter().map(|pair| pair[0].song.as_str()).collect();
    let mut guests = corpus::guest_pairs(maps);
    guests.retain(|pair| !songs.contains(pair[0].song.as_str()));
    let chosen = simulated(&cross, false, rules);
    let confirmed = simulated(&guests, true, rules);
    vec![
        Block { name: "simulated pairs", text: pairs(seed, &[&chosen, &confirmed]) },
        Block { name: "wrong on the songs that chose the margin", text: truths(&chosen) },
        Block { name: "wrong on other songs", text: truths(&confirmed) },
        Block { name: "nulls that lose the grid", text: nulls(&[&chosen, &confirmed]) },
        Block { name: "power", text: power(&confirmed) },
        Block { name: "planted lags", text: lags(&[&chosen, &confirmed]) },
        Block { name: "coverage", text: intervals(seed) },
    ]
}

/// The simulation of a group, with the number of its pairs.
struct Group {
    name: &'static str,
    n_pairs: usize,
    found: Simulation,
}

fn simulated(pairs: &[[&Map; 2]], is_one_file: bool, rules: SimulationRules) -> Group {
    let opened: Vec<(&str, [EvidenceMap; 2])> =
        pairs.iter().filter_map(|[a, b]| Some((a.song.as_str(), [a.open()?, b.open()?]))).collect();
    let mut numbers = HashMap::new();
    let alignment = |(_, [a, b]): &(&str, [EvidenceMap; 2])| match is_one_file {
        true => Alignment::of_one_file(a, b),
        false => Alignment::of_timing_points(a, b),
    };
    let alignments: Vec<Alignment> = opened.iter().map(alignment).collect();
    let mut pairs = Vec::new();
    for ((song, [a, b]), alignment) in opened.iter().zip(&alignments) {
        let n = numbers.len() as u32;
        let song_idx = *numbers.entry(*song).or_insert(n);
        pairs.push(SimulationPair { song_idx, a, b, alignment });
    }
    let name = if is_one_file { "guest, of other songs" } else { "cross" };
    Group { name, n_pairs: pairs.len(), found: simulate(&pairs, rules) }
}

fn pairs(seed: u64, groups: &[&Group]) -> String {
    let rows = groups.iter().map(|group| {
        let Simulation { n_pairs, n_songs, .. } = group.found;
        vec![
            group.name.to_owned(),
            group.n_pairs.to_string(),
            n_pairs.to_string(),
            n_songs.to_string(),
        ]
    });
    let head = "pairs | all | steady and aligned, with 16 bars or more | their songs";
    format!("Seed {seed}.\n\n{}", table(head, rows))
}

/// How often sets of each truth are called agreeing, by this rule and by the published one.
fn truths(group: &Group) -> String {
    let mut wrong = Vec::new();
    let mut rows = Vec::new();
    for ChannelSimulation { channel, truths, .. } in &group.found.channels {
        for it in truths {
            let is_wrong =
                it.truth != Truth::SamePair && it.sets.agree.value > 0.05 + it.sets.agree.error;
            if is_wrong {
                wrong.push(format!("{} {}", channel.name(), it.truth.label()));
            }
            rows.push(vec![
                channel.name().to_owned(),
                format!("{} {}", it.truth.label(), it.truth.name()),
                it.n_pairs.to_string(),
                number(it.mean),
                share(it.sets.agree),
                share(it.sets.no_agreement),
                number(it.mean_r),
                share(it.perceptual),
            ]);
        }
    }
    let wrong = match wrong.as_slice() {
        [] => "No row of T1 to T4 is called agreeing more often than in 5 % of sets.".to_owned(),
        all => format!("Called agreeing in more than 5 % of sets: {}.", all.join(", ")),
    };
    let head = "channel | truth | pairs | mean | called agreeing | called no agreement | mean r as published | published rule: perceptual";
    format!("{}\n{wrong}", table(head, rows))
}

/// How often a map is called related to one of another song, by three nulls.
fn nulls(groups: &[&Group]) -> String {
    let rows = groups.iter().flat_map(|group| {
        group.found.nulls.iter().map(|it| {
            let NullRejections { channel, n_pairs, mean_r, .. } = *it;
            let shares = [it.whole_bars, it.circular, it.random_phases].map(share);
            let row = [
                group.name.to_owned(),
                channel.name().to_owned(),
                n_pairs.to_string(),
                number(mean_r),
            ];
            row.into_iter().chain(shares).collect::<Vec<_>>()
        })
    });
    let head = "pairs | channel | with maps of other songs | mean r | whole-bar shifts | circular shifts (not a null for the grid) | random phases (not a null for the grid)";
    table(head, rows)
}

/// How often planted agreement is called so, by the number of songs.
fn power(group: &Group) -> String {
    let mut rows = Vec::new();
    let mut n_songs: Vec<u32> = Vec::new();
    for ChannelSimulation { channel, planted, .. } in &group.found.channels {
        for PlantedAgreement { share: planted, n_pairs, mean, expected, power } in planted {
            n_songs = power.iter().map(|power| power.n_songs).collect();
            let mut row = vec![
                channel.name().to_owned(),
                format!("{:.0} %", 100.0 * planted),
                n_pairs.to_string(),
                number(*mean),
                number(*expected),
            ];
            row.extend(power.iter().map(|power| format!("{:.1}", 100.0 * power.agree.value)));
            rows.push(row);
        }
    }
    let songs: Vec<String> = n_songs.iter().map(|n| format!("{n} songs")).collect();
    let head = format!("channel | bars planted | pairs | phi | expected | {}", songs.join(" | "));
    table(&head, rows)
}

fn lags(groups: &[&Group]) -> String {
    let rows = groups.iter().flat_map(|group| {
        let lags = group.found.lags;
        let rows = [
            ("offsets", lags.offsets),
            ("offsets, beats aside", lags.phases),
            ("whole beats", lags.beats),
        ];
        rows.map(|(planted, it)| {
            let LagOutcomes { n_planted, found, n_warned, n_left_out, n_wrong } = it;
            let numbers = [n_warned, n_left_out, n_wrong].map(|n| n.to_string());
            let row =
                [group.name.to_owned(), planted.to_owned(), n_planted.to_string(), share(found)];
            row.into_iter().chain(numbers).collect::<Vec<_>>()
        })
    });
    let head =
        "pairs | planted | lags | found | missed with a warning | left out | missed without a word";
    table(head, rows)
}

fn intervals(seed: u64) -> String {
    let rows = COVERAGE_SONGS.map(|n_songs| {
        let found = coverage(seed + u64::from(n_songs), n_songs, N_COVERAGE_SETS);
        let width = format!("{:.3}", found.mean_width);
        vec![n_songs.to_string(), share(found.by_song), share(found.by_pair), width]
    });
    table("songs | each song counts once | each pair counts once | mean width", rows)
}

/// A share with its Monte Carlo error.
fn share(share: Share) -> String {
    let (value, error) = (100.0 * share.value, 100.0 * share.error);
    if value.is_finite() { format!("{value:.1} ± {error:.1} %") } else { MISSING.to_owned() }
}
