use std::path::Path;

use anyhow::Result;
use carto_figures::{Curve, CurvesFigure, svg};
use carto_types::SignalChannel;

use super::log::{self, Line};
use crate::whole;

/// The file of curves in a run's folder.
const FILE_NAME: &str = "curves.svg";

/// Draws the curves of a run's metrics beside them.
pub(super) fn draw(out: &Path) -> Result<()> {
    let lines = log::read(&out.join(log::FILE_NAME))?;
    let (steps, held_out): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| matches!(line, Line::Step { .. }));
    let onset = SignalChannel::Onset as usize;
    let mean = |mse: &[f64]| mse.iter().sum::<f64>() / mse.len().max(1) as f64;
    let curves = vec![
        curve("held out, all channels", &held_out, true, &|mse| mean(mse)),
        curve("held out, ONSET", &held_out, true, &|mse| mse[onset]),
        curve("held out, X", &held_out, true, &|mse| mse[SignalChannel::X as usize]),
        curve("training, all channels", &steps, false, &|mse| mean(mse)),
    ];
    let figure = CurvesFigure { title: "Mean squared error while training".to_owned(), curves };
    whole::write(&out.join(FILE_NAME), svg(&figure)?.as_bytes())
}

fn curve(name: &str, lines: &[Line], is_held_out: bool, of: &dyn Fn(&[f64]) -> f64) -> Curve {
    let point = |line: &Line| {
        let (Line::Step { channel_mse, .. } | Line::Validation { channel_mse, .. }) = line;
        let is_whole = channel_mse.len() == SignalChannel::COUNT;
        is_whole.then(|| (line.step() as f64, of(channel_mse)))
    };
    let points = lines.iter().filter_map(point).collect();
    Curve { name: name.to_owned(), points, is_held_out }
}
