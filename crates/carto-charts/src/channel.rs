//! The words for the nine channels.

use carto_types::SignalChannel;

use crate::number::NO_VALUE;

/// What is said of a channel beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelLabels {
    /// The name, as in result files.
    pub name: &'static str,
    /// The name in narrow columns.
    pub abbr: &'static str,
    /// The group that it is listed under, with its neighbours.
    pub family: &'static str,
    /// What it measures, as the end of its name: `ONSET when anything is hit`.
    pub listens: &'static str,
    /// What it measures, as a sentence.
    pub explained: &'static str,
    /// The class of its colour in the page's stylesheet.
    pub swatch: &'static str,
}

/// The labels of all channels, in the order of the signal's rows.
pub const CHANNELS: [ChannelLabels; SignalChannel::COUNT] = [
    ChannelLabels {
        name: SignalChannel::Onset.name(),
        abbr: "ON",
        family: "Timing",
        listens: "when anything is hit",
        explained: "The moment of every circle, slider head and spinner.",
        swatch: "swatch swatch--onset",
    },
    ChannelLabels {
        name: SignalChannel::Combo.name(),
        abbr: "CO",
        family: "Timing",
        listens: "where a combo starts",
        explained: "Only the objects that start a new combo.",
        swatch: "swatch swatch--combo",
    },
    ChannelLabels {
        name: SignalChannel::Slide.name(),
        abbr: "SL",
        family: "Sustain",
        listens: "how far along a slider",
        explained: "Rises as the ball runs to the tail, falls as it returns.",
        swatch: "swatch swatch--slide",
    },
    ChannelLabels {
        name: SignalChannel::Sustain.name(),
        abbr: "SU",
        family: "Sustain",
        listens: "something is held",
        explained: "High for as long as a slider or a spinner lasts.",
        swatch: "swatch swatch--sustain",
    },
    ChannelLabels {
        name: SignalChannel::Whistle.name(),
        abbr: "WH",
        family: "Hitsounds",
        listens: "whistle hitsound",
        explained: "The objects with a whistle.",
        swatch: "swatch swatch--whistle",
    },
    ChannelLabels {
        name: SignalChannel::Finish.name(),
        abbr: "FI",
        family: "Hitsounds",
        listens: "finish hitsound",
        explained: "The objects with a finish.",
        swatch: "swatch swatch--finish",
    },
    ChannelLabels {
        name: SignalChannel::Clap.name(),
        abbr: "CL",
        family: "Hitsounds",
        listens: "clap hitsound",
        explained: "The objects with a clap.",
        swatch: "swatch swatch--clap",
    },
    ChannelLabels {
        name: SignalChannel::X.name(),
        abbr: "X",
        family: "Space",
        listens: "cursor, left to right",
        explained: "Where the cursor is, from the left to the right.",
        swatch: "swatch swatch--x",
    },
    ChannelLabels {
        name: SignalChannel::Y.name(),
        abbr: "Y",
        family: "Space",
        listens: "cursor, top to bottom",
        explained: "Where the cursor is, from the top to the bottom.",
        swatch: "swatch swatch--y",
    },
];

/// The name of a channel by its row in the signal; [`NO_VALUE`] for a row that there is not.
#[must_use]
pub fn channel_name(channel: usize) -> &'static str {
    CHANNELS.get(channel).map_or(NO_VALUE, |channel| channel.name)
}

/// The family whose first channel has this row in the signal.
#[must_use]
pub fn family_opened_by(channel: usize) -> Option<&'static str> {
    let family = CHANNELS.get(channel)?.family;
    let before = channel.checked_sub(1).and_then(|before| CHANNELS.get(before));
    (before.map(|before| before.family) != Some(family)).then_some(family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_opened_once() {
        let opened: Vec<_> = (0..10).filter_map(family_opened_by).collect();
        assert_eq!(opened, ["Timing", "Sustain", "Hitsounds", "Space"]);
        assert_eq!(family_opened_by(7), Some("Space"));
    }

    #[test]
    fn channels_are_named_by_their_row() {
        assert_eq!((channel_name(6), channel_name(9)), ("CLAP", "none"));
    }
}
