//! Figures over songs against `../shared/golden/evidence/pairs.json`: a numpy and scipy program
//! beside it wrote them (`measures.py`, `generate.py`, `cases.py`).
//!
//! The set's figures are computed here from the pairs of that file, so that this test holds
//! whatever is measured of a pair. The program took them from the same pairs with the same nine
//! decimals, so inputs are equal, and what is expected is off by 5e-10 for its own rounding.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;

use carto_agreement::sign_agreement;
use carto_evidence::{
    CountedPair, SetPair, SongValues, benjamini_hochberg, counts_line, evidence_of_set,
    mean_over_songs, placement, sign_flip_p,
};
use carto_random::Normal;
use carto_types::{
    ChannelMatrix, CountsLine, DimensionEvidence, Estimate, EvidenceTableKind, MeanOverSongs,
    MeanTest, PairEvidence, PairGroups, PairKind, Placement, RandomSigns, SetEvidence,
    SignalChannel, Verdict, same_sign_of_three, same_sign_of_two,
};
use serde_json::Value;

/// Twice the rounding of what is expected.
const TOLERANCE: f64 = 1e-9;

fn golden() -> Option<Value> {
    let folder = carto_testkit::folder("golden/evidence")?;
    Some(carto_testkit::json(&folder.join("pairs.json")))
}

/// Compares numbers, and keeps the largest difference of each kind of number.
#[derive(Default)]
struct Comparison {
    n_checked: usize,
    largest: BTreeMap<&'static str, f64>,
}

impl Comparison {
    fn number(&mut self, kind: &'static str, found: Option<f64>, expected: &Value, at: &str) {
        let difference = match (found, expected.as_f64()) {
            (None, None) => 0.0,
            (Some(found), Some(expected)) => (found - expected).abs(),
            _ => panic!("{at}: {found:?}, not {expected}"),
        };
        assert!(difference <= TOLERANCE, "{at}: {found:?}, not {expected}");
        let largest = self.largest.entry(kind).or_default();
        *largest = largest.max(difference);
        self.n_checked += 1;
    }

    fn count(&mut self, found: u32, expected: &Value, at: &str) {
        assert_eq!(Some(u64::from(found)), expected.as_u64(), "{at}");
        self.n_checked += 1;
    }

    fn estimate(&mut self, found: Option<Estimate>, expected: &Value, names: [&str; 4], at: &str) {
        let interval = found.and_then(|found| found.interval);
        let [value, se, low, high] = names.map(|name| &expected[name]);
        self.number("estimate", found.map(|found| found.value), value, at);
        self.number("se", interval.map(|interval| interval.se), se, at);
        self.number("bound", interval.map(|interval| interval.low), low, at);
        self.number("bound", interval.map(|interval| interval.high), high, at);
    }

    /// Means and intervals.
    fn mean(&mut self, found: &MeanOverSongs, expected: &Value, at: &str) {
        self.count(found.n_songs, &expected["songs"], at);
        self.count(found.n_pairs, &expected["pairs"], at);
        if found.n_songs < 2 {
            assert!(found.interval.is_none() && expected["mean"].is_null(), "{at}");
            return;
        }
        self.number("mean", found.mean, &expected["mean"], at);
        self.number("mean", found.pair_mean, &expected["pair_mean"], at);
        for (interval, prefix) in [(found.interval, ""), (found.pair_interval, "pair_")] {
            let interval = interval.unwrap();
            let parts = [("se", interval.se), ("low", interval.low), ("high", interval.high)];
            for (name, value) in parts {
                let expected = &expected[&format!("{prefix}{name}")];
                self.number("bound", Some(value), expected, at);
            }
        }
        let p_value = found.p_value.unwrap();
        assert_eq!(p_value.test, MeanTest::SignFlip, "{at}");
        self.number("p", Some(p_value.p), &expected["sign_flip_p"], at);
    }

