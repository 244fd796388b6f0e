use crate::{Alignment, Bars, EvidenceMap, MapOnBars};
use carto_types::AlignmentClass;

/// How long the bars of a pair are that take part, ms.
const LONGEST_MS: f64 = 80_000.0;
/// Fewer bars than this are too few to draw from.
const FEWEST_BARS: usize = 16;
/// Maps of other songs for each pair.
const N_OTHERS: usize = 5;

/// Two maps of one song.
#[derive(Debug, Clone, Copy)]
pub struct SimulationPair<'a> {
    /// The number of the song.
    pub song_idx: u32,
    /// The real map, on whose bars everything stands.
    pub a: &'a EvidenceMap,
    /// The other one.
    pub b: &'a EvidenceMap,
    /// How they go together.
    pub alignment: &'a Alignment,
}

/// A pair on its first bars, with maps of other songs that were moved there.
pub(super) struct Scene<'a> {
    pub(super) pair: SimulationPair<'a>,
    /// All of one beat length.
    pub(super) bars: Bars,
    /// They reach over all bars.
    pub(super) others: Vec<EvidenceMap>,
}

impl Scene<'_> {
    /// Where the bars begin and end, ms on the time line of A.
    pub(super) fn span_ms(&self) -> [f64; 2] {
        let start_ms = self.bars.start_ms().first().copied().unwrap_or_default();
        [start_ms, start_ms + self.bars.len() as f64 * self.bars.bar_ms()]
    }
}

/// The pairs that are steady and aligned and have bars enough.
///
/// Other songs are those of the following pairs, in a ring.
pub(super) fn scenes<'a>(pairs: &[SimulationPair<'a>]) -> Vec<Scene<'a>> {
    let scene = |(idx, pair): (usize, &SimulationPair<'a>)| {
        let is_steady = |map: &EvidenceMap| map.tempo().is_some_and(|tempo| tempo.is_steady);
        let is_aligned = pair.alignment.class == AlignmentClass::Aligned;
        if !(is_aligned && is_steady(pair.a) && is_steady(pair.b)) {
            return None;
        }
        let bars = Bars::shared(pair.a, pair.b, pair.alignment.lag_ms)?;
        let n_bars = bars.len().min((LONGEST_MS / bars.bar_ms()).floor() as usize);
        if n_bars < FEWEST_BARS {
            return None;
        }
        let bars = bars.take(&(0..n_bars).collect::<Vec<_>>());
        let on_bars = MapOnBars::new(pair.a, bars.clone());
        let mut songs = vec![pair.song_idx];
        let mut others = Vec::new();
        for other in pairs.iter().cycle().skip(idx + 1).take(pairs.len()) {
            if others.len() == N_OTHERS {
                break;
            }
            if songs.contains(&other.song_idx) {
                continue;
            }
            if let Some((moved, n_reached)) = on_bars.moved_here(other.b)
                && n_reached == n_bars
            {
                songs.push(other.song_idx);
                others.push(moved);
            }
        }
        Some(Scene { pair: *pair, bars, others })
    };
    pairs.iter().enumerate().filter_map(scene).collect()
}
