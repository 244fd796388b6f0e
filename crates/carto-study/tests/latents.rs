//! Rules about latents that no golden shows.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::io::{self, Cursor};

use carto_study::{MapSource, compare_latents, signal_of_map, signals_on_bars};
use carto_types::{
    BarPair, Cause, ChannelCorrelations, ChannelMatrix, LatentSong, MapLatents, Mode, PlannedMap,
    PlannedPair, SongPlan, SourceKind,
};

/// A song with one map for each `(creator, file name)`, of which all maps of different
/// creators are compared.
fn song(maps: &[(&str, &str)]) -> SongPlan {
    let mapper =
        |creator: &str| maps.iter().position(|(other, _)| *other == creator).unwrap() as u32;
    let places = 0..maps.len() as u32;
    let pairs = places.clone().flat_map(|a| (a + 1..maps.len() as u32).map(move |b| (a, b)));
    let differ = |&(a, b): &(u32, u32)| maps[a as usize].0 != maps[b as usize].0;
    let pairs =
        pairs.filter(differ).map(|(a, b)| PlannedPair { a, b, is_by_one_mapper: false }).collect();
    let map = |(idx, (creator, file_name)): (u32, &(&str, &str))| PlannedMap {
        archive_idx: idx,
        map_idx: 0,
        label: format!("{idx}.osz [{creator}]"),
        entry_idx: 0,
        audio_idx: None,
        is_bare: true,
        refusal: None,
        creator: (*creator).to_owned(),
        mapper: mapper(creator),
        owner: None,
        star_rating: None,
        version: "Insane".to_owned(),
        file_name: (*file_name).to_owned(),
    };
    SongPlan {
        song_idx: 3,
        title: "tide".to_owned(),
        artist: "artist".to_owned(),
        archives: places.collect(),
        maps: (0..).zip(maps).map(map).collect(),
        pairs,
        evidence: None,
    }
}

/// Two latents of three columns; `seed` tells maps and their correlations apart.
fn latents(map_idx: u32, seed: f32) -> MapLatents {
    let mu = vec![seed, 1.0, 2.0, 0.5, seed, 0.25];
    let correlations = ChannelCorrelations {
        downsampled: vec![[f64::from(seed); 9]; 2].into(),
        upsampled: ChannelMatrix::zeros(2),
        between_channels: ChannelMatrix::zeros(9),
    };
    MapLatents { map_idx, n_frames: 54, n_latents: 3, mu, correlations }
}

fn pairs(song: &LatentSong) -> Vec<(u32, u32)> {
    song.pairs.iter().map(|pair| (pair.a, pair.b)).collect()
}

fn map_idxs(song: &LatentSong) -> Vec<u32> {
    song.maps.iter().map(|map| map.map_idx).collect()
}

#[test]
fn latents_that_are_no_finite_table_are_named_and_left_out() {
    let song = song(&[("ann", "a"), ("bea", "b"), ("cid", "c"), ("dora", "d")]);
    let mut maps: Vec<_> = (0..4).map(|idx| latents(idx, idx as f32)).collect();
    maps[1].mu[4] = f32::NAN;
    maps[2].mu.pop();
    let result = compare_latents(&song, Mode::Published, &maps);
    assert_eq!((map_idxs(&result), pairs(&result)), (vec![0, 3], vec![(0, 3)]));
    let issues: Vec<_> =
        result.issues.iter().map(|issue| (&*issue.subject, issue.cause.clone())).collect();
    let expected =
        [("1.osz [bea]", Cause::LatentNotFinite), ("2.osz [cid]", Cause::LatentMisshapen)];
    assert_eq!(issues, expected);
}

#[test]
fn the_order_in_which_latents_come_does_not_matter() {
    let song = song(&[("ann", "a"), ("bea", "b"), ("ann", "c")]);
    let mut maps: Vec<_> = (0..3).map(|idx| latents(idx, idx as f32)).collect();
    let forwards = compare_latents(&song, Mode::Published, &maps);
    maps.reverse();
    assert_eq!(compare_latents(&song, Mode::Published, &maps), forwards);
    assert_eq!(pairs(&forwards), [(0, 1), (1, 2)], "no pair of one creator");
    // The first latent's means: ann's (0+1+2)/3 and (2+1+2)/3, bea's 4/3.
    let between = forwards.between_var.unwrap()[0];
    assert!((between - 0.0).abs() < 1e-12, "{between}");
}

#[test]
fn of_two_maps_with_one_file_name_the_later_stands_for_both() {
    let song = song(&[("ann", "0_J.npy"), ("bea", "b.npy"), ("cid", "0_J.npy")]);
    let maps: Vec<_> = (0..3).map(|idx| latents(idx, idx as f32)).collect();
    let first_r = |song: &LatentSong| -> Vec<f64> {
        song.maps.iter().map(|map| map.correlations.downsampled.cells()[0]).collect()
    };
    let published = compare_latents(&song, Mode::Published, &maps);
    assert_eq!((pairs(&published), first_r(&published)), (vec![(2, 1)], vec![2.0, 1.0, 2.0]));
    let as_osu = compare_latents(&song, Mode::Osu, &maps);
    assert_eq!(pairs(&as_osu), [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(first_r(&as_osu), [0.0, 1.0, 2.0]);
}

#[test]
fn a_single_column_is_correlated_but_not_compared() {
    let song = song(&[("ann", "a"), ("bea", "b")]);
    let maps: Vec<_> = (0..2)
        .map(|map_idx| MapLatents { n_latents: 1, mu: vec![0.5, 1.5], ..latents(map_idx, 1.0) })
        .collect();
    let result = compare_latents(&song, Mode::Published, &maps);
    assert_eq!((result.maps.len(), result.pairs.len(), result.between_var), (2, 0, None));
}

#[test]
fn a_map_whose_file_is_gone_is_refused_with_the_way_out() {
    let song = song(&[("ann", "a")]);
    let mut gone = |_| {
        let file = Err::<Cursor<Vec<u8>>, _>(io::Error::from(io::ErrorKind::NotFound));
        MapSource::of_file(SourceKind::BareMap, file)
    };
    let refusal = signal_of_map(&song, 0, Mode::Published, 100, &mut gone).unwrap_err();
    assert_eq!(refusal.cause, Cause::UnreadableArchive);
    assert!(refusal.message.contains("drop it once more"), "{}", refusal.message);
    let refusal = signal_of_map(&song, 7, Mode::Published, 100, &mut gone).unwrap_err();
    assert_eq!(refusal.cause, Cause::UnknownMap);
    let pair = BarPair { a: 0, b: 7, lag_ms: 0.0 };
    let refusal = signals_on_bars(&song, pair, Mode::Osu, 18, &mut gone).unwrap_err();
    assert_eq!(refusal.cause, Cause::UnreadableArchive);
    let issue = pair.issue(&song, &refusal.message);
    assert_eq!((&*issue.subject, issue.cause), ("0.osz [ann]", Cause::NoLatents));
    assert!(issue.message.contains("bar by bar"), "{}", issue.message);
}