    fn line(&mut self, found: Option<CountsLine>, expected: &Value, at: &str) {
        let Some(line) = found else {
            assert!(expected.is_null(), "{at}: no line");
            return;
        };
        self.count(line.n_pairs, &expected["pairs"], at);
        self.count(line.n_songs, &expected["songs"], at);
        self.number("mean", Some(line.mean), &expected["mean"], at);
        self.number("slope", Some(line.slope.value), &expected["slope"], at);
        let se = line.slope.interval.map(|interval| interval.se);
        self.number("slope", se, &expected["slope_se"], at);
        let names = ["r", "se", "low", "high"];
        let places = [("equal", line.at_equal_counts), ("two_to_one", line.at_two_to_one)];
        for (name, estimate) in places {
            self.estimate(Some(estimate), &expected[name], names, at);
        }
    }

    fn placement(&mut self, found: &Placement, expected: &Value, at: &str) {
        let PairGroups { cross, floor, ceiling } = found.n_songs;
        for (idx, n) in [cross, floor, ceiling].into_iter().enumerate() {
            self.count(n, &expected["songs"][idx], at);
        }
        assert_eq!(Some(found.class.name()), expected["class"].as_str(), "{at}");
        let means = found.means.map(|means| [means.cross, means.floor, means.ceiling]);
        for (idx, name) in ["cross", "floor", "ceiling"].into_iter().enumerate() {
            self.number("mean", means.map(|means| means[idx]), &expected[name], at);
        }
        let room = ["room", "room_se", "room_low", "room_high"];
        self.estimate(found.room, expected, room, at);
        let share = ["song_share", "song_share_se", "song_share_low", "song_share_high"];
        self.estimate(found.song_share, expected, share, at);
        let mapper_share = found.mapper_share.map(|share| share.value);
        self.number("estimate", mapper_share, &expected["mapper_share"], at);
    }
}

/// The set of the file's pairs; a song's number is its place among the songs.
fn set_of(golden: &Value) -> SetEvidence {
    let mut songs = BTreeMap::new();
    let read = |pair: &Value| -> (u32, PairKind, PairEvidence) {
        let n = songs.len() as u32;
        let song_idx = *songs.entry(pair["song"].to_string()).or_insert(n);
        let kind = PairKind::ALL.into_iter().find(|kind| pair["kind"] == kind.name()).unwrap();
        let mut pair = pair.clone();
        // The file does not say from what a lag is.
        pair["source"] = "timing points".into();
        (song_idx, kind, serde_json::from_value(pair).unwrap())
    };
    let pairs: Vec<_> = golden["pairs"].as_array().unwrap().iter().map(read).collect();
    let in_set = pairs.iter().map(|(song_idx, kind, evidence)| SetPair {
        song_idx: *song_idx,
        kind: *kind,
        evidence,
    });
    evidence_of_set(&in_set.collect::<Vec<_>>(), true)
}

/// The name of a dimension in the file.
fn golden_name(kind: EvidenceTableKind, name: &str) -> String {
    match kind {
        EvidenceTableKind::BarsF => name.to_lowercase(),
        EvidenceTableKind::Placing => name.to_lowercase().replace(' ', "_"),
        _ => name.to_owned(),
    }
}

fn golden_table(kind: EvidenceTableKind) -> &'static str {
    match kind {
        EvidenceTableKind::PublishedR => "published r, whole, as is",
        EvidenceTableKind::AsIsR => "r, both span, as is",
        EvidenceTableKind::AlignedR => "r, both span, aligned",
        EvidenceTableKind::BarsR => "r on active bars",
        EvidenceTableKind::BarShiftMean => "bar-shift null mean",
        EvidenceTableKind::BarShiftExcess => "excess over bar shift",
        EvidenceTableKind::PermutedBarsExcess => "excess over bars within 8",
        EvidenceTableKind::Phi => "phi",
        EvidenceTableKind::PhiObjectBars => "phi_object_bars",
        EvidenceTableKind::OnsetF => "F, aligned",
        EvidenceTableKind::BarsF => "F50 on bars",
        EvidenceTableKind::Placing => "spatial",
        // There are no goldens of latents.
        other => other.name(),
    }
}

