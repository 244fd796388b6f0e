//! How much of an agreement is more than a shared grid: evidence for a pair of maps, and for
//! the songs of a set.
//!
//! [`EvidenceMap`] is a map with what its comparisons share. [`Alignment`] says by how much
//! the times of two maps lie apart, [`compare_pair`] measures the pair as it is and
//! aligned, frame by frame ([`compare_span`]) and bar by bar ([`MapOnBars`]): there
//! against all shifts by whole bars ([`bar_pearson`], [`phi`], [`bar_f_measure`]) and
//! against maps of other songs. What is found is a [`carto_types::PairEvidence`]. [`PairFrames`] has
//! both on their frames, for any stretch of the song.
//!
//! [`evidence_of_set`] says what all pairs of a run say together, each song counting once: means
//! with intervals ([`mean_over_songs`]), a verdict, the place between what a grid gives and what
//! one mapper repeats ([`placement`]), and how agreement changes with counts of objects
//! ([`counts_line`]). Other tables, as of latents, go through [`evidence_of_table`].
//! [`simulation`] asks whether verdicts and intervals hold.
//!
//! A function of its arguments: nothing is drawn at random but in the simulation, from a seed,
//! and sums run in one order.

mod audio_alignment;
mod bar_onsets;
mod bars;
mod counts;
mod dimension;
mod effective_share;
mod lag;
mod latent_span;
mod latent_tables;
mod latents_on_bars;
mod map;
mod movement;
mod objects;
mod on_bars;
mod over_songs;
mod pair;
mod pair_frames;
mod phi;
mod placement;
mod set;
mod shifts;
mod sign_flip;
pub mod simulation;
mod slots;
mod song_values;
mod spacing;
mod span;
mod statistics;
mod student_t;
mod tempo;

pub use bar_onsets::bar_f_measure;
pub use bars::Bars;
pub use counts::{CountedPair, counts_line, has_like_counts, is_possible_copy, log_ratio};
pub use dimension::{Dimension, DimensionPair, TableRules, evidence_of_table};
pub use lag::Alignment;
pub use latent_span::{compare_latent_span, latents_on};
pub use latent_tables::{LatentSetPair, latent_tables};
pub use latents_on_bars::SignalsOnBars;
pub use map::{EvidenceError, EvidenceMap};
pub use movement::MapMovement;
pub use on_bars::MapOnBars;
pub use over_songs::{influences, mean_over_songs, untested_mean, verdict};
pub use pair::{OtherSong, compare_pair, compare_pair_with_shifts};
pub use pair_frames::PairFrames;
pub use phi::{phi, phi_of_shifts, phi_on};
pub use placement::placement;
pub use set::{SetPair, evidence_of_set};
pub use shifts::{bar_pearson, bar_shifts};
pub use sign_flip::{benjamini_hochberg, sign_flip_p};
pub use slots::SlotRows;
pub use song_values::SongValues;
pub use span::compare_span;
pub use student_t::{critical_t, two_sided_p};
pub use tempo::{MainTempo, is_usable_beat, wrap};
