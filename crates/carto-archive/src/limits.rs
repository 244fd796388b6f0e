//! What hostile or broken input may cost.

/// Upper bounds on what one archive may ask for, each with its reason.
///
/// Sizes are in bytes after decompression unless the name says otherwise. What
/// a header declares is never allocated: buffers grow with what really arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries in one archive. The largest ranked storyboards hold some 3,000
    /// files; an entry costs about 200 bytes here.
    pub max_entries: usize,
    /// Size of the central directory, which is held in memory while it is read.
    /// 20,000 entries with names of 250 letters take 6 MB.
    pub max_directory_bytes: u64,
    /// Size of one `.osu`. The longest marathon maps are below 5 MB; a map with
    /// a million hit objects is about 30 MB.
    pub max_osu_bytes: u64,
    /// Bytes of one audio file that are walked to find its length: 1.8 hours at
    /// 320 kbit/s. The music of a beatmap is below 100 MB.
    pub max_audio_bytes: u64,
    /// Length of one audio file in frames of 98/16384 s: four hours, so that no
    /// header makes anyone allocate a `[9, n_frames]` signal above 90 MB.
    pub max_frames: u64,
    /// Size of one archive in a pack where it has to be inflated first, and held. Where it
    /// is stored it is read in its place, whatever its size. Sets with a video rarely pass
    /// 100 MB.
    pub max_packed_bytes: u64,
    /// Bytes inflated from one archive, over all reads. It is what an honest
    /// set of 200 difficulties with one long song stays far below.
    pub max_total_bytes: u64,
    /// Inflated over compressed size, beyond [`Self::ratio_floor_bytes`], from
    /// which an entry is taken for a bomb. Deflate can reach 1,032; text and
    /// audio reach 30, digital silence 500 but only in small files.
    pub max_ratio: u64,
    /// Below this many inflated bytes the ratio is not looked at: four minutes
    /// of silence as mp3 at 320 kbit/s must pass.
    pub ratio_floor_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_entries: 20_000,
            max_directory_bytes: 8 << 20,
            max_osu_bytes: 32 << 20,
            max_audio_bytes: 256 << 20,
            max_frames: 2_400_000,
            max_packed_bytes: 256 << 20,
            max_total_bytes: 1 << 30,
            max_ratio: 250,
            ratio_floor_bytes: 16 << 20,
        }
    }
}
