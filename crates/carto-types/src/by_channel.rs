//! One value for each channel, or for each of the channels that are events.

use serde::{Deserialize, Serialize};

use crate::SignalChannel;

/// One value for each of the nine channels.
///
/// In files and messages it is an object with the channels' names, `ONSET` to `Y`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "NineNames<T>", into = "NineNames<T>")]
#[serde(bound(serialize = "T: Serialize + Clone", deserialize = "T: Deserialize<'de>"))]
pub struct ByChannel<T>([T; SignalChannel::COUNT]);

impl<T> ByChannel<T> {
    /// The values that a function has for the channels, asked in their order.
    pub fn from_fn(value_of: impl FnMut(SignalChannel) -> T) -> Self {
        Self(SignalChannel::ALL.map(value_of))
    }

    /// The value of a channel.
    #[must_use]
    pub fn get(&self, channel: SignalChannel) -> &T {
        &self.0[channel as usize]
    }

    /// The value of a channel, to be changed.
    pub fn get_mut(&mut self, channel: SignalChannel) -> &mut T {
        &mut self.0[channel as usize]
    }

    /// Channels with their values, in the order of [`SignalChannel::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (SignalChannel, &T)> {
        SignalChannel::ALL.into_iter().zip(&self.0)
    }

    /// What a function makes of each channel's value.
    pub fn map<U>(&self, made_of: impl FnMut(&T) -> U) -> ByChannel<U> {
        ByChannel(self.0.each_ref().map(made_of))
    }
}

/// One value for each channel that is a series of events: [`SignalChannel::EVENTS`].
///
/// In files and messages it is an object with the channels' names.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "FiveNames<T>", into = "FiveNames<T>")]
#[serde(bound(serialize = "T: Serialize + Clone", deserialize = "T: Deserialize<'de>"))]
pub struct ByEventChannel<T>([T; SignalChannel::EVENTS.len()]);

impl<T> ByEventChannel<T> {
    /// The values that a function has for the channels of events, asked in their order.
    pub fn from_fn(value_of: impl FnMut(SignalChannel) -> T) -> Self {
        Self(SignalChannel::EVENTS.map(value_of))
    }

    /// The value of a channel; `None` for one that is no series of events.
    #[must_use]
    pub fn get(&self, channel: SignalChannel) -> Option<&T> {
        self.iter().find(|&(event_channel, _)| event_channel == channel).map(|(_, value)| value)
    }

    /// Channels with their values, in the order of [`SignalChannel::EVENTS`].
    pub fn iter(&self) -> impl Iterator<Item = (SignalChannel, &T)> {
        SignalChannel::EVENTS.into_iter().zip(&self.0)
    }

    /// What a function makes of each channel's value.
    pub fn map<U>(&self, made_of: impl FnMut(&T) -> U) -> ByEventChannel<U> {
        ByEventChannel(self.0.each_ref().map(made_of))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct NineNames<T> {
    onset: T,
    combo: T,
    slide: T,
    sustain: T,
    whistle: T,
    finish: T,
    clap: T,
    x: T,
    y: T,
}

impl<T> From<NineNames<T>> for ByChannel<T> {
    fn from(names: NineNames<T>) -> Self {
        let NineNames { onset, combo, slide, sustain, whistle, finish, clap, x, y } = names;
        Self([onset, combo, slide, sustain, whistle, finish, clap, x, y])
    }
}

impl<T> From<ByChannel<T>> for NineNames<T> {
    fn from(values: ByChannel<T>) -> Self {
        let [onset, combo, slide, sustain, whistle, finish, clap, x, y] = values.0;
        Self { onset, combo, slide, sustain, whistle, finish, clap, x, y }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct FiveNames<T> {
    onset: T,
    combo: T,
    whistle: T,
    finish: T,
    clap: T,
}

impl<T> From<FiveNames<T>> for ByEventChannel<T> {
    fn from(names: FiveNames<T>) -> Self {
        let FiveNames { onset, combo, whistle, finish, clap } = names;
        Self([onset, combo, whistle, finish, clap])
    }
}

impl<T> From<ByEventChannel<T>> for FiveNames<T> {
    fn from(values: ByEventChannel<T>) -> Self {
        let [onset, combo, whistle, finish, clap] = values.0;
        Self { onset, combo, whistle, finish, clap }
    }
}
