use super::*;

fn track(means: [f64; 9], n_pairs: u32) -> TrackA {
    let channel = |(labels, pearson_mean): (&crate::ChannelLabels, f64)| ChannelSummary {
        name: labels.name.to_owned(),
        pearson_mean,
        pearson_std: 0.1,
        mad_mean: 0.25,
        mad_std: 0.12,
        cosine_mean: 0.6,
        cosine_std: 0.2,
        n_pairs,
    };
    TrackA {
        channels: CHANNELS.iter().zip(means).map(channel).collect(),
        cosine_mean: 0.5,
        cosine_std: 0.1,
        songs_analyzed: n_pairs,
        pairs_compared: n_pairs,
    }
}

fn chart(means: [f64; 9], n_pairs: u32) -> AgreementChart {
    AgreementChart::new(Some(&track(means, n_pairs)), None, Metric::Correlation, false)
}

fn finding(means: [f64; 9], n_pairs: u32) -> String {
    chart(means, n_pairs).finding(Progress::Done { n_left_out: 0 })
}

#[test]
fn a_row_says_all_its_figures() {
    let chart = chart([0.95; 9], 15);
    assert_eq!(
        chart.reading(0, "").unwrap(),
        "ONSET, when anything is hit. Mean r 0.95 over 15 pairs, spread ±0.10, cosine 0.60, 95% interval of mean r 0.89 to 1.00: perceptual."
    );
    let whisker = chart.rows[0].shown.whisker(chart.axis).unwrap();
    assert!(!whisker.is_cut_low && whisker.is_cut_high && whisker.to == 1.0);
    let other = track([0.5; 9], 9);
    let track = track([0.95; 9], 15);
    let chart = AgreementChart::new(Some(&track), Some(&other), Metric::Correlation, false);
    assert!(chart.reading(0, "published").unwrap().ends_with(": perceptual. Published: 0.50."));
    assert_eq!(chart.reading(9, ""), None);
}

#[test]
fn one_pair_has_no_spread_and_no_class() {
    let chart = AgreementChart::new(Some(&track([0.95; 9], 1)), None, Metric::Cosine, false);
    let row = &chart.rows[0];
    assert_eq!(row.shown.whisker(chart.axis), None);
    assert_eq!(row.shown.spread_text(), "one pair");
    assert_eq!(
        chart.reading(0, "").unwrap(),
        "ONSET, when anything is hit. Cosine 0.60 over 1 pair, mean r 0.95: too few songs."
    );
}

#[test]
fn without_pairs_there_are_no_rows() {
    assert!(chart([0.5; 9], 0).rows.is_empty());
    assert!(AgreementChart::new(None, None, Metric::Distance, true).rows.is_empty());
}

#[test]
fn an_axis_on_screen_reaches_one_from_the_start_and_holds_what_is_laid_over() {
    let n_segments = |other: Option<&TrackA>, metric, is_live| {
        AgreementChart::new(Some(&track([0.5; 9], 9)), other, metric, is_live).axis.n_segments()
    };
    assert_eq!(n_segments(None, Metric::Correlation, false), 10);
    assert_eq!(n_segments(None, Metric::Correlation, true), 11);
    assert_eq!(n_segments(None, Metric::Cosine, false), 10);
    assert_eq!(n_segments(None, Metric::Distance, false), 8);
    assert_eq!(n_segments(Some(&track([-0.2; 9], 9)), Metric::Correlation, false), 12);
}

#[test]
fn the_finding_names_both_ends() {
    let means = [0.58, 0.44, 0.25, 0.29, 0.22, 0.26, 0.2, 0.01, 0.0];
    assert_eq!(
        finding(means, 460),
        "Mappers agree on ONSET and COMBO. They do not agree on X and Y."
    );
    let means = [0.31, 0.44, 0.25, 0.29, 0.22, 0.26, 0.35, 0.01, 0.2];
    assert_eq!(
        finding(means, 90),
        "Mappers agree on COMBO, CLAP and ONSET. They do not agree on X."
    );
}

#[test]
fn the_study_says_its_own_classes() {
    let means = [0.58, 0.44, 0.25, 0.29, 0.22, 0.26, 0.2, 0.01, 0.0];
    let said = chart(means, 460).study_finding();
    assert_eq!(said, "The study calls ONSET and COMBO perceptual, X and Y stylistic.");
}

#[test]
fn songs_count_and_not_pairs() {
    let track = TrackA { songs_analyzed: 2, ..track([0.5; 9], 49) };
    let chart = AgreementChart::new(Some(&track), None, Metric::Correlation, false);
    assert_eq!(
        chart.finding(Progress::Done { n_left_out: 0 }),
        "Too few songs to say: 49 pairs of 2 songs, and an interval needs three songs."
    );
    assert!(chart.rows.iter().all(|row| row.r.class(AgreementChart::BOUNDS).is_none()));
}

