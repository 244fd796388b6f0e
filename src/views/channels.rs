//! The nine channels, as the page speaks of them.

/// One channel of a beatmap signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Channel {
    /// As the published tables spell it.
    pub(crate) name: &'static str,
    /// For narrow columns.
    pub(crate) abbr: &'static str,
    /// What it listens to, as the end of its name: `ONSET when anything is hit`.
    pub(crate) listens: &'static str,
    /// The same as a sentence.
    pub(crate) explained: &'static str,
    /// Class of its swatch.
    pub(crate) swatch: &'static str,
}

/// Neighbouring channels that belong together: a name, and their number.
pub(crate) const FAMILIES: [(&str, usize); 4] =
    [("Timing", 2), ("Sustain", 2), ("Hitsounds", 3), ("Space", 2)];

/// In the order of the signal's rows.
pub(crate) const CHANNELS: [Channel; 9] = [
    Channel {
        name: "ONSET",
        abbr: "ON",
        listens: "when anything is hit",
        explained: "The moment of every circle, slider head and spinner.",
        swatch: "swatch swatch--onset",
    },
    Channel {
        name: "COMBO",
        abbr: "CO",
        listens: "where a combo starts",
        explained: "Only the objects that start a new combo.",
        swatch: "swatch swatch--combo",
    },
    Channel {
        name: "SLIDE",
        abbr: "SL",
        listens: "how far along a slider",
        explained: "Rises as the ball runs to the tail, falls as it returns.",
        swatch: "swatch swatch--slide",
    },
    Channel {
        name: "SUSTAIN",
        abbr: "SU",
        listens: "something is held",
        explained: "High for as long as a slider or a spinner lasts.",
        swatch: "swatch swatch--sustain",
    },
    Channel {
        name: "WHISTLE",
        abbr: "WH",
        listens: "whistle hitsound",
        explained: "The objects with a whistle.",
        swatch: "swatch swatch--whistle",
    },
    Channel {
        name: "FINISH",
        abbr: "FI",
        listens: "finish hitsound",
        explained: "The objects with a finish.",
        swatch: "swatch swatch--finish",
    },
    Channel {
        name: "CLAP",
        abbr: "CL",
        listens: "clap hitsound",
        explained: "The objects with a clap.",
        swatch: "swatch swatch--clap",
    },
    Channel {
        name: "X",
        abbr: "X",
        listens: "cursor, left to right",
        explained: "Where the cursor is, from the left to the right.",
        swatch: "swatch swatch--x",
    },
    Channel {
        name: "Y",
        abbr: "Y",
        listens: "cursor, top to bottom",
        explained: "Where the cursor is, from the top to the bottom.",
        swatch: "swatch swatch--y",
    },
];

/// The family whose first channel this is.
pub(crate) fn family_opened_by(channel_idx: usize) -> Option<&'static str> {
    let mut first_idx = 0;
    for (name, n_channels) in FAMILIES {
        if first_idx == channel_idx {
            return Some(name);
        }
        first_idx += n_channels;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_cover_all_channels() {
        assert_eq!(FAMILIES.iter().map(|(_, n)| n).sum::<usize>(), CHANNELS.len());
        let opened: Vec<_> = (0..CHANNELS.len()).filter_map(family_opened_by).collect();
        assert_eq!(opened, ["Timing", "Sustain", "Hitsounds", "Space"]);
        assert_eq!(family_opened_by(7), Some("Space"));
    }
}
