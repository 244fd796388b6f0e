use carto_types::{AgreementClass, ChannelMatrix, SignRow};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use proptest::prelude::*;

use super::*;
use crate::fixtures;
use crate::{read_result, write_result};

/// A link with a right checksum around any bytes.
fn forged(bytes: &[u8]) -> String {
    let mut bytes = bytes.to_vec();
    bytes.extend(crc32(&bytes).to_le_bytes());
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&bytes))
}

fn signs(rows: &[SignRow]) -> Vec<(Vec<u32>, u32, u32)> {
    rows.iter().map(|row| (row.channels.clone(), row.same_count, row.valid_rows)).collect()
}

fn classes(result: &RunResult) -> Vec<AgreementClass> {
    result.track_b.iter().flat_map(|track| &track.dims).map(|latent| latent.class).collect()
}

#[test]
fn signs_classes_and_ranking_are_those_of_the_whole_result() {
    for seed in 0..30 {
        let result = fixtures::result(seed);
        let read = read_link(&make_link(&result, false).unwrap().fragment).unwrap();
        assert_eq!(classes(&read), classes(&result));
        let (ours, theirs) = (read.track_b.unwrap(), result.track_b.unwrap());
        assert_eq!(ours.ranking, theirs.ranking);
        assert!(ours.ranking.is_sorted_by_key(|&dim| -ours.dims[dim as usize].pearson_mean));
        let (ours, theirs) = (read.synthesis.unwrap(), result.synthesis.unwrap());
        assert_eq!(signs(&ours.pairs), signs(&theirs.pairs));
        assert_eq!(signs(&ours.pairs_thresholded), signs(&theirs.pairs_thresholded));
        assert_eq!(signs(&ours.triples), signs(&theirs.triples));
        assert_eq!(signs(&ours.triples_thresholded), signs(&theirs.triples_thresholded));
        assert_eq!(read.held_out.unwrap().ranking, result.held_out.unwrap().ranking);
    }
}

#[test]
fn figures_move_by_half_a_step_and_facts_not_at_all() {
    let result = fixtures::result(11);
    let read = read_link(&make_link(&result, false).unwrap().fragment).unwrap();
    let step = read.parameters.step.unwrap();
    assert_eq!((&read.name, &read.origin), (&result.name, &result.origin));
    assert_eq!(read.counts, result.counts);
    assert_eq!(read.parameters.encoder, result.parameters.encoder);
    assert_eq!(read.parameters.backend, result.parameters.backend);
    let figures = |result: &RunResult| {
        let (a, b) = (result.track_a.clone().unwrap(), result.track_b.clone().unwrap());
        let (c, d) = (result.synthesis.clone().unwrap(), result.held_out.clone().unwrap());
        let channels = a.channels.iter().flat_map(|channel| {
            let r = [channel.pearson_mean, channel.pearson_std];
            let cosine = [channel.cosine_mean, channel.cosine_std];
            [r, cosine, [channel.mad_mean, channel.mad_std]].concat()
        });
        let latents = b.dims.iter().flat_map(|latent| {
            let r = [latent.pearson_mean, latent.pearson_std];
            [r, [latent.cosine_mean, latent.cosine_std]].concat()
        });
        let held_out = d.dims.iter().flat_map(|latent| [latent.pearson_mean, latent.pearson_std]);
        let tables = channels.chain(latents).chain(held_out).collect::<Vec<_>>();
        let cosines = [a.cosine_mean, b.cosine_mean, d.cosine_mean];
        let spreads = [a.cosine_std, b.cosine_std, d.cosine_std];
        let matrices = [&c.downsampled, &c.upsampled, &c.between_channels];
        let cells = matrices.map(ChannelMatrix::cells).concat();
        [tables, cosines.to_vec(), spreads.to_vec(), cells].concat()
    };
    let (ours, theirs) = (figures(&read), figures(&result));
    assert_eq!((ours.len(), theirs.len()), (909, 909));
    for (a, b) in ours.iter().zip(&theirs) {
        assert!((a - b).abs() <= step / 2.0 + 1e-12, "{a} {b}");
    }
    let (ours, theirs) = (read.track_b.unwrap(), result.track_b.unwrap());
    for (a, b) in ours.dims.iter().zip(&theirs.dims) {
        let (a, b) = (a.between_var_mean, b.between_var_mean);
        assert!((a - b).abs() <= b / 500.0, "{a} {b}");
        assert_eq!(ours.pairs_compared, theirs.pairs_compared);
    }
}

