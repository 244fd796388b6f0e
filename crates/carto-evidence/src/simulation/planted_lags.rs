//! T5: lags that are put between two real maps, and whether they are found.

use carto_random::SplitMix64;
use carto_types::AlignmentClass;

use super::scenes::Scene;
use super::sets::{Share, seed_of};
use crate::map::CLOCK;
use crate::song_values::mean;
use crate::{Alignment, wrap};

/// Planted offsets are uniform within this, ms.
const OFFSETS_MS: f64 = 95.0;
/// Offsets that are drawn for each pair.
const N_OFFSETS: usize = 4;
/// Planted beats are all up to this, to both sides.
const MOST_BEATS: i32 = 8;

/// How many planted lags are found, and what is said of the others.
///
/// B is moved with its timing points, and the lag is read anew. The true lag of the pair before
/// that is taken to be the one that was read then, or 0 for difficulties of one set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantedLags {
    /// Offsets of less than 95 ms.
    pub offsets: LagOutcomes,
    /// The same, whole beats aside, which are what another version of the song is told by: the
    /// phase that timing points have.
    pub phases: LagOutcomes,
    /// Whole beats, 1 to 8 to both sides.
    pub beats: LagOutcomes,
}

/// How many of some planted lags were found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LagOutcomes {
    /// How many were planted.
    pub n_planted: u32,
    /// Found within a frame; the error is that of pairs that are drawn, since lags of one pair
    /// are found or missed together.
    pub found: Share,
    /// Missed, with a warning.
    pub n_warned: u32,
    /// Missed, and the pair left out as of another class.
    pub n_left_out: u32,
    /// Missed without a word.
    pub n_wrong: u32,
}

/// Moves B of every pair by offsets and by whole beats.
pub(super) fn planted_lags(scenes: &[Scene<'_>], seed: u64) -> PlantedLags {
    let (mut offsets, mut phases, mut beats) = (Vec::new(), Vec::new(), Vec::new());
    for (idx, scene) in scenes.iter().enumerate() {
        let Some(beat_ms) = scene.pair.a.tempo().map(|tempo| tempo.beat_ms) else { continue };
        let mut random = SplitMix64::new(seed_of(seed, &[idx as u64]));
        let moved_ms: Vec<f64> =
            (0..N_OFFSETS).map(|_| (2.0 * random.unit() - 1.0) * OFFSETS_MS).collect();
        let read = |moved_ms: &f64| read_after(scene, *moved_ms);
        let of_offsets: Vec<Read> = moved_ms.iter().filter_map(read).collect();
        offsets.push(of_offsets.iter().map(|read| read.outcome()).collect());
        phases.push(of_offsets.iter().map(|read| read.phase(beat_ms).outcome()).collect());
        let planted =
            (-MOST_BEATS..=MOST_BEATS).filter(|&k| k != 0).map(|k| f64::from(k) * beat_ms);
        let of_beats = planted.filter_map(|moved_ms| read(&moved_ms));
        beats.push(of_beats.map(Read::outcome).collect());
    }
    PlantedLags {
        offsets: LagOutcomes::of(&offsets),
        phases: LagOutcomes::of(&phases),
        beats: LagOutcomes::of(&beats),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Found,
    Warned,
    LeftOut,
    Wrong,
}

/// What is read of a pair after its second map was moved.
#[derive(Debug, Clone, Copy)]
struct Read {
    class: AlignmentClass,
    has_warning: bool,
    /// The lag that is read, less the true one, ms.
    error_ms: f64,
}

impl Read {
    /// What was read of the phase alone, whichever beat was chosen.
    fn phase(self, beat_ms: f64) -> Self {
        let class = match self.class {
            AlignmentClass::OtherVersion => AlignmentClass::Aligned,
            class => class,
        };
        Self { class, error_ms: wrap(self.error_ms, beat_ms), ..self }
    }

    fn outcome(self) -> Outcome {
        match self {
            _ if self.class != AlignmentClass::Aligned => Outcome::LeftOut,
            _ if self.error_ms.abs() <= CLOCK.time_ms(1) => Outcome::Found,
            Self { has_warning: true, .. } => Outcome::Warned,
            _ => Outcome::Wrong,
        }
    }
}

/// `None` where B cannot be moved.
fn read_after(scene: &Scene<'_>, moved_ms: f64) -> Option<Read> {
    let pair = scene.pair;
    let moved = pair.b.stretched(0.0, 1.0, moved_ms).ok()?;
    let read = Alignment::of_timing_points(pair.a, &moved);
    Some(Read {
        class: read.class,
        has_warning: read.warning.is_some(),
        error_ms: read.lag_ms - (pair.alignment.lag_ms - moved_ms),
    })
}

impl LagOutcomes {
    /// - `pairs`: the outcomes of each pair
    fn of(pairs: &[Vec<Outcome>]) -> Self {
        let count = |wanted| pairs.iter().flatten().filter(|&&it| it == wanted).count() as u32;
        let n_planted = pairs.iter().map(|pair| pair.len() as u32).sum();
        let of_pair = |pair: &Vec<Outcome>| {
            let n_found = pair.iter().filter(|&&it| it == Outcome::Found).count();
            n_found as f64 / pair.len() as f64
        };
        let shares: Vec<f64> = pairs.iter().filter(|pair| !pair.is_empty()).map(of_pair).collect();
        let n = shares.len() as f64;
        let middle = mean(&shares);
        let squares: f64 = shares.iter().map(|share| (share - middle) * (share - middle)).sum();
        let error = if n >= 2.0 { (squares / (n - 1.0) / n).sqrt() } else { 0.0 };
        let value = Share::of(count(Outcome::Found), n_planted).value;
        Self {
            n_planted,
            found: Share { value, error },
            n_warned: count(Outcome::Warned),
            n_left_out: count(Outcome::LeftOut),
            n_wrong: count(Outcome::Wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_is_told_apart_by_what_is_said() {
        use AlignmentClass::{Aligned, OtherVersion};
        let read = |class, has_warning, error_ms| Read { class, has_warning, error_ms };
        assert_eq!(read(Aligned, true, -5.0).outcome(), Outcome::Found);
        assert_eq!(read(Aligned, true, 6.0).outcome(), Outcome::Warned);
        assert_eq!(read(Aligned, false, 400.0).outcome(), Outcome::Wrong);
        assert_eq!(read(OtherVersion, true, 0.0).outcome(), Outcome::LeftOut);
        assert_eq!(read(OtherVersion, true, 402.0).phase(400.0).outcome(), Outcome::Found);
        assert_eq!(read(Aligned, false, 390.0).phase(400.0).outcome(), Outcome::Wrong);
    }

    #[test]
    fn the_error_is_that_of_drawing_pairs() {
        let found = LagOutcomes::of(&[vec![Outcome::Found; 4], vec![Outcome::Warned; 4]]);
        assert_eq!((found.n_planted, found.n_warned), (8, 4));
        assert_eq!(found.found, Share { value: 0.5, error: 0.5 });
        let none = LagOutcomes::of(&[]);
        assert_eq!((none.n_planted, none.found), (0, Share { value: 0.0, error: 0.0 }));
    }
}
