//! Moving over the heatmap with the keyboard, and what is selected there.

use super::matrix::{Cell, N_CHANNELS};
use crate::views::latents::Places;

/// How the heatmap is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Latents in columns.
    Wide,
    /// Latents in rows.
    Narrow,
}

/// One latent or one channel, all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// The row of the matrix with this number.
    Latent(usize),
    /// The column of the matrix with this number.
    Channel(usize),
}

/// Where a key leads from a cell; `None` for keys that move nothing.
pub(crate) fn step(cell: Cell, key: &str, drawing: Drawing, places: &Places) -> Option<Cell> {
    let last = places.len().saturating_sub(1);
    let place = places.of(cell.dim);
    let latent = |place: usize| Cell { dim: places.dim_at(place), ..cell };
    let channel = |channel: usize| Cell { channel: channel.min(N_CHANNELS - 1), ..cell };
    let (before, after) = ((place.saturating_sub(1)), (place + 1).min(last));
    Some(match (drawing, key) {
        (Drawing::Wide, "ArrowLeft") | (Drawing::Narrow, "ArrowUp") => latent(before),
        (Drawing::Wide, "ArrowRight") | (Drawing::Narrow, "ArrowDown") => latent(after),
        (Drawing::Wide, "ArrowUp") | (Drawing::Narrow, "ArrowLeft") => {
            channel(cell.channel.saturating_sub(1))
        }
        (Drawing::Wide, "ArrowDown") | (Drawing::Narrow, "ArrowRight") => channel(cell.channel + 1),
        (Drawing::Wide, "Home") => latent(0),
        (Drawing::Wide, "End") => latent(last),
        (Drawing::Narrow, "Home") => channel(0),
        (Drawing::Narrow, "End") => channel(N_CHANNELS),
        _ => return None,
    })
}

/// Enter selects the latent of a cell, once more its channel, then nothing.
pub(crate) fn enter(selected: Option<Line>, cell: Cell) -> Option<Line> {
    match selected {
        Some(Line::Latent(dim)) if dim == cell.dim => Some(Line::Channel(cell.channel)),
        Some(Line::Channel(channel)) if channel == cell.channel => None,
        _ => Some(Line::Latent(cell.dim)),
    }
}

/// What an element of the heatmap stands for, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A cell.
    Cell(Cell),
    /// The name of a latent or a channel.
    Line(Line),
}

impl Part {
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
    use crate::views::latents::LatentOrder;

    fn walk(from: (usize, usize), key: &str, drawing: Drawing) -> Option<(usize, usize)> {
        let places = Places::new(LatentOrder::Agreement, &[2, 0, 1], 3);
        let cell = Cell { dim: from.0, channel: from.1 };
        step(cell, key, drawing, &places).map(|cell| (cell.dim, cell.channel))
    }

    #[test]
    fn arrows_follow_the_drawing_and_the_order() {
        assert_eq!(walk((2, 4), "ArrowRight", Drawing::Wide), Some((0, 4)));
        assert_eq!(walk((2, 4), "ArrowLeft", Drawing::Wide), Some((2, 4)));
        assert_eq!(walk((2, 4), "ArrowDown", Drawing::Wide), Some((2, 5)));
        assert_eq!(walk((2, 4), "ArrowDown", Drawing::Narrow), Some((0, 4)));
        assert_eq!(walk((2, 8), "ArrowRight", Drawing::Narrow), Some((2, 8)));
        assert_eq!(walk((0, 0), "ArrowUp", Drawing::Wide), Some((0, 0)));
        assert_eq!(walk((0, 0), "a", Drawing::Wide), None);
    }

    #[test]
    fn home_and_end_go_to_the_ends_of_what_is_a_row_there() {
        assert_eq!(walk((0, 4), "Home", Drawing::Wide), Some((2, 4)));
        assert_eq!(walk((0, 4), "End", Drawing::Wide), Some((1, 4)));
        assert_eq!(walk((0, 4), "Home", Drawing::Narrow), Some((0, 0)));
        assert_eq!(walk((0, 4), "End", Drawing::Narrow), Some((0, 8)));
    }

    #[test]
    fn enter_goes_round() {
        let cell = Cell { dim: 3, channel: 7 };
        let latent = enter(None, cell);
        assert_eq!(latent, Some(Line::Latent(3)));
        let channel = enter(latent, cell);
        assert_eq!(channel, Some(Line::Channel(7)));
        assert_eq!(enter(channel, cell), None);
        assert_eq!(enter(Some(Line::Latent(1)), cell), Some(Line::Latent(3)));
    }

    #[test]
    fn ids_say_what_they_stand_for() {
        for part in [
            Part::Cell(Cell { dim: 31, channel: 8 }),
            Part::Line(Line::Latent(9)),
            Part::Line(Line::Channel(0)),
        ] {
            assert_eq!(Part::of_id(&part.id()), Some(part));
        }
        for other in ["", "heat", "heat-3", "heat-x-1", "channel-3", "heat-1--2"] {
            assert_eq!(Part::of_id(other), None, "{other}");
        }
    }
}
