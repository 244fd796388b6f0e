use super::*;
use crate::fixtures::evidence;

#[test]
fn a_panel_says_what_is_left_and_between_what_it_lies() {
    let panel = EvidencePanel::new(&evidence(12), "ONSET");
    assert_eq!(panel.title, "ONSET agrees beyond the grid.");
    assert_eq!(
        panel.summary,
        "Given the place in the bar and the section of 8 bars, two mappers of one song agree with \
         phi 0.38 (95% interval 0.30 to 0.46). Shifted by whole bars they keep 0.00. Between what a \
         shared grid gives (0.00) and what one mapper repeats (0.63), 0.75 is the song’s and 0.25 \
         the mapper’s."
    );
    let figures = panel.figures.map(|it| format!("{}: {} {}", it.label, it.value, it.beside));
    assert_eq!(
        figures,
        [
            "r aligned, mean over songs: 0.50 0.42 to 0.58",
            "beyond the grid (phi): 0.38 0.30 to 0.46",
            "song share: 0.75 0.67 to 0.83",
            "evidence: 12 songs 24 pairs",
        ]
    );
    let slide = EvidencePanel::new(&evidence(12), "SLIDE");
    assert!(slide.summary.contains("it keeps 0.38: 0.13 (95% interval 0.05 to 0.21) is left. No verdict: the interval reaches across 0.10."), "{}", slide.summary);
    let x = EvidencePanel::new(&evidence(12), "X");
    assert_eq!(x.title, "X does not agree beyond the grid.");
    assert!(x.summary.ends_with("cannot be called style."), "{}", x.summary);
    assert_eq!(x.figures[2].value, "not reproducible");
    let few = EvidencePanel::new(&evidence(4), "ONSET");
    assert_eq!(few.title, "ONSET is undetermined.");
    assert!(few.summary.contains("4 of the 10 songs that it needs have"), "{}", few.summary);
    let none = EvidencePanel::new(&RunEvidence::default(), "ONSET");
    assert!(none.summary.starts_with("No pair of two mappers"), "{}", none.summary);
    assert!(none.measures.rows.is_empty() && none.songs.songs.is_empty());
}

#[test]
fn shifts_stand_where_they_were_counted() {
    let reach = EvidencePanel::new(&evidence(12), "SLIDE").reach;
    let names: Vec<_> = reach.nulls.iter().map(|null| (null.name, null.mean)).collect();
    assert_eq!(
        names,
        [("Shifted by whole bars", Some(0.25)), ("Bars permuted within 8", Some(0.375))]
    );
    assert_eq!(reach.n_shifts, 3);
    let bins = &reach.nulls[0].bins;
    assert_eq!(bins.len(), 2);
    assert_eq!((bins[0].from, bins[0].height), (reach.axis.share(0.0), 1.0));
    assert_eq!((bins[1].from, bins[1].height), (reach.axis.share(0.25), 0.5));
    // phi has the section taken away already.
    assert_eq!(EvidencePanel::new(&evidence(12), "ONSET").reach.nulls.len(), 1);
}

#[test]
fn songs_stand_by_their_value_with_the_mean_without_them() {
    let songs = EvidencePanel::new(&evidence(12), "ONSET").songs;
    let shown: Vec<_> = songs.songs.iter().map(|song| (song.song_idx, song.value)).collect();
    assert_eq!(shown, [(1, 0.6), (3, 0.1)]);
    assert!((songs.songs[0].without - 0.345).abs() < 1e-12);
    assert_eq!(songs.sentence(), "Without any one song the mean stays between 0.35 and 0.40.");
    assert_eq!(CarryingSongs::of(None).sentence(), "An influence needs two songs.");
}

#[test]
fn as_is_stands_against_aligned_and_density_by_its_line() {
    let panel = EvidencePanel::new(&evidence(12), "ONSET");
    let rows: Vec<_> = panel.measures.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        rows,
        [
            "r as is",
            "r aligned",
            "r on active bars",
            "excess over whole-bar shifts",
            "excess over bars permuted within 8",
            "phi"
        ]
    );
    let density: Vec<_> =
        panel.density.rows.iter().map(|row| (row.name.as_str(), row.mean)).collect();
    assert_eq!(density, [("at equal counts", Some(0.55)), ("at 2:1", Some(0.4))]);
}

#[test]
fn pairs_and_what_figures_rest_on_are_said() {
    let panel = EvidencePanel::new(&evidence(12), "ONSET");
    assert_eq!(
        panel.pairs[0],
        ("two mappers, two sets", "24 of 25 aligned; left out: 1 of another tempo".to_owned())
    );
    let origin: Vec<_> =
        panel.origin.iter().map(|(name, text)| format!("{name}: {text}")).collect();
    assert!(origin[0].contains("no seeds"), "{origin:?}");
    assert_eq!(
        origin[3],
        "p of a mean of 0: 0.031 (sign flip); corrected for the dimensions of the table: below \
         0.001."
    );
}
