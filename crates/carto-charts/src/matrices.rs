//! The charts of part C: latents against channels, and channels among themselves.

use carto_types::{SignalChannel, Synthesis, TrackB};

use crate::channel::{CHANNELS, channel_name};
use crate::matrix::{Cell, Sampling, closest_channels, row_cells, row_text, strongest, value};
use crate::number::{counted, fixed, grouped};
use crate::text::ChartText;

/// Below this `|r|`, nobody should speak of a direction.
const HARDLY: f64 = 0.05;

/// The heading of part C: what was found.
///
/// - `matrix`: `[n, 9]`, the one that is shown
/// - `is_untrained`: whether the encoder's weights are random
#[must_use]
pub fn matrix_finding(matrix: &[f64], n_maps: u32, is_untrained: bool) -> String {
    match strongest_latent(matrix).filter(|_| n_maps > 0) {
        None => "Latents against channels: no data yet".to_owned(),
        Some(_) if is_untrained => "Latents of an untrained encoder against channels".to_owned(),
        Some((Cell { dim, channel }, r)) => {
            let (name, r) = (channel_name(channel), fixed(r, 2));
            format!("Latent {dim} correlates most with {name}. Their r is {r}.")
        }
    }
}

/// The cell of the largest `|r|`, the first of equals.
///
/// - `matrix`: `[n, 9]`
#[must_use]
pub fn strongest_latent(matrix: &[f64]) -> Option<(Cell, f64)> {
    strongest(matrix, 0..matrix.len() / SignalChannel::COUNT)
}

/// The line above the heading of part C.
#[must_use]
pub fn matrix_kicker(n_maps: u32) -> String {
    match n_maps {
        0 => "Part C · latents against channels".to_owned(),
        n => format!("Part C · latents against channels · {}", counted(n, "map", "maps")),
    }
}

/// The matrix in a few numbers, each with its name.
#[must_use]
pub fn matrix_facts(synthesis: &Synthesis) -> Vec<(String, String)> {
    let strongest = strongest_latent(Sampling::Down.of(synthesis)).map(|(cell, r)| {
        (format!("strongest ({} × {})", cell.dim, channel_name(cell.channel)), fixed(r, 3))
    });
    let mut facts = vec![
        ("mean |r|, down-sampled".to_owned(), fixed(synthesis.mean_abs_downsampled, 3)),
        ("mean |r|, up-sampled".to_owned(), fixed(synthesis.mean_abs_upsampled, 3)),
    ];
    facts.extend(strongest);
    facts.push(("maps".to_owned(), grouped(synthesis.n_maps)));
    facts
}

/// A cell with its value: `Latent 9 and X: −0.89`.
#[must_use]
pub fn cell_label(cell: Cell, r: Option<f64>) -> String {
    let r = r.map_or_else(|| "no data yet".to_owned(), |r| fixed(r, 2));
    format!("Latent {} and {}: {r}", cell.dim, channel_name(cell.channel))
}

/// The direction of a cell as a sentence.
#[must_use]
pub fn direction(cell: Cell, r: f64) -> String {
    let Some(channel) = CHANNELS.get(cell.channel) else { return String::new() };
    let verb = match r {
        r if r.abs() < HARDLY => "Hardly moves with",
        r if r < 0.0 => "Moves against",
        _ => "Moves with",
    };
    format!("{verb} {} ({}).", channel.name, channel.listens)
}

/// A cell of the matrix that is not shown, as a sentence; empty where there is none.
#[must_use]
pub fn other_sampling(synthesis: &Synthesis, shown: Sampling, cell: Cell) -> String {
    let other = shown.other();
    let r = value(other.of(synthesis), cell);
    r.map_or_else(String::new, |r| format!("{}: {}.", other.name(), fixed(r, 2)))
}

/// Latents against channels, as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatmapChart {
    /// `[n_latents, 9]`, latent by latent: mean r of a latent with a channel.
    pub r: Vec<f64>,
    /// Numbers of the latents in the order to draw, each once.
    pub order: Vec<u32>,
    /// Whether that order is the one of agreement; else it is by number.
    is_ranked: bool,
    n_maps: u32,
    encoder: String,
}

impl HeatmapChart {
    /// Latents stand by agreement between mappers, or by number where no pair was compared.
    ///
    /// - `encoder`: what the caption says of the encoder
    #[must_use]
    pub fn new(synthesis: &Synthesis, track: Option<&TrackB>, encoder: String) -> Self {
        let by_number = || (0..synthesis.n_latent_dims).collect();
        Self {
            r: Sampling::Down.of(synthesis).to_vec(),
            order: track.map_or_else(by_number, |track| track.ranking.clone()),
            is_ranked: track.is_some(),
            n_maps: synthesis.n_maps,
            encoder,
        }
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let heading = match self.order.len() {
            1 => "One latent against nine channels".to_owned(),
            n => format!("{n} latents against nine channels"),
        };
        let dims = self.order.iter().map(|&dim| dim as usize);
        let finding = strongest(&self.r, dims.clone()).map(|(Cell { dim, channel }, r)| {
            format!("strongest is latent {dim} with {}, r {}", channel_name(channel), fixed(r, 2))
        });
        let maps = counted(self.n_maps, "map", "maps");
        let order = match self.is_ranked {
            true => "Latents stand by agreement between mappers, most agreed on first.",
            false => "Latents stand by number.",
        };
        let caption = vec![
            format!(
                "Mean Pearson r of a latent with a channel over {maps}, channels averaged down."
            ),
            format!("{order} The sign of a latent carries no meaning."),
            self.encoder.clone(),
        ];
        let rows = dims.map(|dim| format!("Latent {dim}: {}.", row_text(&self.r, row_cells(dim))));
        ChartText::new(heading, finding, caption, &rows.collect::<Vec<_>>().join(" "))
    }
}

