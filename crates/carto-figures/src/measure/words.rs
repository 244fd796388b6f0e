//! The figure in words.

use super::{Measure, MeasureFigure, MeasureRow};
use crate::number::{counted, in_words, r_text};

/// The printed heading, which claims nothing.
pub(super) fn heading(figure: &MeasureFigure) -> String {
    let name = match figure.measure {
        Measure::Cosine => "Cosine between mappers",
        Measure::Distance => "Distance between mappers",
    };
    match figure.rows.len() {
        0 => name.to_owned(),
        1 => format!("{name}, one channel"),
        n_rows => format!("{name}, {} channels", in_words(n_rows)),
    }
}

/// Above the column of means.
pub(super) fn column(measure: Measure) -> &'static str {
    match measure {
        Measure::Cosine => "cosine",
        Measure::Distance => "distance",
    }
}

/// Below the axis.
pub(super) fn axis_title(measure: Measure) -> &'static str {
    match measure {
        Measure::Cosine => "mean cosine",
        Measure::Distance => "mean absolute difference",
    }
}

/// What the marks are and how to read them, in two lines.
pub(super) fn caption(figure: &MeasureFigure) -> [String; 2] {
    let whisker = match figure.n_pairs {
        0 | 1 => "",
        _ => ", whisker \u{b1} 1 standard deviation over pairs",
    };
    let pairs = counted(figure.n_pairs, "pair", "pairs");
    let songs = counted(figure.n_songs, "song", "songs");
    let reading = match figure.measure {
        Measure::Cosine => "Cosine also rewards what stays constant: read it beside r.",
        Measure::Distance => "Signals run from \u{2212}1 to 1: 0 is identical, 2 is opposite.",
    };
    [
        format!(
            "Diamond: {} over {pairs} of {songs}{whisker}; {} rules.",
            axis_title(figure.measure),
            figure.mode
        ),
        reading.to_owned(),
    ]
}

/// The name of the figure: both ends of it in one line.
pub(super) fn finding(figure: &MeasureFigure) -> String {
    let values = || figure.rows.iter().filter_map(|row| Some((row, figure.value(row)?.0)));
    let by_value = |a: &(&MeasureRow, f64), b: &(&MeasureRow, f64)| a.1.total_cmp(&b.1);
    let (Some(least), Some(most)) = (values().min_by(by_value), values().max_by(by_value)) else {
        return heading(figure);
    };
    format!(
        "{}: {} {} to {} {}",
        heading(figure),
        least.0.name,
        r_text(least.1),
        most.0.name,
        r_text(most.1)
    )
}

/// All numbers of the figure.
pub(super) fn description(figure: &MeasureFigure) -> String {
    let rows = figure.rows.iter().map(|row| {
        let Some((mean, spread)) = figure.value(row) else {
            return format!("{} no value", row.name);
        };
        let spread = spread.map_or_else(String::new, |std| format!(" \u{b1} {}", r_text(std)));
        format!("{} {}{spread}, mean r {}", row.name, r_text(mean), r_text(row.mean_r))
    });
    let rows = rows.collect::<Vec<_>>().join("; ");
    format!("{} {rows}.", caption(figure).join(" "))
}