#[test]
fn the_wildest_figures_fit_and_a_link_of_a_link_is_the_same() {
    for seed in 0..30 {
        let link = make_link(&fixtures::result(seed), false).unwrap().fragment;
        assert!(link.len() <= MAX_CHARS, "{}", link.len());
        let read = read_link(&link).unwrap();
        assert_eq!(make_link(&read, false).unwrap().fragment, link);
        assert_eq!(read_result(&write_result(&read)), Ok(read), "a link can be saved");
    }
}

#[test]
fn parts_of_a_result_can_be_missing() {
    let mut result = fixtures::result(12);
    result.parameters.encoder = None;
    result.parameters.backend = Some(carto_types::Backend::Gpu {
        adapter: "the card of a person".to_owned(),
        is_software: true,
    });
    result.held_out = None;
    let synthesis = result.synthesis.as_mut().unwrap();
    synthesis.upsampled = ChannelMatrix::default();
    synthesis.between_channels = ChannelMatrix::default();
    synthesis.mean_abs_upsampled = 0.0;
    let read = read_link(&make_link(&result, false).unwrap().fragment).unwrap();
    let synthesis = read.synthesis.unwrap();
    let matrices = [&synthesis.upsampled, &synthesis.between_channels, &synthesis.downsampled];
    assert_eq!(matrices.map(ChannelMatrix::n_rows), [0, 0, 32]);
    assert!(!format!("{:?}", read.parameters).contains("card"), "no device is named");
    assert_eq!(read.held_out, None);

    (result.track_a, result.track_b, result.synthesis) = (None, None, None);
    let link = make_link(&result, false).unwrap().fragment;
    assert!(link.len() < 150, "{link}");
    assert_eq!(read_link(&link).unwrap().track_b, None);
}

#[test]
fn names_go_along_only_when_asked_for() {
    // All parts of random figures, which nothing packs, leave no room for names.
    let result = RunResult { synthesis: None, held_out: None, ..fixtures::result(13) };
    let without = read_link(&make_link(&result, false).unwrap().fragment).unwrap();
    assert_eq!(without.songs, []);
    let link = make_link(&result, true).unwrap().fragment;
    let with = read_link(&link).unwrap();
    assert_eq!(with.track_b, without.track_b);
    let songs = with.songs.iter().zip(&result.songs);
    assert_eq!(with.songs.len(), 2);
    for (ours, theirs) in songs {
        assert_eq!((&ours.title, &ours.artist), (&theirs.title, &theirs.artist));
        let mappers: Vec<_> = ours.maps.iter().map(|map| &*map.creator).collect();
        assert_eq!(mappers, ["@first", "second", "third"]);
        assert_eq!(ours.pairs, []);
    }
    assert_eq!(make_link(&with, true).unwrap().fragment, link);
}

#[test]
fn names_that_do_not_fit_are_left_out_and_counted() {
    let mut result = fixtures::result(18);
    let names = |idx: usize| format!("{:016x}", fixtures::Chance::new(idx as u64).unit().to_bits());
    for n_songs in [0, 1, 30, 10_000] {
        let song =
            |idx: usize| ResultSong { title: names(idx), ..fixtures::result(18).songs[0].clone() };
        result.songs = (0..n_songs).map(song).collect();
        let link = make_link(&result, true).unwrap();
        assert!(link.fragment.len() <= MAX_CHARS, "{n_songs} songs: {}", link.fragment.len());
        assert_eq!((link.n_named + link.n_left_out) as usize, n_songs);
        let read = read_link(&link.fragment).unwrap();
        let titles = |songs: &[ResultSong]| -> Vec<_> {
            songs.iter().map(|song| song.title.clone()).collect()
        };
        assert_eq!(titles(&read.songs), titles(&result.songs[..link.n_named as usize]));
        assert_eq!(make_link(&read, true).unwrap().fragment, link.fragment);
    }
    // Without latents there is room for more.
    (result.track_b, result.synthesis, result.held_out) = (None, None, None);
    assert!(make_link(&result, true).unwrap().n_named > 30);
}

#[test]
fn long_texts_are_cut_and_own_thresholds_refused() {
    let mut result = fixtures::result(14);
    result.name = "ü".repeat(60);
    let read = read_link(&make_link(&result, false).unwrap().fragment).unwrap();
    assert_eq!(read.name, format!("{}…", "ü".repeat(28)));
    result.synthesis.as_mut().unwrap().sign_threshold = 0.1;
    let error = make_link(&result, false).unwrap_err();
    assert!(error.to_string().contains("threshold of its own"), "{error}");
}

