//! Training with all cores: jobs side by side.

use std::ops::ControlFlow;

use anyhow::Result;
use carto_classifier::LabelledTable;
use carto_classifier::train::{ClassifierConfig, Trained, Training};
use rayon::prelude::*;

use crate::terminal;

/// Trains on what the configuration does not hold out.
pub(super) fn learn(
    stage: &'static str,
    config: &ClassifierConfig,
    set: &LabelledTable,
) -> Result<Trained> {
    let training = Training::new(config.clone(), set)?;
    let bar = terminal::progress_bar(stage, training.n_jobs() * config.n_epochs);
    let run = |idx: usize| {
        let mut n_done = 0;
        let result = training.run(idx, &mut |_| {
            bar.inc(1);
            n_done += 1;
            ControlFlow::Continue(())
        });
        // What stops early leaves epochs out.
        bar.inc((config.n_epochs - n_done) as u64);
        result
    };
    let results = (0..training.n_jobs()).into_par_iter().map(run).collect::<Result<Vec<_>, _>>();
    bar.finish_and_clear();
    Ok(training.finish(&results?)?)
}
