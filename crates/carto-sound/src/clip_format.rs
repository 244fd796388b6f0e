//! The formats of clips, and how long a clip may be.

/// The longest clip, ms.
pub const MAX_CLIP_MS: f64 = 30_000.0;

/// The shortest, ms: a recorder that is stopped at once has no picture.
const MIN_CLIP_MS: f64 = 500.0;

/// A format that browsers record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipFormat {
    /// WebM with VP9 and Opus.
    WebmVp9,
    /// WebM with VP8 and Opus, where there is no VP9.
    WebmVp8,
    /// MP4 with H.264 and AAC: Safari before version 18.4.
    Mp4,
}

impl ClipFormat {
    /// All formats, the one that is taken first first.
    pub const ALL: [Self; 3] = [Self::WebmVp9, Self::WebmVp8, Self::Mp4];

    /// Its media type.
    #[must_use]
    pub const fn mime_type(self) -> &'static str {
        match self {
            Self::WebmVp9 => "video/webm;codecs=vp9,opus",
            Self::WebmVp8 => "video/webm;codecs=vp8,opus",
            Self::Mp4 => "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
        }
    }

    /// How the name of its file ends, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::WebmVp9 | Self::WebmVp8 => "webm",
            Self::Mp4 => "mp4",
        }
    }
}

/// The length of a clip in whole ms, within half a second and half a minute.
pub(crate) fn clip_length_ms(wanted_ms: f64) -> i32 {
    let wanted_ms = if wanted_ms.is_nan() { MAX_CLIP_MS } else { wanted_ms };
    wanted_ms.clamp(MIN_CLIP_MS, MAX_CLIP_MS).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_take_half_a_minute_at_most() {
        let lengths = [1.0, 12_345.6, 1e9, f64::NAN].map(clip_length_ms);
        assert_eq!(lengths, [500, 12_346, 30_000, 30_000]);
    }

    #[test]
    fn webm_is_taken_where_there_is_webm() {
        let extensions = ClipFormat::ALL.map(ClipFormat::extension);
        assert_eq!(extensions, ["webm", "webm", "mp4"]);
    }
}
