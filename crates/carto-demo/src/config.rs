//! What the demo set is made from.

/// Everything that decides the demo set; equal configs give equal bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemoConfig {
    /// Seed of every draw.
    pub seed: u64,
    /// How many songs. The catalogue has twelve; further ones repeat their names
    /// with "(Part 2)" and so on, and are drawn anew.
    pub n_songs: usize,
    /// How many of the five mappers map each song, 1 to 5; `None` leaves three to
    /// five, as the catalogue has it.
    pub n_mappers: Option<usize>,
    /// How much the mappers of a song agree.
    pub agreement: PlantedAgreement,
    /// Whether the mappers of a song map the same music: bars, tempo, sections.
    /// Without it each of them has a tempo and a build of their own, nothing is
    /// shared but the length, and [`agreement`](Self::agreement) has nothing to
    /// copy from: the chance level of every statistic.
    pub has_shared_grid: bool,
}

impl Default for DemoConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            n_songs: 12,
            n_mappers: None,
            agreement: PlantedAgreement::default(),
            has_shared_grid: true,
        }
    }
}

/// Per channel of the signal: the share of decisions that a mapper copies from
/// the song's common plan instead of drawing them.
///
/// Each share lies in `[0, 1]`; below 0 (and NaN) counts as 0, above 1 as 1. A
/// decision is made per quarter beat: is there an onset, a new combo, and so
/// on. Two mappers make the same decision because both copied it, which has the
/// probability `share * share`, or by chance.
///
/// Even at 0 the mappers of a song share its bars and its loud and quiet
/// sections, which is what correlates unrelated maps of one song: measured with
/// the default seed, the mean r of ONSET is 0.58 then, and 0.26 without
/// [`DemoConfig::has_shared_grid`].
///
/// Some channels lean on others: a new combo, a hit sound or a slider needs an
/// onset, and SLIDE (where the ball runs back) needs the slider of SUSTAIN. At 1
/// for all, the first seven channels are equal but for single sliders that a
/// mapper's speed makes too long for the playfield, which are repeated instead;
/// X and Y still differ in the shapes of sliders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantedAgreement {
    /// Where objects start: ONSET.
    pub onset: f64,
    /// Which of them start a new combo: COMBO.
    pub combo: f64,
    /// Which of them are held, and for how long: SUSTAIN.
    pub sustain: f64,
    /// How often a slider is repeated: SLIDE.
    pub slide: f64,
    /// WHISTLE.
    pub whistle: f64,
    /// FINISH.
    pub finish: f64,
    /// CLAP.
    pub clap: f64,
    /// Horizontal position of an object's start: X.
    pub x: f64,
    /// Vertical position of an object's start: Y.
    pub y: f64,
}

impl PlantedAgreement {
    /// One share for all channels.
    pub const fn uniform(share: f64) -> Self {
        Self {
            onset: share,
            combo: share,
            sustain: share,
            slide: share,
            whistle: share,
            finish: share,
            clap: share,
            x: share,
            y: share,
        }
    }
}

impl Default for PlantedAgreement {
    /// High for onsets and combos, middling for sliders and hit sounds, none for
    /// the cursor: the shape of the published result.
    fn default() -> Self {
        Self {
            onset: 0.6,
            combo: 0.7,
            sustain: 0.4,
            slide: 0.45,
            whistle: 0.4,
            finish: 0.35,
            clap: 0.4,
            x: 0.0,
            y: 0.0,
        }
    }
}
