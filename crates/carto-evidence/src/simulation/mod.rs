//! Whether verdicts and intervals hold: pairs of which the truth is known, made of real maps.
//!
//! [`simulate`] takes pairs that are steady and aligned. Of each it keeps the first 80 s of
//! bars, and holds A against maps of which the truth is known ([`Truth`]); against B itself at
//! lags that it plants; and against another song's map with some of A's bars in it. Sets of the
//! values are drawn, and their verdicts counted, beside those of the published rule.
//! [`coverage`] asks how often the intervals hold the truth.
//!
//! Everything is drawn from a seed, so that two runs give the same numbers. It takes a minute
//! on a few dozen songs, and no page runs it.

mod coverage;
mod events;
mod other_nulls;
mod planted_agreement;
mod planted_lags;
mod run;
mod scenes;
mod sets;
mod truths;
mod whole_maps;

pub use coverage::{Coverage, coverage};
pub use other_nulls::NullRejections;
pub use planted_agreement::{PlantedAgreement, Power};
pub use planted_lags::{LagOutcomes, PlantedLags};
pub use run::{ChannelSimulation, Simulation, simulate};
pub use scenes::SimulationPair;
pub use sets::{SetShares, Share, SimulationRules, called_perceptual, shares_of_sets};
pub use truths::{Truth, TruthFigures};
