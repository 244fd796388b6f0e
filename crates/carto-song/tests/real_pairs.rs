//! Real pairs over time: against the evidence of pairs, and against the definitions written out.
//!
//! `../shared/golden/evidence/pairs.json` says which maps of `../shared/corpus` are pairs of a song.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests may fail loudly"
)]

use std::path::Path;
use std::time::Instant;

use carto_beatmap::limits::Limits;
use carto_beatmap::osu;
use carto_evidence::{Alignment, Bars, compare_pair};
use carto_song::{SongMap, SongPair, pair_lag};
use carto_types::{AlignmentClass, SectionKind, SignalChannel, SongBar, SongOverTime};

fn read(folder: &Path, sha1: &str) -> Option<SongMap> {
    let bytes = std::fs::read(folder.join(format!("{sha1}.osu"))).unwrap();
    SongMap::new(osu::read(&bytes, &Limits::default()).ok()?).ok()
}

/// The pairs of the goldens that have enough in common.
fn pairs(every: usize) -> Vec<(String, SongPair)> {
    let Some(folder) = carto_testkit::folder("golden/evidence") else { return Vec::new() };
    let Some(corpus) = carto_testkit::folder("corpus/osu") else { return Vec::new() };
    let json = carto_testkit::json(&folder.join("pairs.json"));
    let pairs = json["pairs"].as_array().unwrap().iter().step_by(every).filter_map(|pair| {
        let [a, b] = ["a", "b"].map(|side| pair[side].as_str().unwrap());
        let (map_a, map_b) = (read(&corpus, a)?, read(&corpus, b)?);
        let lag = pair_lag(&map_a, &map_b, false, None);
        Some((format!("{a} {b}"), SongPair::new(map_a, map_b, lag).ok()?))
    });
    let pairs: Vec<_> = pairs.collect();
    assert!(!pairs.is_empty(), "no pair was read");
    pairs
}

#[test]
fn the_whole_song_agrees_as_the_pair_does() {
    for (name, pair) in pairs(3) {
        let (a, b) = (pair.a().evidence(), pair.b().evidence());
        let evidence = compare_pair(a, b, &Alignment::of_timing_points(a, b), &[]);
        let aligned = evidence.aligned.unwrap();
        let song = pair.over_time().song;
        assert_eq!(song.r, aligned.r, "{name}");
        assert_eq!([song.from_ms, song.to_ms], aligned.span_ms, "{name}");
        let n_frames = aligned.frames[1] + 1 - aligned.frames[0];
        assert_eq!(u64::from(song.n_frames), n_frames, "{name}");
    }
}

#[test]
fn bars_and_sections_have_no_gaps_and_windows_are_stretches() {
    for (name, pair) in pairs(3) {
        let over_time = pair.over_time();
        let SongOverTime { bars, sections, windows, moments, whole_ms, .. } = &over_time;
        for (bar, next) in bars.iter().zip(&bars[1.min(bars.len())..]) {
            assert_eq!((bar.end_ms, bar.number + 1), (next.start_ms, next.number), "{name}");
        }
        if let (Some(first), Some(last)) = (bars.first(), bars.last()) {
            assert!(first.start_ms <= whole_ms[0] && last.end_ms >= whole_ms[1], "{name}");
        }
        let ends_ms: Vec<_> = sections.iter().map(|section| section.to_ms).collect();
        let starts_ms: Vec<_> = sections.iter().map(|section| section.from_ms).collect();
        assert_eq!(starts_ms[1..], ends_ms[..ends_ms.len() - 1], "{name}");
        assert_eq!([starts_ms[0], ends_ms[ends_ms.len() - 1]], *whole_ms, "{name}");
        for window in windows {
            let agreement = window.agreement;
            let again = pair.agreement(agreement.from_ms, agreement.to_ms);
            assert_eq!((again.r, again.n_frames), (agreement.r, agreement.n_frames), "{name}");
        }
        assert!(moments.len() <= 6, "{name}");
        for moment in moments {
            let zoomed = pair.agreement(moment.from_ms, moment.to_ms).mean;
            assert_eq!(zoomed, Some(moment.mean), "{name}");
            assert!((1..=2).contains(&moment.channels.len()), "{name}");
        }
    }
}

