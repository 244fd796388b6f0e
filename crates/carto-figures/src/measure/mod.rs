//! The two companions of correlation, channel by channel: cosine and distance.

mod draw;
mod words;

pub use self::draw::draw_measure;
use crate::agreement::MAX_ROWS;
use crate::error::FigureError;
use crate::number::ROUNDING;
use crate::svg;
use crate::theme::Theme;

/// What a figure's marks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Cosine of two signals, in [-1, 1]; 1 is identical up to scale.
    Cosine,
    /// Mean absolute difference of two signals that run from -1 to 1, in [0, 2];
    /// 0 is identical.
    Distance,
}

/// One channel over all pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureRow {
    /// As in result files: `ONSET`, `COMBO`, ...
    pub name: String,
    /// Mean of the measure; what lies outside of its range is shown as "no value".
    pub mean: f64,
    /// Its population standard deviation over pairs, at least 0.
    pub spread: f64,
    /// Mean Pearson r, in [-1, 1], which stands beside it.
    pub mean_r: f64,
}

/// One measure of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureFigure {
    /// What the marks show.
    pub measure: Measure,
    /// In the order to draw; neighbours of one family share a heading.
    pub rows: Vec<MeasureRow>,
    /// Pairs of maps behind each mean.
    pub n_pairs: u32,
    /// Songs behind those pairs.
    pub n_songs: u32,
    /// The rules of reading: `published` or `tolerant`.
    pub mode: String,
}

impl Measure {
    /// Least and greatest value, in tenths.
    fn range_tenths(self) -> (i32, i32) {
        match self {
            Self::Cosine => (-10, 10),
            Self::Distance => (0, 20),
        }
    }

    /// The mean of a row, `None` for what is no value of this measure.
    fn value(self, mean: f64) -> Option<f64> {
        let (least, most) = self.range_tenths();
        let (least, most) = (f64::from(least) / 10.0, f64::from(most) / 10.0);
        let is_one = (least - ROUNDING..=most + ROUNDING).contains(&mean);
        is_one.then(|| mean.clamp(least, most))
    }
}

impl MeasureFigure {
    fn check(&self) -> Result<(), FigureError> {
        let n_rows = self.rows.len();
        if n_rows > MAX_ROWS {
            return Err(FigureError::TooManyRows { n_rows, limit: MAX_ROWS });
        }
        Ok(())
    }

    /// Mean and, where it spreads over several pairs, its standard deviation.
    fn value(&self, row: &MeasureRow) -> Option<(f64, Option<f64>)> {
        let mean = self.measure.value(row.mean)?;
        let has_spread = self.n_pairs > 1 && row.spread >= 0.0 && row.spread.is_finite();
        Some((mean, has_spread.then_some(row.spread)))
    }
}

/// Natural width and height in pixels.
#[must_use]
pub fn measure_size(figure: &MeasureFigure) -> (u32, u32) {
    draw::layout(figure).size_px
}

/// `channel_cosine.svg` and `channel_distance.svg`: the figure on white, as a file
/// of its own, with the mean correlation of each channel beside its mark.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] above 64 rows; numbers may be anything.
pub fn measure_svg(figure: &MeasureFigure) -> Result<String, FigureError> {
    figure.check()?;
    let (title, description) = (words::finding(figure), words::description(figure));
    svg::file(measure_size(figure), &title, &description, |area| {
        draw_measure(area, figure, &Theme::print())
    })
}