/// What the nine channels share among themselves, before any network.
#[derive(Debug, Clone, PartialEq)]
pub struct CouplingChart {
    /// `[9, 9]`, row by row: mean r of two channels of one map.
    pub r: Vec<f64>,
    n_maps: u32,
}

impl CouplingChart {
    /// The heading, which claims nothing.
    pub const HEADING: &str = "What channels share without any latent";

    /// The chart of a run.
    #[must_use]
    pub fn new(synthesis: &Synthesis) -> Self {
        Self { r: synthesis.between_channels.cells().to_vec(), n_maps: synthesis.n_maps }
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let finding = closest_channels(&self.r).map(|(Cell { dim, channel }, r)| {
            let (a, b) = (channel_name(dim), channel_name(channel));
            format!("closest are {a} and {b}, r {}", fixed(r, 2))
        });
        let maps = counted(self.n_maps, "map", "maps");
        let caption = vec![
            format!("Mean Pearson r of two channels of one map, over {maps}."),
            "A latent that goes with one of two coupled channels goes with the other for this alone."
                .to_owned(),
        ];
        // Each pair once.
        let rows = (0..SignalChannel::COUNT - 1).map(|dim| {
            let cells = row_cells(dim).filter(|cell| cell.channel > dim);
            format!("{} with {}.", channel_name(dim), row_text(&self.r, cells))
        });
        let rows = rows.collect::<Vec<_>>().join(" ");
        ChartText::new(Self::HEADING.to_owned(), finding, caption, &rows)
    }
}

/// The two channels that share most, as a sentence; `None` without data.
///
/// - `raw`: `[9, 9]`
#[must_use]
pub fn closest_sentence(raw: &[f64]) -> Option<String> {
    let (Cell { dim, channel }, r) = closest_channels(raw)?;
    let (a, b) = (channel_name(dim), channel_name(channel));
    Some(format!("{a} and {b}, r = {}.", fixed(r, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{synthesis, track};

    #[test]
    fn the_heading_names_the_strongest_cell() {
        let synthesis = synthesis();
        let found = |n_maps, is_untrained| {
            matrix_finding(synthesis.downsampled.cells(), n_maps, is_untrained)
        };
        assert_eq!(found(4, false), "Latent 1 correlates most with X. Their r is −0.89.");
        assert_eq!(found(4, true), "Latents of an untrained encoder against channels");
        assert_eq!(found(0, false), "Latents against channels: no data yet");
        assert_eq!(matrix_finding(&[], 4, false), "Latents against channels: no data yet");
        assert_eq!(matrix_kicker(1200), "Part C · latents against channels · 1,200 maps");
    }

    #[test]
    fn cells_are_read_with_their_direction() {
        let cell = Cell { dim: 9, channel: 7 };
        assert_eq!(cell_label(cell, Some(-0.892)), "Latent 9 and X: −0.89");
        assert_eq!(cell_label(cell, None), "Latent 9 and X: no data yet");
        assert_eq!(direction(cell, -0.89), "Moves against X (cursor, left to right).");
        assert_eq!(direction(cell, 0.02), "Hardly moves with X (cursor, left to right).");
        let cell = Cell { dim: 1, channel: 7 };
        assert_eq!(other_sampling(&synthesis(), Sampling::Down, cell), "Up-sampled: −0.80.");
        assert_eq!(other_sampling(&synthesis(), Sampling::Up, cell), "Down-sampled: −0.89.");
    }

    #[test]
    fn facts_stand_in_one_order() {
        let facts = matrix_facts(&synthesis());
        let facts: Vec<_> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(
            facts,
            [
                "mean |r|, down-sampled: 0.059",
                "mean |r|, up-sampled: 0.053",
                "strongest (1 × X): −0.890",
                "maps: 9"
            ]
        );
    }

    #[test]
    fn a_picture_names_its_strongest_cell_in_the_order_that_it_draws() {
        let mut synthesis = synthesis();
        synthesis.downsampled.cells_mut()[0] = 0.89;
        let title = |track: Option<&TrackB>| {
            HeatmapChart::new(&synthesis, track, String::new()).text().title
        };
        let ranked = "3 latents against nine channels: strongest is latent 1 with X, r −0.89";
        assert_eq!(title(Some(&track(9))), ranked);
        assert!(title(None).ends_with("latent 0 with ONSET, r 0.89"));
    }

    #[test]
    fn the_closest_channels_are_named() {
        let synthesis = synthesis();
        assert_eq!(
            closest_sentence(synthesis.between_channels.cells()).unwrap(),
            "ONSET and COMBO, r = 0.51."
        );
        let text = CouplingChart::new(&synthesis).text();
        assert!(text.title.ends_with("closest are ONSET and COMBO, r 0.51"), "{}", text.title);
        assert!(text.description.ends_with(" X with Y .00."), "{}", text.description);
    }
}
