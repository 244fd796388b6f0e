//! What stands for the commands that train, in a build without the feature `train`.

use anyhow::{Result, bail};

use crate::args::{CrossVal, Evaluate, HOW_TO_GET_TRAINING, Pack, TrainEncoder};
use crate::classifier::TrainClassifier;

pub(crate) fn pack(_args: &Pack) -> Result<()> {
    left_out("pack")
}

pub(crate) fn train_encoder(_args: &TrainEncoder) -> Result<()> {
    left_out("train encoder")
}

pub(crate) fn train_classifier(_args: &TrainClassifier) -> Result<()> {
    left_out("train classifier")
}

pub(crate) fn evaluate(_args: &Evaluate) -> Result<()> {
    left_out("evaluate")
}

pub(crate) fn cross_validate(_args: &CrossVal) -> Result<()> {
    left_out("crossval")
}

/// One line that says how to get the command.
fn left_out(command: &str) -> Result<()> {
    bail!("this carto was built without `carto {command}`: {HOW_TO_GET_TRAINING}")
}
