//! The reliability diagram: whether a classifier is as often right as it says.

use carto_charts::ChartText;
use carto_charts::number::{fixed, whole_percent};
use plotters::backend::DrawingBackend;

use crate::axis::BASELINE_PX;
use crate::figure::{Figure, FigureError, check_rows};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Left and right end of both plots.
const SPAN_PX: (f64, f64) = (84.0, 560.0);
/// Bottom and top of the diagram.
const RISE_PX: (f64, f64) = (330.0, 60.0);
/// Bottom and top of the counts.
const COUNTS_PX: (f64, f64) = (414.0, 372.0);
/// Between two bars.
const GAP_PX: f64 = 1.0;
const RING_PX: f64 = 5.0;
/// Where words on the right begin.
const WORDS_PX: f64 = 596.0;
const MAX_BINS: usize = 100;

/// The reliability diagram of one classifier: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReliabilityFigure {
    /// Which classifier, on which maps.
    pub title: String,
    /// Bins of equal width over `[0, 1]`, from the lowest.
    pub bins: Vec<ReliabilityPoint>,
    /// Expected calibration error, in `[0, 1]`.
    pub calibration_error: f64,
}

/// First answers that are about equally sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityPoint {
    /// How many.
    pub n_maps: u32,
    /// Their mean membership, in `[0, 1]`.
    pub confidence: f64,
    /// Share of them that is right, in `[0, 1]`.
    pub accuracy: f64,
}

impl ReliabilityFigure {
    /// Natural width and height in pixels, of any such figure.
    pub const SIZE_PX: (u32, u32) = (920, 470);

    /// Bins that hold maps and have a place.
    fn filled(&self) -> impl Iterator<Item = (usize, &ReliabilityPoint)> {
        let is_share = |share: f64| (0.0..=1.0).contains(&share);
        self.bins.iter().enumerate().filter(move |(_, bin)| {
            bin.n_maps > 0 && is_share(bin.confidence) && is_share(bin.accuracy)
        })
    }

    fn n_maps(&self) -> u64 {
        self.bins.iter().map(|bin| u64::from(bin.n_maps)).sum()
    }
}

impl Figure for ReliabilityFigure {
    fn size(&self) -> (u32, u32) {
        Self::SIZE_PX
    }

    fn text(&self) -> ChartText {
        let of_bin = |(_, bin): (usize, &ReliabilityPoint)| {
            let (said, right) = (whole_percent(bin.confidence), whole_percent(bin.accuracy));
            format!("{said} % sure: {right} % right of {}", bin.n_maps)
        };
        let bins: Vec<String> = self.filled().map(of_bin).collect();
        let description = if bins.is_empty() { "no maps".to_owned() } else { bins.join("; ") };
        ChartText {
            heading: self.title.clone(),
            title: self.title.clone(),
            description,
            caption: Vec::new(),
        }
    }

    fn check(&self) -> Result<(), FigureError> {
        check_rows(self.bins.len(), MAX_BINS)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        draw_axes(sheet, theme)?;
        draw_counts(sheet, self, theme)?;
        for (_, bin) in self.filled() {
            let x = x_of(bin.confidence);
            let ends = [(x, y_of(bin.confidence)), (x, y_of(bin.accuracy))];
            sheet.line(&ends, 1.5, theme.yours)?;
            sheet.ring(ends[1], RING_PX, 2.0, theme.yours)?;
        }
        draw_words(sheet, self, theme)
    }
}

fn x_of(share: f64) -> f64 {
    SPAN_PX.0 + share * (SPAN_PX.1 - SPAN_PX.0)
}

fn y_of(share: f64) -> f64 {
    RISE_PX.0 + share * (RISE_PX.1 - RISE_PX.0)
}

fn draw_axes<DB: DrawingBackend>(sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
    let label = Lettering::new(theme.sans, 13.0, theme.ink);
    for fifth in 0..=5 {
        let share = f64::from(fifth) / 5.0;
        let text = format!("{} %", 20 * fifth);
        let y = y_of(share);
        sheet.line(&[(SPAN_PX.0, y), (SPAN_PX.1, y)], 0.7, theme.rule2)?;
        sheet.text(&text, (SPAN_PX.0 - 8.0, y + BASELINE_PX), label.flush_right())?;
        sheet.text(&text, (x_of(share), COUNTS_PX.0 + 20.0), label.centred())?;
    }
    let title = Lettering::new(theme.sans, 12.0, theme.ink2).centred();
    sheet.text("how sure the first answer is", (x_of(0.5), COUNTS_PX.0 + 40.0), title)?;
    sheet.line(&[(x_of(0.0), y_of(0.0)), (x_of(1.0), y_of(1.0))], 1.0, theme.ink2)
}

/// Bars of counts, the fullest as high as there is room.
fn draw_counts<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &ReliabilityFigure,
    theme: &Theme,
) -> Drawn<DB> {
    let (bottom, top) = COUNTS_PX;
    let most = figure.bins.iter().map(|bin| bin.n_maps).max().unwrap_or(0).max(1);
    let n_bins = figure.bins.len() as f64;
    for (idx, bin) in figure.filled() {
        let height = (bottom - top) * f64::from(bin.n_maps) / f64::from(most);
        let (left, right) = (x_of(idx as f64 / n_bins), x_of((idx + 1) as f64 / n_bins));
        sheet.block((left + GAP_PX, bottom - height), (right, bottom), theme.rule2)?;
    }
    sheet.line(&[(SPAN_PX.0, bottom), (SPAN_PX.1, bottom)], 1.0, theme.ink)
}

fn draw_words<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &ReliabilityFigure,
    theme: &Theme,
) -> Drawn<DB> {
    let line = Lettering::new(theme.sans, 13.0, theme.ink2);
    let maps = format!("{} maps, in bars by how sure", figure.n_maps());
    let words = [
        ("rings: how often it is right", y_of(1.0) + BASELINE_PX),
        ("line: as often as it says", y_of(1.0) + 20.0 + BASELINE_PX),
        ("expected calibration error", y_of(1.0) + 60.0 + BASELINE_PX),
        (&maps, COUNTS_PX.0 - 4.0),
    ];
    for (text, y) in words {
        sheet.text(text, (WORDS_PX, y), line)?;
    }
    let error = fixed(figure.calibration_error, 3);
    let number = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(&error, (WORDS_PX, y_of(1.0) + 90.0), number)
}
