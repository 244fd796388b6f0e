use super::*;
use crate::state::{Stage, StageState};

const NAMES: [&str; 9] =
    ["ONSET", "COMBO", "SLIDE", "SUSTAIN", "WHISTLE", "FINISH", "CLAP", "X", "Y"];

fn heading(means: [f64; 9], n_pairs: usize) -> String {
    let channels: Vec<_> = NAMES.into_iter().zip(means).collect();
    finding(&channels, n_pairs, false)
}

#[test]
fn bounds_belong_to_the_middle_as_published() {
    assert_eq!(AgreementClass::of(0.3), AgreementClass::Mixed);
    assert_eq!(AgreementClass::of(0.300_001), AgreementClass::Perceptual);
    assert_eq!(AgreementClass::of(0.1), AgreementClass::Mixed);
    assert_eq!(AgreementClass::of(0.099), AgreementClass::Stylistic);
    assert_eq!(AgreementClass::of(-0.9), AgreementClass::Stylistic);
}

#[test]
fn the_finding_names_both_ends() {
    let means = [0.58, 0.44, 0.25, 0.29, 0.22, 0.26, 0.2, 0.01, 0.0];
    assert_eq!(heading(means, 460), "ONSET and COMBO follow the song. X and Y follow the mapper.");
}

#[test]
fn the_strongest_channel_comes_first() {
    let means = [0.31, 0.44, 0.25, 0.29, 0.22, 0.26, 0.35, 0.01, 0.2];
    assert_eq!(heading(means, 9), "COMBO, CLAP and ONSET follow the song. X follows the mapper.");
}

#[test]
fn many_channels_are_counted() {
    let means = [0.9, 0.8, 0.7, 0.7, 0.6, 0.5, 0.4, 0.0, 0.0];
    assert_eq!(
        heading(means, 9),
        "Seven of nine channels follow the song. X and Y follow the mapper."
    );
}

#[test]
fn a_one_sided_result_is_said_as_it_is() {
    assert_eq!(heading([0.5; 9], 9), "All nine channels follow the song.");
    assert_eq!(heading([0.0; 9], 9), "No agreement: all nine channels follow the mapper.");
    assert_eq!(heading([0.2; 9], 9), "Every channel lies between song and mapper.");
    let mut means = [0.2; 9];
    means[8] = 0.05;
    assert_eq!(heading(means, 9), "No channel clearly follows the song. Y follows the mapper.");
    means[8] = 0.5;
    assert_eq!(heading(means, 9), "Y follows the song. None is the mapper’s alone.");
}

#[test]
fn few_pairs_say_little() {
    assert_eq!(heading([0.5; 9], 1), "Too few pairs to say much yet: 1 pair.");
    assert_eq!(heading([0.5; 9], 2), "Too few pairs to say much yet: 2 pairs.");
    assert_eq!(heading([0.5; 9], 0), "Nothing to compare: no song here has maps by two mappers.");
}

#[test]
fn a_finding_in_the_making_says_so() {
    let channels: Vec<_> = NAMES.into_iter().zip([0.5; 9]).collect();
    assert_eq!(finding(&channels, 4, true), "So far: All nine channels follow the song.");
    assert_eq!(finding(&channels, 0, true), "The first pair is not compared yet.");
}

#[test]
fn the_inventory_counts_in_words() {
    assert_eq!(
        inventory(14, 61, Some(6)),
        "14 archives, 61 beatmaps, 6 songs with two mappers or more"
    );
    assert_eq!(inventory(1, 1, Some(0)), "1 archive, 1 beatmap, no song with two mappers");
    assert_eq!(inventory(3, 12, None), "3 archives, 12 beatmaps");
}

#[test]
fn songs_are_compared_by_title() {
    let timing = [("Glasshouse Rain", 0.52), ("Paper Lanterns", 0.56), ("Neon Tidepool", 0.3)];
    assert_eq!(
        songs_finding(&timing, false),
        "Timing is most alike in Paper Lanterns, least in Neon Tidepool."
    );
    assert_eq!(songs_finding(&timing, true), "Where each song stands");
    assert_eq!(songs_finding(&timing[..1], false), "Where each song stands");
}

#[test]
fn long_titles_are_cut_between_characters() {
    let title = "そのとき見た夜空の色をわたしはいまでも思い出すことができるのだろうか、いつまでも";
    assert_eq!(shortened(title).chars().count(), 37);
}

fn maps(n_done: usize, n_total: usize, left_s: Option<f64>) -> StageView {
    let (stage, state) = (Stage::NineChannels, StageState::Running);
    StageView { stage, state, n_done, n_total, per_s: Some(5.4), left_s, elapsed_s: 7.0 }
}

#[test]
fn progress_is_a_sentence() {
    let line = |phase, view, n| {
        let (lead, rest) = progress_line(phase, &view, n);
        format!("{lead} {rest}")
    };
    assert_eq!(line(Phase::Running, maps(0, 0, None), 0), "Reading archives");
    assert_eq!(
        line(Phase::Running, maps(38, 61, Some(4.2)), 3),
        "Charting 38 of 61 maps, 4 s left"
    );
    assert_eq!(
        line(Phase::Cancelled, maps(38, 61, None), 3),
        "Stopped after 38 of 61 maps. The three finished songs stay; continue where you left off?"
    );
    assert_eq!(line(Phase::Done, maps(61, 61, None), 6), "Charted 61 maps of 6 songs");
}
