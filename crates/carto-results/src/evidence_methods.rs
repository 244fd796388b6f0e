//! The evidence, in words for a paper.

use carto_charts::left_out_and_copies;
use carto_charts::number::counted;
use carto_types::{
    AGREEMENT_MARGIN, AlignmentSource, COPY_SHARE, EvidenceFloor, FEWEST_SONGS,
    LIKE_COUNTS_LOG_RATIO, PairCounts, ResultSong, RunEvidence, SetEvidence,
};

/// How it was found how much of the agreement is more than a shared grid, with the counts of pairs.
///
/// - `songs`: those of the result
/// - `has_latents`: whether the result has agreement of latents
pub(crate) fn evidence_methods(
    evidence: &RunEvidence,
    songs: &[ResultSong],
    has_latents: bool,
) -> String {
    let counts = &evidence.set.counts;
    let mut parts = vec![
        "Evidence: the signals above share one length and start with the audio; beside them each \
         pair was compared as functions of time over the span from the later first object to the \
         earlier end, without padding, as it is (lag 0) and aligned. The lag was read from the \
         uninherited timing points: the phase between the main beats (0.97 of the map in one tempo, \
         its offsets within 6 ms, is called steady), and whole beats where another beat within 4 s \
         fits onsets better by more than 0.1 in r, and than any other by 0.03, and new combos agree; \
         difficulties of one set with one audio file have lag 0. Pairs of another tempo, of another \
         version of the song (a clearly better fit 4 to 15 s away) or without a known lag are left \
         out of all aligned figures."
            .to_owned(),
    ];
    parts.extend(heard(songs));
    parts.push(pairs("pairs of two mappers and two sets", counts.cross));
    let others = [
        ("pairs of two mappers in one set", counts.guest),
        ("pairs of one mapper in one set", counts.same_mapper),
    ];
    let others = others.into_iter().filter(|(_, counts)| counts.n_pairs() > 0);
    parts.extend(others.map(|(name, counts)| pairs(name, counts)));
    parts.push(format!(
        "Measures: Pearson's r of the nine channels; onset F-measure within 25, 50 and 70 ms as \
         mir_eval defines it; on the bars in which both maps have objects, r against all shifts by \
         whole bars and against bars in any order within sections of 8 (both exact), and phi given \
         metrical slot and section for onsets, new combos and hit sounds; distances and turns \
         between objects at the same times. Verdicts are from phi for events, else from the excess \
         of r over bars permuted within 8. The floor of a dimension is {}; its ceiling are two \
         difficulties of one set by one mapper. Floor and ceiling are compared with pairs of like \
         counts of objects (|ln of their ratio| < {LIKE_COUNTS_LOG_RATIO}); a pair of like counts \
         with more than {COPY_SHARE} of the onsets equal to the millisecond is counted as a possible \
         copy. Hit sounds are copied within a set, so pairs of one set say nothing of them.",
        match evidence.set.floor {
            EvidenceFloor::BarShifts => "the mean over whole-bar shifts of the pair itself",
            EvidenceFloor::OtherSongs => {
                "the mean over steady maps of other songs, stretched onto the bars of the first map"
            }
        }
    ));
    parts.push(format!(
        "Figures are means over songs of the means over their pairs, with t intervals of 95 %; p is \
         of the sign-flip test over songs (exact to 40 songs, above them of the t-test), q is \
         corrected over the dimensions of a table after Benjamini and Hochberg. A dimension agrees \
         where the whole interval is above {AGREEMENT_MARGIN:.2}, does not where it is below, and is \
         undetermined otherwise and with fewer than {FEWEST_SONGS} songs. Song share = (cross - \
         floor) / (ceiling - floor), mapper share = 1 - song share, with jackknife intervals over \
         songs; where the lower bound of ceiling - floor is not above {AGREEMENT_MARGIN:.2}, the \
         dimension is not reproducible and has no shares. r at equal counts is the intercept of a \
         least-squares line against |ln of the ratio of object counts|, with errors clustered by \
         song. Nothing is drawn at random."
    ));
    if evidence.set.has_latents() {
        parts.push(latents_methods());
    }
    if has_latents {
        parts.push(latents_read_on_bars(&evidence.set));
    }
    if !evidence.signs.is_empty() {
        parts.push(
            "Beside counted signs of latents stands what an encoder with random weights gives, from \
             the correlation of channels with channels."
                .to_owned(),
        );
    }
    parts.join(" ")
}

