//! Where times and values of r stand on the profile.

use carto_types::{MomentKind, SongMoment, SongOverTime};

use crate::visible::Stretch;

/// Room for names of sections above, for times below, and for r at the right, px.
pub(super) const HEAD: f64 = 24.0;
pub(super) const FOOT: f64 = 34.0;
const SIDE: f64 = 34.0;

/// Radius of the circle around a moment's number, and how far it stands from its curve, px.
pub(super) const MOMENT_RADIUS: f64 = 9.0;
const MOMENT_GAP: f64 = 14.0;

/// The axis reaches at least this far.
const LEAST_TOP_R: f64 = 0.4;

/// Where times and r stand on a profile, px. It is made again when the song, the pair or the size
/// changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProfilePlot {
    width: f64,
    height: f64,
    /// All of the song.
    pub(crate) whole: Stretch,
    /// Least and greatest r of the axis.
    pub(super) r: [f64; 2],
}

impl ProfilePlot {
    /// - `size`: of the canvas, px
    pub(crate) fn new(song: &SongOverTime, (width, height): (f64, f64)) -> Self {
        let whole = Stretch::new(song.whole_ms[0], song.whole_ms[1]);
        let mut r = [0.0_f64, LEAST_TOP_R];
        for window in &song.windows {
            let reach = window.reach.map_or([None; 2], |reach| [Some(reach.low), Some(reach.high)]);
            for value in reach.into_iter().chain([window.agreement.mean]).flatten() {
                r = [r[0].min(value), r[1].max(value)];
            }
        }
        let margin = 0.08 * (r[1] - r[0]);
        Self { width, height, whole, r: [r[0] - margin, r[1] + 2.0 * margin] }
    }

    /// Width of the part that stands for the song.
    pub(crate) fn plot_width(&self) -> f64 {
        (self.width - SIDE).max(1.0)
    }

    pub(super) fn width(&self) -> f64 {
        self.width
    }

    /// Where the axis of time lies.
    pub(super) fn bottom(&self) -> f64 {
        self.height - FOOT
    }

    /// Place of a time.
    pub(crate) fn x(&self, time_ms: f64) -> f64 {
        self.whole.fraction(time_ms) * self.plot_width()
    }

    /// The time at a place.
    pub(crate) fn time_ms(&self, x: f64) -> f64 {
        self.whole.time_ms((x / self.plot_width()).clamp(0.0, 1.0))
    }

    pub(super) fn y(&self, r: f64) -> f64 {
        let share = (r - self.r[0]) / (self.r[1] - self.r[0]);
        self.bottom() - share * (self.bottom() - HEAD)
    }

    /// Where the number of a moment stands: an agreement above its curve, a divergence below it.
    pub(super) fn moment_at(&self, moment: &SongMoment) -> (f64, f64) {
        let x = self.x((moment.from_ms + moment.to_ms) / 2.0);
        let gap = match moment.kind {
            MomentKind::Agreement => -MOMENT_GAP,
            MomentKind::Divergence => MOMENT_GAP,
        };
        let y = (self.y(moment.mean) + gap)
            .clamp(HEAD + MOMENT_RADIUS, self.bottom() - MOMENT_RADIUS - 2.0);
        let last_x = (self.plot_width() - MOMENT_RADIUS).max(MOMENT_RADIUS);
        (x.clamp(MOMENT_RADIUS, last_x), y)
    }

    /// The moment whose number stands at a place, if one does.
    ///
    /// - `reach`: how far from it is near enough, px
    pub(crate) fn moment_near<'a>(
        &self,
        song: &'a SongOverTime,
        (x, y): (f64, f64),
        reach: f64,
    ) -> Option<&'a SongMoment> {
        song.moments.iter().find(|moment| {
            let (at_x, at_y) = self.moment_at(moment);
            (at_x - x).abs() <= reach && (at_y - y).abs() <= reach
        })
    }
}
