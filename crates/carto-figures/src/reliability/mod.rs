//! Whether a classifier is as often right as it says.

mod draw;

pub use self::draw::draw_reliability;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

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

    fn description(&self) -> String {
        let of_bin = |(_, bin): (usize, &ReliabilityPoint)| {
            let percent = |share: f64| format!("{:.0} %", 100.0 * share);
            let (said, right) = (percent(bin.confidence), percent(bin.accuracy));
            format!("{said} sure: {right} right of {}", bin.n_maps)
        };
        let bins: Vec<String> = self.filled().map(of_bin).collect();
        if bins.is_empty() { "no maps".to_owned() } else { bins.join("; ") }
    }
}

/// Natural width and height in pixels.
#[must_use]
pub fn reliability_size() -> (u32, u32) {
    draw::SIZE_PX
}

/// How often first answers are right by how sure they are, and how many there are,
/// on white, as a file of its own.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] above 100 bins; numbers may be anything.
pub fn reliability_svg(figure: &ReliabilityFigure) -> Result<String, FigureError> {
    svg::file(reliability_size(), &figure.title, &figure.description(), |area| {
        draw_reliability(area, figure, &Theme::print())
    })
}