#[test]
fn what_nobody_uses_neither_agrees_nor_disagrees() {
    let mut track = track([0.5, 0.5, 0.0, 0.0, 0.5, 0.5, 0.5, 0.0, 0.0], 40);
    for channel in &mut track.channels[2..4] {
        (channel.mad_mean, channel.mad_std, channel.pearson_std) = (0.0, 0.0, 0.0);
    }
    let chart = AgreementChart::new(Some(&track), None, Metric::Correlation, false);
    assert_eq!(
        chart.finding(Progress::Done { n_left_out: 0 }),
        "Mappers agree on five of nine channels. They do not agree on X and Y. Nobody uses SLIDE and SUSTAIN."
    );
    assert!(chart.reading(2, "").unwrap().ends_with(": not used."));
    assert!(chart.text().title.ends_with("two stylistic, two not used"), "{}", chart.text().title);
    assert!(chart.text().description.contains("Not used: SLIDE, SUSTAIN."));
}

#[test]
fn many_channels_are_counted() {
    let means = [0.9, 0.8, 0.7, 0.7, 0.6, 0.5, 0.4, 0.0, 0.0];
    assert_eq!(
        finding(means, 9),
        "Mappers agree on seven of nine channels. They do not agree on X and Y."
    );
}

#[test]
fn a_one_sided_result_is_said_as_it_is() {
    assert_eq!(finding([0.5; 9], 9), "Mappers agree on all nine channels.");
    assert_eq!(finding([0.0; 9], 9), "Mappers agree on none of the nine channels.");
    assert_eq!(finding([0.2; 9], 30), "Mappers agree in part on all nine channels.");
    let mut means = [0.2; 9];
    means[8] = 0.05;
    assert_eq!(finding(means, 30), "Mappers clearly agree on no channel. They do not agree on Y.");
    means[8] = 0.5;
    assert_eq!(finding(means, 30), "Mappers agree on Y, and in part on the rest.");
}

#[test]
fn few_songs_say_what_their_intervals_say() {
    let needs = "and an interval needs three songs.";
    assert_eq!(finding([0.5; 9], 1), format!("Too few songs to say: 1 pair of 1 song, {needs}"));
    assert_eq!(finding([0.5; 9], 2), format!("Too few songs to say: 2 pairs of 2 songs, {needs}"));
    assert_eq!(
        finding([0.5; 9], 3),
        "Too few songs to say: over 3 songs the 95% intervals of all channels reach across a threshold."
    );
    let mut means = [0.29; 9];
    (means[0], means[1], means[8]) = (0.6, 0.5, -0.1);
    assert_eq!(
        finding(means, 9),
        "Mappers agree on ONSET and COMBO. They do not agree on Y. For six channels, 9 songs are too few to say."
    );
    means[2] = 0.2;
    assert!(finding(means, 12).contains("They do not agree on Y. For five channels, 12 songs"));
    means[8] = 0.29;
    let said = finding(means, 12);
    assert!(said.contains(" They agree in part on SLIDE. For six channels, 12 songs"), "{said}");
    let row = AgreementChart::table_row(&track(means, 9).channels[0], 9);
    assert_eq!(row[2], "0.52 to 0.68");
}

#[test]
fn a_picture_says_the_same_classes_as_the_page() {
    let mut means = [0.29; 9];
    means[0] = 0.6;
    let text = chart(means, 9).text();
    assert!(
        text.title.ends_with("one perceptual, no mixed, no stylistic, eight with too few songs")
    );
    assert!(text.description.contains("Perceptual: ONSET 0.60 ± 0.10. Too few songs: COMBO 0.29"));
    assert!(text.caption[2].starts_with("A class is named where the whole 95% interval"));
    assert_eq!(chart(means, 30).text().caption.len(), 2);
}

#[test]
fn a_run_without_pairs_says_whether_there_may_be_more() {
    let found = |progress| chart([0.5; 9], 0).finding(progress);
    assert!(
        found(Progress::Done { n_left_out: 0 })
            .starts_with("Nothing to compare: no song here has two usable")
    );
    assert_eq!(found(Progress::Stopped), "Stopped before the first pair was compared.");
    let left_out = |n_left_out| found(Progress::Done { n_left_out });
    assert_eq!(
        left_out(1_128),
        "Nothing is left to compare: all 1,128 pairs were left out as doubtful."
    );
    assert!(left_out(1).contains("the one pair there is was left out"));
    let published = AgreementChart { mode: Some(Mode::Published), ..chart([0.5; 9], 0) };
    let said = published.finding(Progress::Done { n_left_out: 0 });
    assert!(said.contains(": by the published rules no song here has two usable maps"), "{said}");
}

#[test]
fn a_finding_in_the_making_says_so() {
    let chart = chart([0.5; 9], 9);
    for progress in [Progress::Running, Progress::Stopped] {
        assert_eq!(chart.finding(progress), "So far: mappers agree on all nine channels.");
    }
    let none = AgreementChart::new(None, None, Metric::Correlation, true);
    assert_eq!(none.finding(Progress::Running), "The first pair is not compared yet.");
}

#[test]
fn the_kicker_counts() {
    assert_eq!(chart([0.5; 9], 15).kicker(), "Part A · nine channels · 15 pairs of 15 songs");
    assert_eq!(chart([0.5; 9], 0).kicker(), "Part A · nine channels");
}

#[test]
fn a_table_has_three_decimals_and_no_spread_of_one_pair() {
    let row = AgreementChart::table_row(&track([0.5; 9], 1200).channels[0], 292);
    assert_eq!(row, ["0.500", "±0.10", "–", "0.600", "±0.20", "0.250", "±0.12", "1,200"]);
    assert_eq!(AgreementChart::table_row(&track([0.5; 9], 1).channels[0], 1)[1], "one pair");
}