#[test]
fn every_table_of_the_set_agrees() {
    let Some(golden) = golden() else { return };
    let set = set_of(&golden);
    let mut comparison = Comparison::default();
    let mut n_verdicts = 0;
    for table in &set.tables {
        let expected = &golden["set_level"][golden_table(table.kind)];
        assert_eq!(table.dimensions.len(), expected.as_object().unwrap().len());
        for dimension in &table.dimensions {
            let at = format!("{} {}", table.kind.name(), dimension.name);
            let expected = &expected[&golden_name(table.kind, &dimension.name)];
            comparison.mean(&dimension.mean, expected, &at);
            if !expected["q"].is_null() {
                comparison.number("q", dimension.q_value, &expected["q"], &at);
            }
            let verdict = dimension.verdict.map(Verdict::name);
            assert_eq!(verdict, expected["verdict"].as_str(), "{at}");
            n_verdicts += u32::from(verdict.is_some());
        }
    }
    assert_eq!(n_verdicts, 9 + 9 + 5 + 4);
    println!("tables: {} numbers, {:?}", comparison.n_checked, comparison.largest);
    assert!(comparison.n_checked > 500);
}

#[test]
fn lines_over_counts_and_places_between_floor_and_ceiling_agree() {
    let Some(golden) = golden() else { return };
    let set = set_of(&golden);
    let (mut comparison, expected) = (Comparison::default(), &golden["set_level"]);
    let line = |table, name: &str| set.dimension(table, name).unwrap().counts_line;
    for channel in SignalChannel::ALL {
        let found = line(EvidenceTableKind::AlignedR, channel.name());
        let expected = &expected["equal counts"][channel.name()];
        comparison.line(found, expected, channel.name());
    }
    let phi = line(EvidenceTableKind::Phi, "ONSET");
    comparison.line(phi, &expected["equal counts"]["phi"], "phi");

    let tables = [
        (EvidenceTableKind::BarsR, "pearson_bars "),
        (EvidenceTableKind::Phi, "phi "),
        (EvidenceTableKind::Placing, ""),
    ];
    let (cross, guest) = (&expected["placement"]["cross"], &expected["placement"]["guest"]);
    let mut n_placed = [0, 0];
    for table in &set.tables {
        let Some((_, prefix)) = tables.iter().find(|(kind, _)| *kind == table.kind) else {
            assert!(table.dimensions.iter().all(|dimension| dimension.placement.is_none()));
            continue;
        };
        for DimensionEvidence { name, placement, guest_placement, .. } in &table.dimensions {
            let key = format!("{prefix}{}", golden_name(table.kind, name));
            comparison.placement(&placement.unwrap(), &cross[&key], &key);
            n_placed[0] += 1;
            if let Some(placement) = guest_placement {
                comparison.placement(placement, &guest[&key], &key);
                n_placed[1] += 1;
            }
        }
    }
    let n_expected = [cross, guest].map(|block| block.as_object().unwrap().len());
    assert_eq!(n_placed, n_expected);
    println!("lines and places: {} numbers, {:?}", comparison.n_checked, comparison.largest);
}

#[test]
fn a_set_is_written_and_read_and_its_verdicts_are_found() {
    let Some(golden) = golden() else { return };
    let set = set_of(&golden);
    let read: SetEvidence = serde_json::from_value(serde_json::to_value(&set).unwrap()).unwrap();
    assert_eq!(read, set);
    // The verdicts that section 13 of the definitions leads to.
    let verdicts = SignalChannel::ALL.map(|channel| set.judged(channel).unwrap().verdict.unwrap());
    use Verdict::{Agree, NoAgreement, Undetermined};
    let [agree, none] = [Agree, NoAgreement];
    assert_eq!(verdicts, [agree, agree, agree, agree, agree, Undetermined, agree, none, none]);
}

#[test]
fn pairs_in_and_out_are_counted() {
    let Some(golden) = golden() else { return };
    let counts = set_of(&golden).counts;
    // The figures of section 13 of the definitions.
    let cross = counts.cross;
    assert_eq!((cross.n_pairs(), cross.n_aligned, cross.n_too_short), (32, 30, 0));
    assert_eq!((cross.n_other_tempo, cross.n_other_version, cross.n_unknown), (1, 1, 0));
    assert_eq!(counts.guest.n_pairs() + counts.same_mapper.n_pairs(), 120);
}

