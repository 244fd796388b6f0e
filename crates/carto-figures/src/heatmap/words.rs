//! The figure in words.

use carto_types::SignalChannel;

use super::HeatmapFigure;
use crate::number::{cell_or_none, counted, r_text};

/// The printed heading, which claims nothing.
pub(super) fn heading(figure: &HeatmapFigure) -> String {
    match figure.order.len() {
        1 => "One latent against nine channels".to_owned(),
        n => format!("{n} latents against nine channels"),
    }
}

/// What a cell is and how the rows stand, in three lines.
pub(super) fn caption(figure: &HeatmapFigure) -> [String; 3] {
    let maps = counted(figure.n_maps, "map", "maps");
    let order = if figure.is_ranked {
        "Latents stand by agreement between mappers, most agreed on first."
    } else {
        "Latents stand by number."
    };
    [
        format!("Mean Pearson r of a latent with a channel over {maps}, channels averaged down."),
        format!("{order} The sign of a latent carries no meaning."),
        figure.encoder.caption(),
    ]
}

/// The name of the figure: its finding in one line.
pub(super) fn finding(figure: &HeatmapFigure) -> String {
    match figure.strongest() {
        Some((dim, channel, r)) => format!(
            "{}: strongest is latent {dim} with {}, r {}",
            heading(figure),
            channel.name(),
            r_text(r)
        ),
        None => heading(figure),
    }
}

/// All numbers, latent by latent.
pub(super) fn description(figure: &HeatmapFigure) -> String {
    let mut text = caption(figure).join(" ");
    for &dim in &figure.order {
        let cells = SignalChannel::ALL.into_iter().enumerate().map(|(idx, channel)| {
            let r = cell_or_none(figure.value(dim, idx));
            format!("{} {r}", channel.name())
        });
        text += &format!(" Latent {dim}: {}.", cells.collect::<Vec<_>>().join(", "));
    }
    text
}
