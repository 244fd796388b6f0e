use std::f64::consts::PI;

use super::TrainConfig;

/// The learning rate of a step: a straight rise from zero, then half a cosine
/// down to the configured share.
///
/// - `step`: counted from 0
pub(super) fn learning_rate(config: &TrainConfig, step: u64) -> f64 {
    let highest = config.learning_rate;
    if step < config.warm_up_steps {
        return highest * (step + 1) as f64 / config.warm_up_steps as f64;
    }
    let n_falling = config.n_steps.saturating_sub(config.warm_up_steps).max(1);
    let done = ((step - config.warm_up_steps) as f64 / n_falling as f64).min(1.0);
    let lowest = highest * config.final_rate_share;
    lowest + (highest - lowest) * 0.5 * (1.0 + libm::cos(PI * done))
}
