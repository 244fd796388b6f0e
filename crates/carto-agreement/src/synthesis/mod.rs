//! How latents and the nine channels go together.
//!
//! [`couple`] looks at one map, [`mean_coupling`] averages over maps, and
//! [`sign_agreement`] asks which channels go with the latents in one sense.

mod binomial;
mod coupling;
mod signs;

pub use binomial::binomial_tail;
pub use coupling::{Coupling, couple, mean_coupling, strongest_channels};
pub use signs::{SignAgreement, SynthesisConfig, by_p_value, sign_agreement};
