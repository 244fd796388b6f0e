use carto_types::SignalChannel;

use super::other_nulls::{NullRejections, null_rejections};
use super::planted_agreement::{PlantedAgreement, planted};
use super::planted_lags::{PlantedLags, planted_lags};
use super::scenes::{SimulationPair, scenes};
use super::sets::SimulationRules;
use super::truths::{TruthFigures, of_events};
use super::whole_maps::of_channels;

/// One channel under every truth.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelSimulation {
    /// The channel.
    pub channel: SignalChannel,
    /// In the order of [`Truth::ALL`](super::Truth::ALL); without those that cannot be made for the channel.
    pub truths: Vec<TruthFigures>,
    /// Planted agreement by its size; empty for channels that are no events.
    pub planted: Vec<PlantedAgreement>,
}

/// What a simulation gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// Pairs with at least 16 bars.
    pub n_pairs: u32,
    /// Their songs.
    pub n_songs: u32,
    /// Channels that are judged by phi: ONSET, COMBO and CLAP; then those that are judged by the
    /// excess over permuted bars. WHISTLE and FINISH are too rare.
    pub channels: Vec<ChannelSimulation>,
    /// Planted offsets and beats.
    pub lags: PlantedLags,
    /// ONSET and COMBO against maps of other songs, by other nulls too.
    pub nulls: Vec<NullRejections>,
}

/// Makes pairs of known truth of real ones, and judges sets of them.
///
/// - `pairs`: steady, of the class aligned; others are left out
#[must_use]
pub fn simulate(pairs: &[SimulationPair<'_>], rules: SimulationRules) -> Simulation {
    use SignalChannel::{Clap, Combo, Onset, Slide, Sustain, X, Y};
    let scenes = scenes(pairs);
    let mut songs: Vec<u32> = scenes.iter().map(|scene| scene.pair.song_idx).collect();
    songs.sort_unstable();
    songs.dedup();
    let events = [Onset, Combo, Clap].map(|channel| ChannelSimulation {
        channel,
        truths: of_events(&scenes, channel, rules),
        planted: planted(&scenes, channel, rules),
    });
    let others = of_channels(&scenes, [Slide, Sustain, X, Y], rules);
    let others = others.into_iter().map(|(channel, truths)| ChannelSimulation {
        channel,
        truths,
        planted: Vec::new(),
    });
    Simulation {
        n_pairs: scenes.len() as u32,
        n_songs: songs.len() as u32,
        channels: events.into_iter().chain(others).collect(),
        lags: planted_lags(&scenes, rules.seed),
        nulls: [Onset, Combo]
            .into_iter()
            .filter_map(|channel| null_rejections(&scenes, channel, rules.seed))
            .collect(),
    }
}
