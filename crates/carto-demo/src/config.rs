//! What the demo set is made from.

use super::agreement::PlantedAgreement;

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
