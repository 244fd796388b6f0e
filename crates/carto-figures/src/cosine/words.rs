//! The figure in words.

use super::CosineFigure;
use super::bins::Bins;
use crate::number::{counted, r_text, r3_text};

/// The printed heading, which claims nothing.
pub(super) const HEADING: &str = "Cosine between two maps of one song";

/// `mean cosine 0.774 ± 0.039`.
pub(super) fn cosine_label(figure: &CosineFigure) -> String {
    format!("mean cosine {} \u{b1} {}", r3_text(figure.cosine_mean), r3_text(figure.cosine_std))
}

/// `mean r 0.266`.
pub(super) fn r_label(figure: &CosineFigure) -> String {
    format!("mean r {}", r3_text(figure.mean_r))
}

/// What is counted and how to read it, in three lines.
pub(super) fn caption(figure: &CosineFigure, bins: &Bins) -> [String; 3] {
    let pairs = counted(bins.n_counted(), "pair", "pairs");
    let songs = counted(figure.n_songs, "song", "songs");
    let left_out = match bins.n_left_out {
        0 => String::new(),
        n => format!(" Left out without a cosine: {}.", counted(n, "pair", "pairs")),
    };
    [
        format!("All latents of a column at once, {pairs} of {songs}, bins of 0.02.{left_out}"),
        "Cosine also rewards what stays constant; r counts only what moves together.".to_owned(),
        figure.encoder.caption(),
    ]
}

/// The name of the figure: its finding in one line.
pub(super) fn title(figure: &CosineFigure, bins: &Bins) -> String {
    match bins.n_counted() {
        0 => HEADING.to_owned(),
        _ => format!("{HEADING}: {}, {}", cosine_label(figure), r_label(figure)),
    }
}

/// All numbers of the figure.
pub(super) fn description(figure: &CosineFigure, bins: &Bins) -> String {
    let counts = bins.counts.iter().enumerate().filter(|&(_, &count)| count > 0);
    let counts = counts.map(|(idx, count)| format!("from {}: {count}", r_text(bins.from(idx))));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let caption = caption(figure, bins).join(" ");
    if counts.is_empty() { caption } else { format!("{caption} Pairs by cosine, {counts}.") }
}
