use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::job::{Job, inputs};
use super::{ClassifierConfig, EpochReport, JobResult};
use crate::calibration::decimals;
use crate::model::mean_probabilities;
use crate::perceptron::Perceptron;
use crate::preparation::Preparation;
use crate::{
    About, Calibration, Classifier, ClassifierError, Evaluation, LabelProbabilities, LabelRanges,
    LabelledTable, Parts, evaluate, folds,
};

/// The fold of a map to train on alone, whose song no fold has.
const NO_FOLD: usize = usize::MAX;

/// A training as a list of jobs.
pub struct Training {
    config: ClassifierConfig,
    /// Without the songs that are held out.
    set: LabelledTable,
    /// Places in `set` of the maps that are evaluated on.
    evaluated: Vec<usize>,
    /// `[n_rows]` of `set`; empty without a cross-validation.
    folds: Vec<usize>,
    jobs: Vec<Job>,
}

/// What a training gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    /// The classifier, rounded as its file holds it.
    pub classifier: Classifier,
    /// Calibrated answers for the maps of each fold by perceptrons that had not seen
    /// their songs; `None` without a cross-validation.
    pub cross_validated: Option<Evaluation>,
    /// That evaluation before calibration.
    pub uncalibrated: Option<Evaluation>,
    /// Epochs after which weights were taken, of each kept perceptron.
    pub n_epochs: Vec<usize>,
}

impl Training {
    /// Maps of `set` on both sides of the split that the configuration asks for.
    #[must_use]
    pub fn parts(config: &ClassifierConfig, set: &LabelledTable) -> Parts {
        set.parts(config.held_out_share, config.seed)
    }

    /// Plans a training on the songs of `set` that are not held out.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Config`]; [`ClassifierError::Labels`] where less than two
    /// songs are left, or fewer than the cross-validation needs.
    pub fn new(config: ClassifierConfig, set: &LabelledTable) -> Result<Self, ClassifierError> {
        config.validate()?;
        let set = set.subset(&Self::parts(&config, set).training);
        let evaluated = set.evaluated();
        let n_songs = set.subset(&evaluated).n_songs();
        let needed = config.n_folds.max(2);
        if n_songs < needed {
            let reason = format!("they are of {n_songs} songs, {needed} are the least");
            return Err(ClassifierError::Labels { reason });
        }
        let n_folds = if config.n_folds < 2 { 0 } else { config.n_folds };
        let folds = if n_folds == 0 {
            Vec::new()
        } else {
            folds_of(&set, &evaluated, n_folds, config.seed)
        };
        let of_fold = |fold| {
            (0..config.n_fold_perceptrons).map(move |member| Job { fold: Some(fold), member })
        };
        let kept = (0..config.n_perceptrons).map(|member| Job { fold: None, member });
        let jobs = (0..n_folds).flat_map(of_fold).chain(kept).collect();
        Ok(Self { config, set, evaluated, folds, jobs })
    }

    /// Number of jobs.
    #[must_use]
    pub fn n_jobs(&self) -> usize {
        self.jobs.len()
    }

    /// Number of maps that are trained on.
    #[must_use]
    pub fn n_maps(&self) -> usize {
        self.set.n_rows()
    }

