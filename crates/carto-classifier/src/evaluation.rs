use serde::{Deserialize, Serialize};

use super::probabilities::SMALLEST;
use super::{ClassifierError, LabelProbabilities, LabelledTable};

/// Bins of the reliability diagram, of equal width.
const N_BINS: usize = 15;

/// How well label probabilities meet labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Number of maps.
    pub n_maps: usize,
    /// Share of maps whose first answer is their label.
    pub top_1: f64,
    /// Share of maps whose label is among the first three answers.
    pub top_3: f64,
    /// Share of maps whose first answer is any of their labels, where other
    /// collections count too.
    pub top_1_any_label: f64,
    /// Mean negative logarithm of the label's probability, nats.
    pub log_loss: f64,
    /// Mean of the labels' F1, each counting the same.
    pub macro_f1: f64,
    /// Expected calibration error of the first answer: mean distance between how sure
    /// it is and how often it is right, over 15 bins of equal width.
    ///
    /// # Source
    ///
    /// C. Guo et al., "On calibration of modern neural networks", ICML 2017.
    pub calibration_error: f64,
    /// Scores of each label, in their order.
    pub labels: Vec<LabelScores>,
    /// `[n_labels, n_labels]`: maps by their label, then by their first answer.
    pub confusion: Vec<Vec<usize>>,
    /// The reliability diagram; bins without maps are there too.
    pub reliability: Vec<ReliabilityBin>,
}

/// How well one label is found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelScores {
    /// Name of the label.
    pub label: String,
    /// Maps that have it.
    pub n_maps: usize,
    /// Share of maps that have the label among those that got it as first answer; 0 where
    /// none got it.
    pub precision: f64,
    /// Share of maps that got the label as first answer among those that have it; 0 where
    /// none has it.
    pub recall: f64,
    /// Harmonic mean of precision and recall; 0 where both are.
    pub f1: f64,
}

/// First answers that are about equally sure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// The lower end, exclusive but for 0; the upper is 1/15 above.
    pub from: f64,
    /// Number of maps in the bin.
    pub n_maps: usize,
    /// Mean probability of the first answer; 0 for no maps.
    pub confidence: f64,
    /// Share of first answers that are right; 0 for no maps.
    pub accuracy: f64,
}

/// Compares label probabilities with the labels of the same maps.
///
/// - `probabilities`: `[n_rows, n_labels]`, in the set's order of maps and labels
///
/// # Errors
///
/// [`ClassifierError::Shape`].
pub fn evaluate(
    probabilities: &LabelProbabilities,
    set: &LabelledTable,
) -> Result<Evaluation, ClassifierError> {
    for (what, found, expected) in [
        ("maps with label probabilities", probabilities.n_rows(), set.n_rows()),
        ("labels with probabilities", probabilities.n_labels(), set.labels().len()),
    ] {
        if found != expected {
            return Err(ClassifierError::Shape { what, found, expected });
        }
    }
    let rankings: Vec<Vec<usize>> = probabilities.rows().map(LabelProbabilities::ranking).collect();
    let answers: Vec<usize> = rankings.iter().map(|ranking| ranking[0]).collect();
    let n = set.n_rows().max(1) as f64;
    let share = |is_right: &dyn Fn(usize) -> bool| {
        (0..set.n_rows()).filter(|&idx| is_right(idx)).count() as f64 / n
    };
    let first = set.first();
    let is_right = |idx: usize| answers[idx] == first[idx];
    let losses =
        probabilities.rows().zip(first).map(|(row, &label)| -libm::log(row[label].max(SMALLEST)));
    let confusion = confusion(&answers, set);
    let labels = scores(&confusion, set);
    let sure = probabilities.rows().zip(&answers).map(|(row, &answer)| row[answer]);
    let reliability = reliability(sure.zip((0..set.n_rows()).map(is_right)));
    let gap = |bin: &ReliabilityBin| (bin.confidence - bin.accuracy).abs() * bin.n_maps as f64;
    Ok(Evaluation {
        n_maps: set.n_rows(),
        top_1: share(&is_right),
        top_3: share(&|idx| rankings[idx].iter().take(3).any(|&label| label == first[idx])),
        top_1_any_label: share(&|idx| is_right(idx) || set.also()[idx].contains(&answers[idx])),
        log_loss: losses.sum::<f64>() / n,
        macro_f1: labels.iter().map(|label| label.f1).sum::<f64>() / labels.len() as f64,
        calibration_error: reliability.iter().map(gap).sum::<f64>() / n,
        labels,
        confusion,
        reliability,
    })
}

