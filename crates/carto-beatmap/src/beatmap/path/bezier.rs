use super::line::LinePath;
use super::quadrature::Quadratures;
use crate::beatmap::position::Position;

/// Above this many points the published code evaluates by a running product
/// instead of de Casteljau's scheme (`bezier.py:31`).
const MAX_DE_CASTELJAU_POINTS: usize = 12;

/// A drawn length this close to the wanted one is left alone, osu!pixels (`sliders.py:186`).
const LENGTH_SLACK: f64 = 10.0;

/// One Bezier curve of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct BezierSegment {
    points: Vec<Position>,
    length: f64,
}

impl BezierSegment {
    /// `points`: at least two.
    pub(crate) fn new(points: Vec<Position>, quadratures: &mut Quadratures) -> Self {
        let length = arc_length(&points, quadratures);
        Self { points, length }
    }

    /// The curve's control points.
    #[must_use]
    pub fn points(&self) -> &[Position] {
        &self.points
    }

    /// The curve's length by quadrature, osu!pixels.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.length
    }

    /// The part from the start to parameter `t`, by de Casteljau's scheme.
    fn first_part(&self, t: f64, quadratures: &mut Quadratures) -> Self {
        let mut points = self.points.clone();
        let mut left = Vec::with_capacity(points.len());
        while let Some(&first) = points.first() {
            left.push(first);
            for idx in 0..points.len() - 1 {
                points[idx] = points[idx].lerp(points[idx + 1], t);
            }
            points.pop();
        }
        Self::new(left, quadratures)
    }
}

/// A chain of Bezier curves with the length that the beatmap wants.
///
/// # Source
///
/// `Bezier` in osu-dreamer `osu_dreamer/osu/sliders.py` and `bezier.py`, as
/// bundled by osu-dreamer-cartography @ `7ec522b` (quirks 44 and 45): lengths
/// by Gauss-Legendre quadrature, and inside a curve the *parameter* is linear
/// in the travelled fraction, not the arc length.
#[derive(Debug, Clone, PartialEq)]
pub struct BezierPath {
    segments: Vec<BezierSegment>,
    /// Travelled fraction at the end of each segment.
    ends: Vec<f64>,
}

impl BezierPath {
    /// Splits where two consecutive control points coincide, then makes the
    /// whole `length` osu!pixels long.
    ///
    /// `None` if no two different consecutive points remain: such a slider
    /// raises in the published code.
    pub(crate) fn new(
        points: &[Position],
        length: f64,
        quadratures: &mut Quadratures,
    ) -> Option<Self> {
        let mut segments: Vec<_> = split_at_repeats(points)
            .filter(|part| part.len() >= 2)
            .map(|part| BezierSegment::new(part.to_vec(), quadratures))
            .collect();
        let mut total: f64 = segments.iter().map(|segment| segment.length).sum();

        if (length - total).abs() < LENGTH_SLACK {
            // Left as drawn.
        } else if length > total {
            let last = &segments.last()?.points;
            let (tip, before) = (last[last.len() - 1], last[last.len() - 2]);
            let tail = LinePath::with_length(
                tip,
                Position { x: tip.x + (tip.x - before.x), y: tip.y + (tip.y - before.y) },
                length - total,
            );
            segments.push(BezierSegment::new(vec![tail.start, tail.end], quadratures));
        } else {
            while let Some(last) = segments.last() {
                if total - length < last.length || segments.len() == 1 {
                    break;
                }
                total -= last.length;
                segments.pop();
            }
            let last = segments.last_mut()?;
            let t = 1.0 - (total - length) / last.length;
            *last = last.first_part(t.clamp(0.0, 1.0), quadratures);
        }

        let mut ends = Vec::with_capacity(segments.len());
        let mut sum = 0.0;
        for segment in &segments {
            sum += segment.length;
            ends.push(sum);
        }
        let whole = *ends.last()?;
        ends.iter_mut().for_each(|end| *end /= whole);
        Some(Self { segments, ends })
    }

    /// The curves, from head to tail.
    #[must_use]
    pub fn segments(&self) -> &[BezierSegment] {
        &self.segments
    }

    /// The position at a fraction of one slide; NaN in a segment of no length.
    #[must_use]
    pub fn position_at(&self, progress: f64) -> Position {
        let progress = progress.clamp(0.0, 1.0);
        let idx = self.ends.partition_point(|&end| end < progress).min(self.ends.len() - 1);
        let start = if idx == 0 { 0.0 } else { self.ends[idx - 1] };
        let t = (progress - start) / (self.ends[idx] - start);
        evaluate(&self.segments[idx].points, t)
    }
}

/// The runs of control points between coinciding neighbours; each neighbour
/// belongs to one run.
fn split_at_repeats(points: &[Position]) -> impl Iterator<Item = &[Position]> {
    points.chunk_by(|a, b| a != b)
}

fn arc_length(points: &[Position], quadratures: &mut Quadratures) -> f64 {
    let n_points = points.len();
    let degree = (n_points - 1) as f64;
    let hodograph: Vec<_> = points
        .windows(2)
        .map(|pair| Position {
            x: degree * (pair[1].x - pair[0].x),
            y: degree * (pair[1].y - pair[0].y),
        })
        .collect();
    let n_nodes = (5.0 * (n_points as f64).sqrt()) as usize;
    quadratures
        .get(n_nodes)
        .iter()
        .map(|&(t, weight)| {
            let velocity = evaluate(&hodograph, t);
            weight * (velocity.x * velocity.x + velocity.y * velocity.y).sqrt()
        })
        .sum()
}

/// The point of the Bezier curve at parameter `t`.
fn evaluate(points: &[Position], t: f64) -> Position {
    match *points {
        [a, b] => a.lerp(b, t),
        _ if points.len() <= MAX_DE_CASTELJAU_POINTS => de_casteljau(points, t),
        _ => running_product(points, t),
    }
}

fn de_casteljau(points: &[Position], t: f64) -> Position {
    let mut buffer = [Position::default(); MAX_DE_CASTELJAU_POINTS];
    let work = &mut buffer[..points.len()];
    work.copy_from_slice(points);
    for n_left in (1..points.len()).rev() {
        for idx in 0..n_left {
            work[idx] = work[idx].lerp(work[idx + 1], t);
        }
    }
    work[0]
}

/// The Bernstein sum in O(points), after Volk and Schumaker (1990): the
/// parameter is mirrored into `[0, 1/2]`, where `1 - t` never vanishes.
///
/// At both ends the published code multiplies all weights by 0 and lands on
/// the origin of the playfield; so does this.
fn running_product(points: &[Position], t: f64) -> Position {
    let n_points = points.len();
    let is_mirrored = t > 0.5;
    let t = if is_mirrored { 1.0 - t } else { t };
    if t == 0.0 {
        return Position::default();
    }
    let ratio = t / (1.0 - t);
    let (mut weight, mut sum) = (1.0, Position::default());
    for idx in 0..n_points {
        if idx > 0 {
            weight *= (n_points - idx) as f64 / idx as f64 * ratio;
        }
        let point = points[if is_mirrored { n_points - 1 - idx } else { idx }];
        sum.x += weight * point.x;
        sum.y += weight * point.y;
    }
    let scale = libm::pow(1.0 - t, (n_points - 1) as f64);
    Position { x: scale * sum.x, y: scale * sum.y }
}