#[test]
fn a_reach_is_that_of_its_definition() {
    let (mut n_checked, mut largest_difference) = (0, 0.0_f64);
    for (name, pair) in pairs(12) {
        let over_time = pair.over_time();
        let Some(place) = over_time.windows.iter().position(|window| window.reach.is_some()) else {
            continue;
        };
        let window = &over_time.windows[place];
        let meter = pair.a().evidence().tempo().unwrap().meter;
        let inside = |bar: &&SongBar| {
            let whole_ms = f64::from(meter) * bar.beat_ms;
            bar.start_ms >= over_time.span_ms[0] - 5.0
                && bar.end_ms <= over_time.span_ms[1] + 5.0
                && bar.meter == meter
                && (bar.end_ms - bar.start_ms - whole_ms).abs() <= 5.0
        };
        let bars: Vec<&SongBar> = over_time.bars.iter().filter(inside).collect();
        let sampled = |four: &[&SongBar], map: &SongMap, lag_ms: f64| {
            let bars: Vec<_> = four.iter().map(|bar| (bar.start_ms, bar.beat_ms)).collect();
            let main_ms = pair.a().evidence().tempo().unwrap().beat_ms;
            let times = Bars::new(&bars, meter, main_ms).sample_times_ms();
            let times: Vec<f64> = times.iter().map(|time_ms| time_ms - lag_ms).collect();
            map.evidence().signal().sample(&times)
        };
        let is_row = |four: &[&SongBar]| four[3].number - four[0].number == 3;
        let n_of_song = over_time.song.r.iter().filter(|(_, r)| r.is_some()).count();
        let lag_ms = pair.lag().lag_ms;
        let ours = bars.windows(4).find(|four| four[0].number == window.first_bar).unwrap();
        let a = sampled(ours, pair.a(), 0.0);
        let mean_with = |four: &[&SongBar]| {
            let b = sampled(four, pair.b(), lag_ms);
            let n = a.len() / 9;
            let r = SignalChannel::ALL.map(|channel| {
                let of = |values: &[f64]| values[channel as usize * n..][..n].to_vec();
                pearson(&of(&a), &of(&b))
            });
            let r: Vec<f64> = r.into_iter().flatten().collect();
            (r.len() * 2 > n_of_song).then(|| r.iter().sum::<f64>() / r.len() as f64)
        };
        let has_object = |four: &[&SongBar]| {
            let onsets = pair.b().evidence().distinct_onsets_ms();
            let inside = four[0].start_ms..four[3].end_ms;
            onsets.iter().any(|onset_ms| inside.contains(&(onset_ms + lag_ms)))
        };
        let others = bars
            .windows(4)
            .filter(|four| is_row(four) && four[0].number != window.first_bar && has_object(four));
        let mut means: Vec<f64> = others.filter_map(mean_with).collect();
        means.sort_by(f64::total_cmp);
        let reach = window.reach.unwrap();
        assert_eq!(reach.n_shifts as usize, means.len(), "{name}");
        for (share, found) in [(0.05, reach.low), (0.95, reach.high)] {
            let at = share * (means.len() - 1) as f64;
            let (below, above) = (means[at.floor() as usize], means[at.ceil() as usize]);
            let expected = below + (above - below) * at.fract();
            assert!((found - expected).abs() < 1e-9, "{name}: {found} for {expected}");
        }
        let on_frames = window.agreement.mean.unwrap();
        largest_difference = largest_difference.max((mean_with(ours).unwrap() - on_frames).abs());
        n_checked += 1;
    }
    println!("{n_checked} windows; on frames and in equal steps within {largest_difference:.4}");
    assert!(largest_difference < 0.02, "{largest_difference}");
}

/// Pearson's r by its definition; `None` where a side is constant.
fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        ab += (a - mean_a) * (b - mean_b);
        aa += (a - mean_a) * (a - mean_a);
        bb += (b - mean_b) * (b - mean_b);
    }
    (aa > 1e-9 && bb > 1e-9).then(|| ab / (aa * bb).sqrt())
}

#[test]
fn strips_are_the_channels_of_the_span() {
    for (name, pair) in pairs(40) {
        let strips = pair.strips();
        let song = pair.over_time().song;
        assert_eq!(strips.n_frames, song.n_frames, "{name}");
        let times_ms: Vec<f64> = (0..strips.n_frames).map(|idx| strips.time_ms(idx)).collect();
        assert!(times_ms[0] >= song.from_ms && times_ms[times_ms.len() - 1] <= song.to_ms);
        let moved: Vec<f64> = times_ms.iter().map(|it| it - pair.lag().lag_ms).collect();
        for (map_idx, (map, times_ms)) in
            [(pair.a(), &times_ms), (pair.b(), &moved)].iter().enumerate()
        {
            let expected = map.evidence().signal().sample(times_ms);
            let rows = expected.chunks(times_ms.len());
            for (channel, row) in SignalChannel::ALL.into_iter().zip(rows) {
                let actual = strips.channel(map_idx, channel);
                assert_eq!(actual.len(), row.len());
                let is_same = |(a, b): (&f32, &f64)| (f64::from(*a) - b).abs() < 1e-6;
                assert!(actual.iter().zip(row).all(is_same), "{name} {}", channel.name());
            }
        }
    }
}

/// What the corpus looks like, for whoever chooses constants; says nothing wrong.
#[test]
fn the_corpus_has_sections_reaches_and_moments() {
    let (mut n_windows, mut n_above, mut n_below, mut n_reached) = (0, 0, 0, 0);
    let (mut width, mut longest_ms, mut n_kiai, mut n_aligned) = (0.0, 0.0_f64, 0, 0);
    for (_, pair) in pairs(2) {
        let start = Instant::now();
        let over_time = pair.over_time();
        longest_ms = longest_ms.max(start.elapsed().as_secs_f64() * 1000.0);
        n_aligned += usize::from(over_time.lag.class == AlignmentClass::Aligned);
        n_kiai += over_time.sections.iter().filter(|it| it.kind == SectionKind::Kiai).count();
        n_windows += over_time.windows.len();
        for window in &over_time.windows {
            let (Some(mean), Some(reach)) = (window.agreement.mean, window.reach) else { continue };
            n_reached += 1;
            n_above += usize::from(mean > reach.high);
            n_below += usize::from(mean < reach.low);
            width += reach.high - reach.low;
        }
    }
    println!(
        "{n_windows} windows, {n_reached} with a reach of width {:.2} on average, {n_above} above \
         it, {n_below} below; {n_kiai} kiai sections, {n_aligned} aligned; longest {longest_ms:.0} ms",
        width / n_reached as f64
    );
    if n_windows > 0 {
        assert!(n_kiai > 0 && n_above * 4 > n_reached, "shifts say something at this length");
    }
}