fn confusion(answers: &[usize], set: &LabelledTable) -> Vec<Vec<usize>> {
    let n_labels = set.labels().len();
    let mut confusion = vec![vec![0; n_labels]; n_labels];
    for (&answer, &label) in answers.iter().zip(set.first()) {
        confusion[label][answer] += 1;
    }
    confusion
}

fn scores(confusion: &[Vec<usize>], set: &LabelledTable) -> Vec<LabelScores> {
    let share = |part: usize, all: usize| if all == 0 { 0.0 } else { part as f64 / all as f64 };
    let score = |(idx, label): (usize, &String)| {
        let right = confusion[idx][idx];
        let n_maps: usize = confusion[idx].iter().sum();
        let n_answers: usize = confusion.iter().map(|row| row[idx]).sum();
        LabelScores {
            label: label.clone(),
            n_maps,
            precision: share(right, n_answers),
            recall: share(right, n_maps),
            f1: share(2 * right, n_maps + n_answers),
        }
    };
    set.labels().iter().enumerate().map(score).collect()
}

/// - `answers`: how sure each first answer is, and whether it is right
fn reliability(answers: impl Iterator<Item = (f64, bool)>) -> Vec<ReliabilityBin> {
    let mut bins: Vec<ReliabilityBin> = (0..N_BINS)
        .map(|idx| ReliabilityBin {
            from: idx as f64 / N_BINS as f64,
            n_maps: 0,
            confidence: 0.0,
            accuracy: 0.0,
        })
        .collect();
    for (sure, is_right) in answers {
        let place = (libm::ceil(sure * N_BINS as f64) as usize).clamp(1, N_BINS) - 1;
        bins[place].n_maps += 1;
        bins[place].confidence += sure;
        bins[place].accuracy += f64::from(u8::from(is_right));
    }
    for bin in bins.iter_mut().filter(|bin| bin.n_maps > 0) {
        bin.confidence /= bin.n_maps as f64;
        bin.accuracy /= bin.n_maps as f64;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeatureTable;

    #[test]
    fn figures_of_four_maps_by_hand() {
        let table = FeatureTable::new(vec!["a".to_owned()], vec![0.0; 4]).unwrap();
        let first = ["a", "a", "b", "c"].map(str::to_owned);
        let also = [vec![], vec!["b".to_owned()], vec![], vec![]];
        let set = LabelledTable::new(table, &first, &also, first.to_vec()).unwrap();
        let rows = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25];
        let found = evaluate(&LabelProbabilities::new(3, rows.to_vec()), &set).unwrap();
        assert_eq!((found.top_1, found.top_3, found.top_1_any_label), (0.5, 1.0, 0.75));
        assert!((found.log_loss - 1.5 * 2f64.ln()).abs() < 1e-12);
        assert_eq!(found.confusion, [[1, 1, 0], [0, 1, 0], [0, 1, 0]]);
        // F1 of a: precision 1, recall 1/2; of b: 1/3 and 1; of c: none.
        assert!((found.macro_f1 - (2.0 / 3.0 + 0.5) / 3.0).abs() < 1e-12);
        assert!(found.calibration_error.abs() < 1e-12);
        assert!(evaluate(&LabelProbabilities::new(2, rows.to_vec()), &set).is_err());
    }
}
