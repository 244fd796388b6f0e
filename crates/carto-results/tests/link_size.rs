//! What a link of the published figures takes, and that it keeps what it promises.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use carto_results::{make_link, read_any, read_link};
use carto_types::ResultOrigin;

#[test]
fn the_published_figures_fit_into_a_link_at_the_finer_step() {
    let Some(folder) = carto_testkit::folder("published") else { return };
    let names = ["track_a.json", "track_b.json", "synthesis.json", "track_b_cv.json"];
    let texts = names.map(|name| std::fs::read_to_string(folder.join(name)).unwrap());
    let texts: Vec<_> = names.into_iter().zip(texts.iter().map(|text| &**text)).collect();
    let mut result = read_any(&texts).unwrap();
    result.name = "The published study".to_owned();
    result.origin = ResultOrigin {
        program: "osu-dreamer-cartography".to_owned(),
        repository: Some("https://example.org/an-account/osu-dreamer-cartography".to_owned()),
        commit: Some("7ec522b".to_owned() + &"0".repeat(33)),
        date: Some("2026-02-14".to_owned()),
        note: None,
    };
    let link = make_link(&result, false).unwrap().fragment;
    let read = read_link(&link).unwrap();
    assert!(link.len() <= 1900, "{}", link.len());
    assert_eq!(read.parameters.step, Some(0.0005));
    let (ours, theirs) = (read.synthesis.unwrap(), result.synthesis.unwrap());
    for (ours, theirs) in [
        (&ours.pairs, &theirs.pairs),
        (&ours.pairs_thresholded, &theirs.pairs_thresholded),
        (&ours.triples, &theirs.triples),
        (&ours.triples_thresholded, &theirs.triples_thresholded),
    ] {
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(ours.channels, theirs.channels);
            assert_eq!((ours.same_count, ours.valid_rows), (theirs.same_count, theirs.valid_rows));
        }
    }
    assert_eq!(read.track_b.unwrap().ranking, result.track_b.unwrap().ranking);
}
