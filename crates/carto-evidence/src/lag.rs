//! By how much the times of one map lie beside those of another.

use std::ops::Range;

use carto_agreement::sums;
use carto_types::{AlignmentClass, AlignmentSource, PairLag, SignalChannel};

use crate::EvidenceMap;
use crate::map::CLOCK;
use crate::statistics::pearson;
use crate::tempo::{beats_agree, wrap};

/// Below this many shared frames, 6 s, two maps are not compared.
pub(crate) const MIN_FRAMES: usize = 1000;

/// Lags up to this may be chosen, ms.
const MAX_LAG_MS: f64 = 4000.0;

/// Lags up to this are tried, ms; where one beyond [`MAX_LAG_MS`] fits clearly better, the
/// maps are of two versions of the song.
const MAX_TRIED_LAG_MS: f64 = 15_000.0;

/// By how much r of ONSET at another beat must exceed that at the smallest lag.
const MIN_GAIN: f64 = 0.1;

/// By how much it must exceed the second best.
const MIN_LEAD: f64 = 0.03;

/// Times at which both grids are compared.
const N_GRID_TIMES: u32 = 200;

/// The grids agree where they do at this share of the times.
const MIN_GRID_SHARE: f64 = 0.85;

/// Frames by which beats are told apart, at most: the first 13 minutes of what two maps
/// share. Longer maps would be searched for seconds, and gain nothing.
const MAX_SEARCHED_FRAMES: usize = 1 << 17;

/// How the times of two maps go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// Whether the lag may be relied on.
    pub class: AlignmentClass,
    /// What the lag was read from.
    pub source: AlignmentSource,
    /// Added to the times of B, ms.
    pub lag_ms: f64,
    /// Whole beats in the lag, counted from the phase alone.
    pub k: i32,
    /// Share of times at which the beats of both lie on each other at the smallest lag.
    pub grid_share: Option<f64>,
    /// What is doubtful, in words.
    pub warning: Option<String>,
}

impl From<Alignment> for PairLag {
    fn from(alignment: Alignment) -> Self {
        let Alignment { class, source, lag_ms, warning, .. } = alignment;
        Self { class, source, lag_ms, warning }
    }
}

impl Alignment {
    const NONE: Self = Self {
        class: AlignmentClass::Unknown,
        source: AlignmentSource::None,
        lag_ms: 0.0,
        k: 0,
        grid_share: None,
        warning: None,
    };

    /// Reads the lag from the timing points of both maps, and whole beats from their
    /// objects: the smallest lag, unless ONSET fits clearly better at another beat and
    /// COMBO, which takes no part in the search, fits better there too.
    #[must_use]
    pub fn of_timing_points(a: &EvidenceMap, b: &EvidenceMap) -> Self {
        let (Some(tempo_a), Some(tempo_b)) = (a.tempo(), b.tempo()) else { return Self::NONE };
        if !tempo_a.is_that_of(tempo_b) {
            return Self { class: AlignmentClass::OtherTempo, ..Self::NONE };
        }
        let beat_ms = tempo_a.beat_ms;
        let phase_ms = wrap(tempo_a.offset_ms - tempo_b.offset_ms, beat_ms);
        // One more on each side: the phase lies within half a beat.
        let n_beats = (MAX_TRIED_LAG_MS / beat_ms).floor() as i32 + 1;
        let lags = (-n_beats..=n_beats)
            .map(|k| Lag { k, lag_ms: phase_ms + f64::from(k) * beat_ms })
            .filter(|lag| lag.lag_ms.abs() <= MAX_TRIED_LAG_MS);
        let lags: Vec<Lag> = lags.collect();
        let Some(&nearest) = lags.iter().min_by(|a, b| a.size().total_cmp(&b.size())) else {
            return Self::NONE;
        };
        let grid_share = Some(grid_share(a, b, nearest.lag_ms));
        let unknown = Self { grid_share, ..Self::NONE };
        if grid_share < Some(MIN_GRID_SHARE) {
            return unknown;
        }
        let mut search = Search::new(a, b);
        let fits: Vec<Fit> = lags
            .into_iter()
            .filter_map(|lag| Some(Fit { lag, r: search.r_of_onsets(lag.lag_ms)? }))
            .collect();
        let Some(&nearest) = fits.iter().find(|fit| fit.lag.k == nearest.k) else {
            return unknown;
        };
        let near = fits.iter().filter(|fit| fit.lag.size() <= MAX_LAG_MS).copied();
        let better = search.better(nearest, near);
        let chosen = better.filter(|it| it.is_clear).map_or(nearest, |it| it.fit);
        let warning = better.filter(|it| !it.is_clear).map(|it| {
            let Lag { k, lag_ms } = it.fit.lag;
            format!("another beat fits better, but not clearly: k {k}, lag {lag_ms:.1} ms")
        });
        let far = search.better(nearest, fits.iter().copied()).filter(|it| {
            it.is_clear && it.fit.lag.size() > MAX_LAG_MS && it.fit.r - chosen.r > MIN_GAIN
        });
        let (class, lag, warning) = match far {
            Some(Better { fit, .. }) => {
                let Lag { k, lag_ms } = fit.lag;
                let warning = format!("fits at k {k}, lag {lag_ms:.1} ms");
                (AlignmentClass::OtherVersion, nearest.lag, Some(warning))
            }
            None => (AlignmentClass::Aligned, chosen.lag, warning),
        };
        let source = AlignmentSource::TimingPoints;
        Self { class, source, lag_ms: lag.lag_ms, k: lag.k, grid_share, warning }
    }

