//! Milliseconds that the evidence of all pairs of a run takes together, by the number of songs.
//!
//! The page asks for it while songs are still compared. The test of a mean over songs counts all
//! signs up to 40 songs, which is where it takes longest. Run by `cargo xtask bench`.
#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::time::Instant;

use carto_evidence::{SetPair, evidence_of_set};
use carto_types::{
    AlignmentClass, BarAgreement, BarFMeasure, BarPearson, ByChannel, ByEventChannel, PairEvidence,
    PairKind, PhiAgreement, SpanAgreement,
};

/// Songs and pairs: few, the most of which all signs are counted, one more, and the study's.
const RUNS: [(u32, u32); 5] = [(10, 16), (30, 47), (40, 63), (41, 65), (292, 460)];

const ROUNDS: usize = 3;

fn main() {
    for (n_songs, n_pairs) in RUNS {
        let evidence: Vec<PairEvidence> = (0..n_pairs).map(pair).collect();
        let pairs: Vec<SetPair<'_>> = (0..)
            .zip(&evidence)
            .map(|(idx, evidence)| {
                let kind = PairKind::ALL[(idx / n_songs) as usize % 3];
                SetPair { song_idx: idx % n_songs, kind, evidence }
            })
            .collect();
        let mut least_ms = f64::INFINITY;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            black_box(evidence_of_set(&pairs, true));
            least_ms = least_ms.min(start.elapsed().as_secs_f64() * 1000.0);
        }
        println!("{n_pairs} pairs of {n_songs} songs: {least_ms:.0} ms");
    }
}

/// An invented pair with a value everywhere.
fn pair(idx: u32) -> PairEvidence {
    let value = |place: u32| f64::from((idx * 37 + place * 11) % 101) / 101.0 - 0.2;
    let r = |first: u32| ByChannel::from_fn(|channel| Some(value(first + channel as u32)));
    let span = |first: u32| SpanAgreement {
        log_ratio: Some(value(first).abs()),
        r: r(first),
        f25: value(first),
        f50: value(first + 1),
        f70: value(first + 2),
        spacing: Some(value(first + 3)),
        spacing_given_gap: Some(value(first + 4)),
        turn: Some(value(first + 5)),
        ..SpanAgreement::default()
    };
    let phi = |first: u32| {
        ByEventChannel::from_fn(|channel| {
            let r = value(first + channel as u32);
            Some(PhiAgreement { r, null_mean: Some(value(first)), ..PhiAgreement::default() })
        })
    };
    let bars = |first: u32| {
        ByChannel::from_fn(|channel| {
            let r = value(first + channel as u32);
            let (null_mean, within8_excess) = (value(first), value(first + 1));
            Some(BarPearson { r, null_mean, within8_excess, ..BarPearson::default() })
        })
    };
    PairEvidence {
        class: AlignmentClass::Aligned,
        r_published: r(1),
        as_is: Some(span(2)),
        aligned: Some(span(3)),
        on_bars: Some(BarAgreement {
            pearson_bars: bars(4),
            phi: phi(5),
            phi_object_bars: phi(6),
            f50_bars: Some(BarFMeasure { f: value(7), chance: value(8), excess: value(9) }),
            ..BarAgreement::default()
        }),
        ..PairEvidence::default()
    }
}
