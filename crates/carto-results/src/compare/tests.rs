use super::*;
use crate::fixtures;

#[test]
fn results_of_one_encoder_are_compared_by_number_others_by_rank() {
    let (a, mut b) = (fixtures::result(50), fixtures::result(51));
    let (first, second) = (a.track_b.clone().unwrap(), b.track_b.clone().unwrap());
    let same = compare(&a, &b);
    assert!(same.is_by_number);
    let row = &same.latents[7];
    assert_eq!(row.label, "latent 7");
    assert_eq!(row.figures[1].unwrap().mean, second.dims[7].pearson_mean);
    let diff = first.dims[7].pearson_mean - second.dims[7].pearson_mean;
    assert_eq!(row.difference(), Some(diff));
    assert!(same.downsampled_max_diff.unwrap() > 0.5);

    b.parameters.encoder.as_mut().unwrap().weights_sha256 = "another".to_owned();
    let others = compare(&a, &b);
    assert!(!others.is_by_number);
    assert_eq!(others.latents[0].label, "rank 1");
    let top = second.dims[second.ranking[0] as usize].pearson_mean;
    assert_eq!(others.latents[0].figures[1].unwrap().mean, top);
    assert_eq!(others.downsampled_max_diff, None);
    assert!(others.between_channels_max_diff.is_some());
    assert_eq!(others.latents.len(), 33, "with the full cosine");

    b.parameters.encoder = None;
    assert!(!compare(&b, &b).is_by_number, "what is not known is not the same");
}

#[test]
fn results_by_different_rules_say_so_once() {
    let (published, osu) = (fixtures::result(53), fixtures::result_with_owners(53));
    let html = compare_html(&osu, &published);
    assert_eq!(html.matches("The rules differ").count(), 1, "{html}");
    assert!(html.contains("as osu! players know it") && html.contains("as published"));
    for (a, b) in [(&published, &published), (&osu, &osu)] {
        assert!(!compare_html(a, b).contains("The rules differ"));
    }
    let mut unsaid = published.clone();
    unsaid.parameters.mode = None;
    assert!(!compare_html(&published, &unsaid).contains("The rules differ"));
}

#[test]
fn a_result_does_not_differ_from_itself() {
    let a = fixtures::result(52);
    let comparison = compare(&a, &a);
    let rows = comparison.channels.iter().chain(&comparison.latents);
    assert!(rows.clone().all(|row| row.difference() == Some(0.0)));
    assert_eq!(rows.count(), 10 + 33);
    assert!(comparison.matrices.iter().all(|(_, [a, b])| a == b));
    assert_eq!(
        (comparison.downsampled_max_diff, comparison.between_channels_max_diff),
        (Some(0.0), Some(0.0))
    );
}

#[test]
fn a_table_that_one_of_them_lacks_is_left_out() {
    let (a, mut b) = (fixtures::result(53), fixtures::result(54));
    (b.track_b, b.synthesis, b.track_a) = (None, None, None);
    let comparison = compare(&a, &b);
    assert!(comparison.channels.iter().all(|row| row.difference().is_none()));
    let html = compare_html(&a, &b);
    assert!(html.contains("These two results have no figure in common"), "{html}");
    assert!(!html.contains("<table") && !compare_html(&b, &a).contains("<table"));
    b.track_a.clone_from(&a.track_a);
    let html = compare_html(&a, &b);
    assert!(html.contains(">ONSET</th>") && !html.contains("rank 1"), "{html}");
    b.track_a = None;
    (b.held_out, b.songs) = (None, Vec::new());
    assert_eq!(compare(&b, &b).channels, []);
}

#[test]
fn the_page_states_the_largest_difference_and_escapes_names() {
    let (mut a, mut b) = (fixtures::result(55), fixtures::result(55));
    let channel = &mut b.track_a.as_mut().unwrap().channels[5];
    channel.pearson_mean = a.track_a.as_ref().unwrap().channels[5].pearson_mean - 0.25;
    a.name = "<script>alert(1)</script>".to_owned();
    let html = compare_html(&a, &b);
    let words = "Mean r differs by at most 0.250 in channels (FINISH), 0.000 in latents";
    assert!(html.contains(words), "{html}");
    assert!(html.contains("<td>+0.250</td>"));
    assert!(!html.contains("<script"));
    assert_eq!(html.matches("<table").count(), 4);
}