    /// Runs one job; in any order, any number of times, on any thread.
    ///
    /// - `idx`: in `0..n_jobs`
    /// - `report`: after each epoch; what breaks stops the job
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Diverged`], [`ClassifierError::Device`],
    /// [`ClassifierError::Stopped`]; [`ClassifierError::Shape`] for a job that is not
    /// there.
    pub fn run(
        &self,
        idx: usize,
        report: &mut dyn FnMut(&EpochReport) -> ControlFlow<()>,
    ) -> Result<JobResult, ClassifierError> {
        let expected = self.jobs.len();
        let job = self.jobs.get(idx).copied();
        let job = job.ok_or(ClassifierError::Shape { what: "jobs", found: idx, expected })?;
        let set = self.learnt_in(job.fold);
        job.run(&self.config, &self.preparation(&set), &set, report)
    }

    /// Makes a classifier of what all jobs gave, calibrated on the cross-validation.
    ///
    /// - `results`: `[n_jobs]`, in the order of the jobs
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`] for another number of results.
    pub fn finish(&self, results: &[JobResult]) -> Result<Trained, ClassifierError> {
        if results.len() != self.jobs.len() {
            return Err(ClassifierError::Shape {
                what: "results of jobs",
                found: results.len(),
                expected: self.jobs.len(),
            });
        }
        let kept: Vec<&JobResult> = self.results_of(results, None);
        let n_epochs = kept.iter().map(|result| result.n_epochs).collect();
        let perceptrons = kept.into_iter().map(|result| result.perceptron.clone()).collect();
        let unseen = self.unseen(results);
        let evaluated = self.set.subset(&self.evaluated);
        let found =
            unseen.as_ref().map(|unseen| Calibration::fit(unseen, &evaluated)).transpose()?;
        let score = |found: LabelProbabilities| evaluate(&found, &evaluated);
        let calibrated = unseen.as_ref().zip(found).map(|(unseen, by)| by.apply(unseen));
        let cross_validated = calibrated.map(score).transpose()?;
        let classifier = Classifier {
            labels: self.set.labels().to_vec(),
            preparation: self.preparation(&self.set),
            shape: self.config.shape.clone(),
            perceptrons,
            calibration: found.unwrap_or(Calibration::NONE),
            about: self.about(&evaluated, cross_validated.as_ref()),
            ranges: Some(self.ranges()),
        };
        Ok(Trained {
            classifier: classifier.rounded(),
            uncalibrated: unseen.map(score).transpose()?,
            cross_validated,
            n_epochs,
        })
    }

    /// What is typical of each label among the maps that are trained on, as they were labelled:
    /// without mods.
    #[must_use]
    pub fn ranges(&self) -> LabelRanges {
        LabelRanges::of(&self.set.subset(&self.evaluated))
    }

    fn about(&self, evaluated: &LabelledTable, cross_validated: Option<&Evaluation>) -> About {
        About {
            seed: self.config.seed,
            held_out_share: decimals(self.config.held_out_share, 6),
            n_maps: evaluated.n_rows(),
            n_songs: evaluated.n_songs(),
            cross_validated_top_1: cross_validated.map(|found| decimals(found.top_1, 4)),
            cross_validated_log_loss: cross_validated.map(|found| decimals(found.log_loss, 4)),
            note: None,
        }
    }

    /// The set without a fold.
    fn learnt_in(&self, fold: Option<usize>) -> LabelledTable {
        let Some(fold) = fold else { return self.set.clone() };
        let others = (0..self.set.n_rows()).filter(|&idx| self.folds[idx] != fold);
        self.set.subset(&others.collect::<Vec<_>>())
    }

    fn preparation(&self, set: &LabelledTable) -> Preparation {
        Preparation::fit(set.table(), self.config.is_derived)
    }

    fn results_of<'a>(&self, results: &'a [JobResult], fold: Option<usize>) -> Vec<&'a JobResult> {
        let jobs = self.jobs.iter().zip(results);
        jobs.filter(|(job, _)| job.fold == fold).map(|(_, result)| result).collect()
    }

    /// Answers for each map to evaluate on, by the perceptrons that had not seen its fold,
    /// before calibration; `None` without folds.
    fn unseen(&self, results: &[JobResult]) -> Option<LabelProbabilities> {
        let fold_of = |place: usize| self.folds.get(self.evaluated[place]).copied();
        let n_folds = (0..self.evaluated.len()).filter_map(fold_of).max()? + 1;
        let n_labels = self.set.labels().len();
        let mut values = vec![0.0; self.evaluated.len() * n_labels];
        for fold in 0..n_folds {
            let found = self.results_of(results, Some(fold));
            let perceptrons: Vec<Perceptron> =
                found.into_iter().map(|result| result.perceptron.clone()).collect();
            let preparation = self.preparation(&self.learnt_in(Some(fold)));
            let places: Vec<usize> =
                (0..self.evaluated.len()).filter(|&place| fold_of(place) == Some(fold)).collect();
            let rows: Vec<usize> = places.iter().map(|&place| self.evaluated[place]).collect();
            let inputs = inputs(&preparation, &self.set.subset(&rows));
            for (place, inputs) in places.into_iter().zip(inputs) {
                let shares = mean_probabilities(&perceptrons, &self.config.shape, &inputs);
                values[place * n_labels..(place + 1) * n_labels].copy_from_slice(&shares);
            }
        }
        Some(LabelProbabilities::new(n_labels, values))
    }
}

/// The fold of each map, `[n_rows]`: songs of maps to evaluate on are dealt out, and all other maps of a song
/// are in its fold.
fn folds_of(set: &LabelledTable, evaluated: &[usize], n_folds: usize, seed: u64) -> Vec<usize> {
    let songs: Vec<&str> = evaluated.iter().map(|&idx| set.songs()[idx].as_str()).collect();
    let first: Vec<usize> = evaluated.iter().map(|&idx| set.first()[idx]).collect();
    let dealt = folds(&songs, &first, n_folds, seed);
    let fold_of: BTreeMap<&str, usize> = songs.into_iter().zip(dealt).collect();
    let fold = |song: &String| fold_of.get(song.as_str()).copied().unwrap_or(NO_FOLD);
    set.songs().iter().map(fold).collect()
}
