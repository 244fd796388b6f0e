//! The commands that a build with the feature `train` has.

pub(crate) use crate::classifier::train as train_classifier;
pub(crate) use crate::crossval::run as cross_validate;
pub(crate) use crate::evaluate::run as evaluate;
pub(crate) use crate::train::run as train_encoder;
pub(crate) use crate::training_set::pack;
