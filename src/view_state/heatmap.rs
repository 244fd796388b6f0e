//! What is shown and selected of the heatmap of part C.

use carto_charts::Cell;

/// Most that can be faded, in hundredths of `|r|`.
pub(crate) const MAX_FADE: u32 = 60;

/// Which cells have their value written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    /// No cell.
    Off,
    /// Cells of 0.5 and more, whatever the sign.
    Strong,
    /// Every cell.
    All,
}

impl Values {
    /// All choices, in the order of their buttons.
    pub(crate) const ALL: [Self; 3] = [Self::Off, Self::Strong, Self::All];

    /// The word on the button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Off => "Off",
            Self::Strong => "Strong",
            Self::All => "All",
        }
    }

    /// Whether the value of a cell is written in.
    pub(crate) fn shows(self, r: f64) -> bool {
        match self {
            Self::Off => false,
            Self::Strong => r.abs() >= 0.5,
            Self::All => true,
        }
    }
}

/// One latent or one channel, all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// The row of the matrix with this number.
    Latent(usize),
    /// The column of the matrix with this number.
    Channel(usize),
}

/// What an element of the heatmap stands for, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeatmapPart {
    /// A cell of the matrix.
    Cell(Cell),
    /// The name of a latent or a channel.
    Line(Line),
}

impl HeatmapPart {
    /// `heat-9-7`, `heat-latent-9`, `heat-channel-7`.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Cell(Cell { dim, channel }) => format!("heat-{dim}-{channel}"),
            Self::Line(Line::Latent(dim)) => format!("heat-latent-{dim}"),
            Self::Line(Line::Channel(channel)) => format!("heat-channel-{channel}"),
        }
    }

    /// The reverse of [`Self::id`].
    pub(crate) fn of_id(id: &str) -> Option<Self> {
        let (first, second) = id.strip_prefix("heat-")?.split_once('-')?;
        let second = second.parse().ok()?;
        Some(match first {
            "latent" => Self::Line(Line::Latent(second)),
            "channel" => Self::Line(Line::Channel(second)),
            dim => Self::Cell(Cell { dim: dim.parse().ok()?, channel: second }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_say_what_they_stand_for() {
        for part in [
            HeatmapPart::Cell(Cell { dim: 31, channel: 8 }),
            HeatmapPart::Line(Line::Latent(9)),
            HeatmapPart::Line(Line::Channel(0)),
        ] {
            assert_eq!(HeatmapPart::of_id(&part.id()), Some(part));
        }
        for other in ["", "heat", "heat-3", "heat-x-1", "channel-3", "heat-1--2"] {
            assert_eq!(HeatmapPart::of_id(other), None, "{other}");
        }
    }
}
