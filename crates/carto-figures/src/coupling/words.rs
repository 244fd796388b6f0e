//! The figure in words.

use carto_types::SignalChannel;

use super::CouplingFigure;
use crate::number::{cell_or_none, counted, r_text};

/// The printed heading, which claims nothing.
pub(super) const HEADING: &str = "What channels share without any latent";

/// What a cell is and how to read it, in two lines.
pub(super) fn caption(figure: &CouplingFigure) -> [String; 2] {
    let maps = counted(figure.n_maps, "map", "maps");
    [
        format!("Mean Pearson r of two channels of one map, over {maps}."),
        "A latent that goes with one of two coupled channels goes with the other for this alone."
            .to_owned(),
    ]
}

/// The name of the figure: its finding in one line.
pub(super) fn finding(figure: &CouplingFigure) -> String {
    match figure.closest() {
        Some((a, b, r)) => {
            format!("{HEADING}: closest are {} and {}, r {}", a.name(), b.name(), r_text(r))
        }
        None => HEADING.to_owned(),
    }
}

/// All numbers, row by row; each pair once.
pub(super) fn description(figure: &CouplingFigure) -> String {
    let mut text = caption(figure).join(" ");
    for (row_idx, a) in SignalChannel::ALL.into_iter().enumerate() {
        let others = SignalChannel::ALL.into_iter().enumerate().skip(row_idx + 1);
        let cells = others.map(|(idx, b)| {
            let r = cell_or_none(figure.value(row_idx, idx));
            format!("{} {r}", b.name())
        });
        let cells = cells.collect::<Vec<_>>().join(", ");
        if !cells.is_empty() {
            text += &format!(" {} with {cells}.", a.name());
        }
    }
    text
}
