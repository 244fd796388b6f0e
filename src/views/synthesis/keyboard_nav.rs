//! Moving over the heatmap with the keyboard, and what is selected there.

use carto_charts::{CHANNELS, Cell, Places};

use crate::view_state::Line;

/// How the heatmap is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Latents in columns.
    Wide,
    /// Latents in rows.
    Narrow,
}

/// Where a key leads from a cell; `None` for keys that move nothing.
pub(crate) fn step(cell: Cell, key: &str, drawing: Drawing, places: &Places) -> Option<Cell> {
    let last = places.n_dims().saturating_sub(1);
    let place = places.of(cell.dim);
    let latent = |place: usize| Cell { dim: places.dim_at(place), ..cell };
    let channel = |channel: usize| Cell { channel: channel.min(CHANNELS.len() - 1), ..cell };
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
        (Drawing::Narrow, "End") => channel(CHANNELS.len()),
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

#[cfg(test)]
mod tests {
    use carto_charts::LatentOrder;

    use super::*;

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
}
