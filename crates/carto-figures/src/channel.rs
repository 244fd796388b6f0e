//! What a figure says about a channel beside its name.

use carto_types::SignalChannel;

/// The group that a channel is listed under.
pub(crate) fn family(channel: SignalChannel) -> &'static str {
    match channel {
        SignalChannel::Onset | SignalChannel::Combo => "Timing",
        SignalChannel::Slide | SignalChannel::Sustain => "Sustain",
        SignalChannel::Whistle | SignalChannel::Finish | SignalChannel::Clap => "Hitsounds",
        SignalChannel::X | SignalChannel::Y => "Space",
    }
}

/// What it listens to, in the words of the page.
pub(crate) fn listens(channel: SignalChannel) -> &'static str {
    match channel {
        SignalChannel::Onset => "when anything is hit",
        SignalChannel::Combo => "where a combo starts",
        SignalChannel::Slide => "how far along a slider",
        SignalChannel::Sustain => "something is held",
        SignalChannel::Whistle => "whistle hitsound",
        SignalChannel::Finish => "finish hitsound",
        SignalChannel::Clap => "clap hitsound",
        SignalChannel::X => "cursor, left to right",
        SignalChannel::Y => "cursor, top to bottom",
    }
}

/// The channel of this name, as result files spell it.
pub(crate) fn named(name: &str) -> Option<SignalChannel> {
    SignalChannel::ALL.into_iter().find(|channel| channel.name() == name)
}

/// Its row in the signal.
pub(crate) fn position(channel: SignalChannel) -> Option<usize> {
    SignalChannel::ALL.iter().position(|&other| other == channel)
}