#[test]
fn what_is_no_link_of_ours_is_told_apart() {
    let link = make_link(&fixtures::result(15), false).unwrap().fragment;
    let shorter = &link[..link.len() - 8];
    for (fragment, error) in [
        ("", ResultError::NoLink),
        ("part-b", ResultError::NoLink),
        ("r0=AAAA", ResultError::NoLink),
        ("rx=AAAA", ResultError::NoLink),
        ("r2=AAAA", ResultError::NewerLink),
        ("r17=", ResultError::NewerLink),
        ("r1=", ResultError::CutLink),
        ("r1=AAAA", ResultError::CutLink),
        ("r1=!", ResultError::CutLink),
        (shorter, ResultError::CutLink),
    ] {
        assert_eq!(read_link(fragment), Err(error), "{fragment}");
    }
    assert_eq!(
        ResultError::CutLink.to_string(),
        "This link is cut off, so its results cannot be read. Ask for it again, or open the \
         result file instead."
    );
    assert!(read_link(&format!(" {link}\n")).is_ok(), "blanks around it do not matter");
}

#[test]
fn any_other_letter_and_any_cut_is_refused() {
    let link = make_link(&fixtures::result(16), true).unwrap().fragment;
    for place in 0..link.len() {
        for letter in *b"AZaz09-_r=+ " {
            let mut bytes = link.clone().into_bytes();
            if bytes[place] != letter {
                bytes[place] = letter;
                assert!(read_link(&String::from_utf8(bytes).unwrap()).is_err(), "{place}");
            }
        }
        assert!(read_link(&link[..place]).is_err(), "{place}");
    }
}

#[test]
fn names_that_swell_are_refused_before_they_are_read() {
    let mut bytes = layout::write(&fixtures::result(17), Steps::COARSE, true).unwrap();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![b' '; 200 << 20]).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 300_000);
    bytes.extend(bomb);
    assert_eq!(read_link(&forged(&bytes)), Err(ResultError::BadLink));
}

proptest! {
    #[test]
    fn forged_bits_end_in_a_result_that_holds_or_in_a_refusal(
        bytes in prop::collection::vec(any::<u8>(), 0..1500),
        n_kept in 0_usize..1400,
    ) {
        // The beginning of a right link, so that the end of the layout is reached too.
        let whole = layout::write(&fixtures::result(18), Steps::FINE, false).unwrap();
        let kept = &whole[..n_kept.min(whole.len())];
        for bytes in [bytes.clone(), [kept, &bytes].concat()] {
            match read_link(&forged(&bytes)) {
                Ok(result) => prop_assert_eq!(check(&result), Ok(())),
                Err(error) => prop_assert_eq!(error, ResultError::BadLink),
            }
        }
    }

    #[test]
    fn a_changed_bit_under_a_right_checksum_does_no_harm(place in any::<prop::sample::Index>()) {
        let mut bytes = layout::write(&fixtures::result(19), Steps::FINE, false).unwrap();
        let place = place.index(8 * bytes.len());
        bytes[place / 8] ^= 1 << (place % 8);
        if let Ok(result) = read_link(&forged(&bytes)) {
            prop_assert_eq!(check(&result), Ok(()));
        }
    }

    #[test]
    fn any_text_ends_in_a_refusal(text in "(r1=)?[A-Za-z0-9_=%-]{0,200}") {
        prop_assert!(read_link(&text).is_err());
    }
}

#[test]
fn the_first_link_is_read_forever() {
    let link = include_str!("../../tests/fixtures/link_v1.txt");
    let saved = include_str!("../../tests/fixtures/link_v1.json");
    let result = read_link(link).unwrap();
    assert_eq!(write_result(&result), saved, "never change these two files");
}

#[test]
fn the_checksum_is_that_of_the_standard() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    assert_eq!(crc32(b""), 0);
}

#[test]
fn of_all_texts_only_one_means_the_bytes() {
    assert_eq!(URL_SAFE_NO_PAD.encode([0xfb, 0xff]), "-_8");
    for text in ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm9!", "Zm 9v", "Zm+/"] {
        assert!(URL_SAFE_NO_PAD.decode(text).is_err(), "{text}");
    }
}
