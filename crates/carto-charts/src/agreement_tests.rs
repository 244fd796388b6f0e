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
        songs_analyzed: 1,
        pairs_compared: n_pairs,
    }
}

fn chart(means: [f64; 9], n_pairs: u32) -> AgreementChart {
    AgreementChart::new(Some(&track(means, n_pairs)), None, Metric::Correlation, false)
}

fn finding(means: [f64; 9], n_pairs: u32) -> String {
    chart(means, n_pairs).finding(Progress::Done)
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
        "ONSET, when anything is hit. Cosine 0.60 over 1 pair, mean r 0.95: too few pairs."
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
    assert_eq!(finding(means, 460), "ONSET and COMBO follow the song. X and Y follow the mapper.");
    let means = [0.31, 0.44, 0.25, 0.29, 0.22, 0.26, 0.35, 0.01, 0.2];
    assert_eq!(finding(means, 90), "COMBO, CLAP and ONSET follow the song. X follows the mapper.");
}

#[test]
fn many_channels_are_counted() {
    let means = [0.9, 0.8, 0.7, 0.7, 0.6, 0.5, 0.4, 0.0, 0.0];
    assert_eq!(
        finding(means, 9),
        "Seven of nine channels follow the song. X and Y follow the mapper."
    );
}

#[test]
fn a_one_sided_result_is_said_as_it_is() {
    assert_eq!(finding([0.5; 9], 9), "All nine channels follow the song.");
    assert_eq!(finding([0.0; 9], 9), "No agreement: all nine channels follow the mapper.");
    assert_eq!(finding([0.2; 9], 30), "Every channel lies between song and mapper.");
    let mut means = [0.2; 9];
    means[8] = 0.05;
    assert_eq!(finding(means, 30), "No channel clearly follows the song. Y follows the mapper.");
    means[8] = 0.5;
    assert_eq!(finding(means, 30), "Y follows the song. None is the mapper’s alone.");
}

#[test]
fn few_pairs_say_what_their_intervals_say() {
    let needs = "and an interval needs three.";
    assert_eq!(finding([0.5; 9], 1), format!("Too few pairs to say: 1 pair, {needs}"));
    assert_eq!(finding([0.5; 9], 2), format!("Too few pairs to say: 2 pairs, {needs}"));
    assert_eq!(
        finding([0.5; 9], 3),
        "Too few pairs to say: over 3 pairs the 95% intervals of all channels reach across a threshold."
    );
    let mut means = [0.29; 9];
    (means[0], means[1], means[8]) = (0.6, 0.5, -0.1);
    assert_eq!(
        finding(means, 9),
        "ONSET and COMBO follow the song. Y follows the mapper. For six channels, 9 pairs are too few to say."
    );
    means[2] = 0.2;
    assert!(
        finding(means, 12).contains(" SLIDE lies between the two. For five channels, 12 pairs")
    );
    let row = AgreementChart::table_row(&track(means, 9).channels[0]);
    assert_eq!(row[2], "0.52 to 0.68");
}

#[test]
fn a_picture_says_the_same_classes_as_the_page() {
    let mut means = [0.29; 9];
    means[0] = 0.6;
    let text = chart(means, 9).text();
    assert!(
        text.title.ends_with("one perceptual, no mixed, no stylistic, eight with too few pairs")
    );
    assert!(text.description.contains("Perceptual: ONSET 0.60 ± 0.10. Too few pairs: COMBO 0.29"));
    assert!(text.caption[2].starts_with("A class is named where the whole 95% interval"));
    assert_eq!(chart(means, 30).text().caption.len(), 2);
}

#[test]
fn a_run_without_pairs_says_whether_there_may_be_more() {
    let found = |progress| chart([0.5; 9], 0).finding(progress);
    assert!(found(Progress::Done).starts_with("Nothing to compare: no song here has two usable"));
    assert_eq!(found(Progress::Stopped), "Stopped before the first pair was compared.");
}

#[test]
fn a_finding_in_the_making_says_so() {
    let chart = chart([0.5; 9], 9);
    for progress in [Progress::Running, Progress::Stopped] {
        assert_eq!(chart.finding(progress), "So far: All nine channels follow the song.");
    }
    let none = AgreementChart::new(None, None, Metric::Correlation, true);
    assert_eq!(none.finding(Progress::Running), "The first pair is not compared yet.");
}

#[test]
fn the_kicker_counts() {
    assert_eq!(chart([0.5; 9], 15).kicker(), "Part A · nine channels · 15 pairs of 1 song");
    assert_eq!(chart([0.5; 9], 0).kicker(), "Part A · nine channels");
}

#[test]
fn a_table_has_three_decimals_and_no_spread_of_one_pair() {
    let row = AgreementChart::table_row(&track([0.5; 9], 1200).channels[0]);
    assert_eq!(row, ["0.500", "±0.10", "–", "0.600", "±0.20", "0.250", "±0.12", "1,200"]);
    assert_eq!(AgreementChart::table_row(&track([0.5; 9], 1).channels[0])[1], "one pair");
}