    /// Two difficulties of one set that play one audio file: no lag, whatever their
    /// points. Where those say anything else, the warning says so.
    #[must_use]
    pub fn of_one_file(a: &EvidenceMap, b: &EvidenceMap) -> Self {
        let read = Self::of_timing_points(a, b);
        let is_confirmed = read.class == AlignmentClass::Aligned && read.lag_ms == 0.0;
        let warning = (!is_confirmed).then(|| {
            let (class, lag_ms) = (read.class.name(), read.lag_ms);
            format!("the timing points of the two differ: {class}, lag {lag_ms:.1} ms")
        });
        Self {
            class: AlignmentClass::Aligned,
            source: AlignmentSource::SameFile,
            lag_ms: 0.0,
            k: 0,
            grid_share: read.grid_share,
            warning,
        }
    }
}

/// From where both maps have begun to where one ends, ms on the time line of A; the end
/// may lie before the start.
#[must_use]
pub(crate) fn shared_span(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> [f64; 2] {
    let start_ms = a.first_ms().max(b.first_ms() + lag_ms);
    [start_ms, a.end_ms().min(b.end_ms() + lag_ms)]
}

fn grid_share(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> f64 {
    let [start_ms, end_ms] = shared_span(a, b, lag_ms);
    if end_ms <= start_ms {
        return 0.0;
    }
    let n_times = f64::from(N_GRID_TIMES);
    let agree = |idx: &u32| {
        let share = (f64::from(*idx) + 0.5) / n_times;
        let time_ms = start_ms + share * (end_ms - start_ms);
        beats_agree(a.points(), b.points(), lag_ms, time_ms)
    };
    (0..N_GRID_TIMES).filter(agree).count() as f64 / n_times
}

#[derive(Debug, Clone, Copy)]
struct Lag {
    k: i32,
    lag_ms: f64,
}

impl Lag {
    fn size(self) -> f64 {
        self.lag_ms.abs()
    }
}

/// How well ONSET fits at a lag.
#[derive(Debug, Clone, Copy)]
struct Fit {
    lag: Lag,
    r: f64,
}

/// A lag at which ONSET fits better than at the nearest.
#[derive(Debug, Clone, Copy)]
struct Better {
    fit: Fit,
    /// Whether it also leads, and COMBO fits better there.
    is_clear: bool,
}

struct Search<'a> {
    a: &'a EvidenceMap,
    b: &'a EvidenceMap,
    /// Times of the frames of A.
    frames_ms: Vec<f64>,
    /// Sums of ONSET of A and of its squares before each frame.
    sums_until: Vec<[f64; 2]>,
    times_ms: Vec<f64>,
    values: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(a: &'a EvidenceMap, b: &'a EvidenceMap) -> Self {
        let frames_ms = (0..a.n_frames()).map(|idx| CLOCK.time_ms(idx)).collect();
        let onsets = a.frames(SignalChannel::Onset, 0..a.n_frames());
        let mut sums_until = Vec::with_capacity(onsets.len() + 1);
        sums_until.push([0.0; 2]);
        sums_until.extend(onsets.iter().scan([0.0; 2], |[sum, squares], value| {
            *sum += value;
            *squares += value * value;
            Some([*sum, *squares])
        }));
        let (times_ms, values) = (Vec::new(), Vec::new());
        Self { a, b, frames_ms, sums_until, times_ms, values }
    }

    /// The best of the candidates, if it is better than the nearest.
    fn better(&mut self, nearest: Fit, candidates: impl Iterator<Item = Fit>) -> Option<Better> {
        let mut ranked: Vec<Fit> = candidates.collect();
        ranked.sort_by(|a, b| {
            b.r.total_cmp(&a.r)
                .then(a.lag.size().total_cmp(&b.lag.size()))
                .then(a.lag.k.cmp(&b.lag.k))
        });
        let &best = ranked.first()?;
        if best.lag.k == nearest.lag.k || best.r - nearest.r <= MIN_GAIN {
            return None;
        }
        // The nearest is a candidate too, so there is a second one.
        let leads = ranked.get(1).is_some_and(|second| best.r - second.r > MIN_LEAD);
        let mut combo = |fit: Fit| self.r_of_combos(fit.lag.lag_ms);
        let is_confirmed = match (combo(nearest), combo(best)) {
            (Some(at_nearest), Some(at_best)) => at_best > at_nearest,
            _ => false,
        };
        Some(Better { fit: best, is_clear: leads && is_confirmed })
    }

    /// r of ONSET over what both share at a lag, from sums: as good as any for a choice
    /// between lags, and a fifth of the work.
    fn r_of_onsets(&mut self, lag_ms: f64) -> Option<f64> {
        let frames = self.sample(SignalChannel::Onset, lag_ms)?;
        let n = frames.len() as f64;
        let ([sum_from, squares_from], [sum_to, squares_to]) =
            (self.sums_until[frames.start], self.sums_until[frames.end]);
        let (sum_a, squares_a) = (sum_to - sum_from, squares_to - squares_from);
        let a = self.a.frames(SignalChannel::Onset, frames);
        let [sum_b, squares_b, product] = sums(a, &self.values, |a, b| [b, b * b, a * b]);
        let variances = (squares_a - sum_a * sum_a / n) * (squares_b - sum_b * sum_b / n);
        // Below it is rounding: n is at least a thousand.
        (variances > 1e-9).then(|| (product - sum_a * sum_b / n) / variances.sqrt())
    }

    /// r of COMBO over what both share at a lag.
    fn r_of_combos(&mut self, lag_ms: f64) -> Option<f64> {
        let frames = self.sample(SignalChannel::Combo, lag_ms)?;
        pearson(self.a.frames(SignalChannel::Combo, frames), &self.values)
    }

    /// Samples a channel of events of B at the frames of A that both share at a lag;
    /// `None` where they are too few.
    fn sample(&mut self, channel: SignalChannel, lag_ms: f64) -> Option<Range<usize>> {
        let [start_ms, end_ms] = shared_span(self.a, self.b, lag_ms);
        let mut frames = CLOCK.frames_between(start_ms, end_ms, self.a.n_frames());
        if frames.len() < MIN_FRAMES {
            return None;
        }
        frames.end = frames.end.min(frames.start + MAX_SEARCHED_FRAMES);
        self.times_ms.clear();
        self.times_ms.extend(self.frames_ms[frames.clone()].iter().map(|it| it - lag_ms));
        self.values.resize(frames.len(), 0.0);
        self.b.signal().sample_events(channel, &self.times_ms, &mut self.values);
        Some(frames)
    }
}
