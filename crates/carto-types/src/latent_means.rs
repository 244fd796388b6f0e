//! The mean of each latent of the maps of a song, for the fingerprints of their mappers.

use serde::{Deserialize, Serialize};

use crate::{Issue, SongMapValues};

/// The mean of each latent of one map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentMeans {
    /// Place as of [`SongPlan::map`](crate::SongPlan::map).
    pub map_idx: u32,
    /// By number of the latent the mean over the columns at which the map is active; `None` where
    /// too few are, and where it is no number.
    pub means: Vec<Option<f64>>,
}

/// The means of the latents of the maps of one song that stand for their mappers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SongLatentMeans {
    /// Place in the index.
    pub song_idx: u32,
    /// The maps that could be measured.
    pub maps: Vec<LatentMeans>,
    /// Maps that could not be measured.
    pub issues: Vec<Issue>,
}

impl SongMapValues {
    /// Gives the maps of the song the means of their latents; a map without any keeps none.
    ///
    /// - `found`: of the same song
    pub fn add_latents(&mut self, found: &SongLatentMeans) {
        for map in &mut self.maps {
            if let Some(of_map) = found.maps.iter().find(|it| it.map_idx == map.map_idx) {
                map.latents.clone_from(&of_map.means);
            }
        }
        self.issues.extend(found.issues.iter().cloned());
    }
}
