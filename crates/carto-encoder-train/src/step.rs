use super::{AdversarialParts, LossParts};

/// What one step did.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMetrics {
    /// Counted from 0.
    pub step: u64,
    /// Of the batch, before the weights changed.
    pub loss: LossParts,
    /// Of the batch's adversarial part, in steps that have one.
    pub adversarial: Option<AdversarialParts>,
    /// Used for the change.
    pub learning_rate: f64,
    /// Norm of all gradients together, before they were clipped.
    pub grad_norm: f64,
}