#[test]
fn signs_under_random_weights_agree() {
    let Some(golden) = golden() else { return };
    let Some(published) = carto_testkit::folder("published") else { return };
    let published = carto_testkit::json(&published.join("synthesis.json"));
    let rows = |table: &Value| -> ChannelMatrix {
        let row = |row: &Value| std::array::from_fn(|channel| row[channel].as_f64().unwrap());
        table.as_array().unwrap().iter().map(row).collect::<Vec<_>>().into()
    };
    let matrix =
        rows(&published["fix1_correlation_comparison"]["correlation_matrix_v2_downsampled"]);
    let coupling = &published["fix2_raw_9x9_coupling"];
    let is_square =
        |value: &&Value| value.as_array().is_some_and(|rows| rows.len() == 9 && rows[0].is_array());
    let coupling = rows(coupling.as_object().unwrap().values().find(is_square).unwrap());
    let signs = RandomSigns::of(&coupling).unwrap();

    let mut comparison = Comparison::default();
    for (n_members, key, p_coin) in [(2, "pairs", "p_coin"), (3, "triples", "p_quarter")] {
        let found = sign_agreement(&matrix, n_members, 0.0);
        let expected = golden["signs"][key].as_array().unwrap();
        assert_eq!(found.len(), expected.len());
        for (row, expected) in found.iter().zip(expected) {
            let at = row.name();
            let names = expected["channels"].as_array().unwrap().iter().filter_map(Value::as_str);
            assert_eq!(at, names.collect::<Vec<_>>().join("+"));
            comparison.count(row.same_count, &expected["same"], &at);
            comparison.number("p", Some(row.p_value), &expected[p_coin], &at);
            let random = signs.expected(row).unwrap();
            assert_eq!((random.same_count, random.valid_rows), (row.same_count, 32));
            let expected_count = &expected["expected"];
            comparison.number("expected", Some(random.expected), expected_count, &at);
            let p = &expected["p_random_weights"];
            comparison.number("p", Some(random.p_random_weights), p, &at);
            if let [a, b] = row.channels[..] {
                let [a, b] = [a, b].map(|channel| SignalChannel::ALL[channel as usize]);
                comparison.number("R", signs.correlation(a, b), &expected["R"], &at);
            }
        }
    }
    println!("signs: {} numbers, {:?}", comparison.n_checked, comparison.largest);
    assert_eq!(comparison.n_checked, 36 * 5 + 84 * 4);
}

/// Numbers of songs that are named by the first text of each row.
fn song_numbers(rows: &Value) -> Vec<u32> {
    let mut songs = BTreeMap::new();
    let number = |row: &Value| {
        let n = songs.len() as u32;
        *songs.entry(row[0].to_string()).or_insert(n)
    };
    rows.as_array().unwrap().iter().map(number).collect()
}

/// One cell of each row.
fn cells(rows: &Value, place: usize) -> Vec<Option<f64>> {
    rows.as_array().unwrap().iter().map(|row| row[place].as_f64()).collect()
}