/// How latents were compared.
fn latents_methods() -> String {
    format!(
        "Latents: as they are, r is over the columns whose middle lies where both maps have begun and \
         none has ended. Aligned they were computed anew: the encoder read both maps on the bars of the \
         first, the second at the lag of the pair, with as many frames in every bar as \
         fill a whole number of columns, so that a shift by whole bars is exact. On the bars in which \
         both have objects r stands against all shifts by whole bars and against bars in any order \
         within sections of 8; verdicts are from the excess over whole-bar shifts (margin \
         {AGREEMENT_MARGIN:.2}), q is corrected over the latents. The floor is always the mean over \
         those shifts, the ceiling of a song one pair of one mapper in one set; pairs of two mappers in \
         one set are left out, since latents carry hit sounds. Columns are alike to their neighbours: \
         beside their number stands the effective share of them, 1 / (1 + 2 sum of r_a(k) r_b(k)) (Bartlett \
         1946), k from 1 to a quarter of the columns and at most 256; intervals are over songs and do \
         not use it."
    )
}

/// How many pairs the verdicts of latents are from: a run may be saved before all are read.
fn latents_read_on_bars(set: &SetEvidence) -> String {
    let n_read = set.judged_latents().iter().map(|found| found.mean.n_pairs).max().unwrap_or(0);
    let of_all = format!(
        "{n_read} of the {}",
        counted(set.counts.cross.n_aligned, "aligned pair", "aligned pairs")
    );
    format!("Latents were read on bars for {of_all} of two mappers and two sets.")
}

/// What recordings had to do with it; `None` where no lag is from them.
fn heard(songs: &[ResultSong]) -> Option<String> {
    let evidence =
        songs.iter().flat_map(|song| &song.pairs).filter_map(|pair| pair.evidence.as_ref());
    let n_heard = evidence.filter(|evidence| evidence.source == AlignmentSource::Audio).count();
    (n_heard > 0).then(|| {
        format!(
            "The recordings settled {}: how strongly sounds begin was cross-correlated over two \
             stretches of 24 s, an early and a late one, within 15 s; a clear lag chose the beat of \
             the timing points nearest to it, at most 55 ms and a quarter of a beat away, else it \
             was taken itself, and lags more than 20 ms apart between the stretches made another \
             version of the song.",
            counted(n_heard, "pair", "pairs")
        )
    })
}

/// `41 of 44 pairs of two mappers and two sets are aligned; left out: 3 of another tempo.`
fn pairs(name: &str, counts: PairCounts) -> String {
    let remarks = left_out_and_copies(counts);
    format!("{} of {} {name} are aligned{remarks}.", counts.n_aligned, counts.n_pairs())
}

#[cfg(test)]
mod tests {
    use carto_types::{EvidenceTable, EvidenceTableKind};

    use super::*;
    use crate::fixtures;

    #[test]
    fn counts_rules_and_the_floor_are_stated() {
        let mut result = fixtures::result_with_evidence(5);
        let mut evidence = result.evidence.take().unwrap();
        let text = evidence_methods(&evidence, &result.songs, false);
        assert!(!text.contains("recordings"), "nobody listened");
        for words in [
            "2 of 3 pairs of two mappers and two sets are aligned; left out: 1 of another tempo.",
            "1 of 1 pairs of one mapper in one set are aligned.",
            "without padding",
            "the mean over whole-bar shifts",
            "above 0.10",
            "< 0.25",
            "fewer than 10 songs",
        ] {
            assert!(text.contains(words), "{text}\nlacks {words:?}");
        }
        assert!(
            !text.contains("one set are aligned; left out") && !text.contains("random weights")
        );
        assert!(!text.contains("Bartlett"), "without latents there is nothing to say of them");
        evidence.set.tables.push(EvidenceTable {
            kind: EvidenceTableKind::LatentBarShiftExcess,
            dimensions: Vec::new(),
        });
        let text = evidence_methods(&evidence, &result.songs, true);
        assert!(text.contains("Bartlett"));
        assert!(text.contains("were read on bars for 0 of the 2 aligned pairs of two mappers"));
        evidence.set.floor = EvidenceFloor::OtherSongs;
        let pairs = result.songs.iter_mut().flat_map(|song| &mut song.pairs);
        for found in pairs.filter_map(|pair| pair.evidence.as_mut()) {
            found.source = AlignmentSource::Audio;
        }
        let text = evidence_methods(&evidence, &result.songs, true);
        assert!(text.contains("maps of other songs") && text.contains("The recordings settled"));
    }
}