#[test]
fn the_small_cases_of_means_and_tests_agree() {
    let Some(golden) = golden() else { return };
    let (cases, mut comparison) = (&golden["cases"], Comparison::default());
    let intervals = &cases["intervals"];
    let songs = song_numbers(&intervals["values"]);
    let values = SongValues::of(songs.into_iter().zip(cells(&intervals["values"], 1)));
    comparison.mean(&mean_over_songs(&values), &intervals["value"], "intervals");

    for case in cases["sign_flip"].as_array().unwrap() {
        let x: Vec<f64> = case["x"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
        comparison.number("p", sign_flip_p(&x), &case["p"], "sign flip");
    }
    let corrected = &cases["benjamini_hochberg"];
    let p: Vec<_> = corrected["p"].as_array().unwrap().iter().map(Value::as_f64).collect();
    let q = corrected["q"].as_array().unwrap();
    assert_eq!(p.len(), q.len());
    for (found, expected) in benjamini_hochberg(&p).into_iter().zip(q) {
        comparison.number("q", found, expected, "Benjamini-Hochberg");
    }
    println!("means and tests: {} numbers, {:?}", comparison.n_checked, comparison.largest);
    assert_eq!(comparison.n_checked, 11 + 4 + 6);
}

#[test]
fn the_small_cases_of_places_and_lines_agree() {
    let Some(golden) = golden() else { return };
    let (cases, mut comparison) = (&golden["cases"], Comparison::default());
    for case in cases["placement"].as_array().unwrap() {
        // Songs are named alike in the three groups: s0 to s11.
        let group = |name: &str| {
            let songs = case[name].as_array().unwrap().iter();
            let songs = songs.map(|row| row[0].as_str().unwrap()[1..].parse::<u32>().unwrap());
            SongValues::of(songs.zip(cells(&case[name], 1)))
        };
        let groups =
            PairGroups { cross: group("cross"), floor: group("floor"), ceiling: group("ceiling") };
        comparison.placement(&placement(&groups), &case["value"], "placement");
    }
    let equal_counts = &cases["equal_counts"];
    let rows = &equal_counts["values"];
    let counted: Vec<_> = song_numbers(rows)
        .into_iter()
        .zip(cells(rows, 1).into_iter().zip(cells(rows, 2)))
        .map(|(song_idx, (log_ratio, value))| CountedPair { song_idx, log_ratio, value })
        .collect();
    let line = counts_line(&counted);
    comparison.line(line, &equal_counts["value"], "equal counts");
    println!("places and lines: {} numbers, {:?}", comparison.n_checked, comparison.largest);
    assert_eq!(comparison.n_checked, 3 * (3 + 3 + 4 + 4 + 1) + 5 + 8);
}

#[test]
fn the_small_cases_of_signs_agree() {
    let Some(golden) = golden() else { return };
    let (cases, mut comparison) = (&golden["cases"]["signs"], Comparison::default());
    for case in cases["pair"].as_array().unwrap() {
        let found = same_sign_of_two(case["R"].as_f64().unwrap());
        comparison.number("chance", Some(found), &case["value"], "two signs");
    }
    for case in cases["triple"].as_array().unwrap() {
        let found = same_sign_of_three(std::array::from_fn(|idx| case["R"][idx].as_f64().unwrap()));
        comparison.number("chance", Some(found), &case["value"], "three signs");
    }
    // Two channels there, of nine here: the others have nothing in common with them.
    let row = |i: usize| {
        std::array::from_fn(|j| match (i, j) {
            (0..2, 0..2) => cases["coupling"][i][j].as_f64().unwrap(),
            _ => f64::from(u8::from(i == j)),
        })
    };
    let signs = RandomSigns::of(&ChannelMatrix::from((0..9).map(row).collect::<Vec<_>>())).unwrap();
    let r = signs.correlation(SignalChannel::Onset, SignalChannel::Combo);
    comparison.number("R", r, &cases["R"][0][1], "R");
    assert_eq!(comparison.n_checked, 5 + 3 + 1);
}

/// Latents that are drawn: the formula against counting.
#[test]
fn random_latents_have_the_signs_that_are_expected() {
    const N: usize = SignalChannel::COUNT;
    let row = |i: usize| {
        std::array::from_fn(|j| match (i, j) {
            _ if i == j => 1.0,
            (0, 1) | (1, 0) => 0.6,
            _ => 0.0,
        })
    };
    let coupling = ChannelMatrix::from((0..N).map(row).collect::<Vec<_>>());
    let signs = RandomSigns::of(&coupling).unwrap();
    let (mut normal, n) = (Normal::new(5), 40_000);
    let mut n_same = 0;
    for _ in 0..n {
        let weights: [f64; N] = std::array::from_fn(|_| normal.next());
        let r = |channel: usize| -> f64 {
            coupling.rows()[channel].iter().zip(weights).map(|(s, w)| s * w).sum()
        };
        n_same += u32::from((r(0) > 0.0) == (r(1) > 0.0));
    }
    let r = signs.correlation(SignalChannel::Onset, SignalChannel::Combo).unwrap();
    let found = f64::from(n_same) / f64::from(n);
    // Five standard errors of a share.
    assert!((found - same_sign_of_two(r)).abs() < 5.0 * 0.5 / f64::from(n).sqrt(), "{found}");
}
