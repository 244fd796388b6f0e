//! What was left out or is odd, and why.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Declares [`Cause`], its names and the list of all that are known, in one table.
macro_rules! causes {
    ($($(#[doc = $doc:literal])+ $cause:ident = $name:literal,)+) => {
        /// Why a file, a set or a map was left out, or is odd.
        ///
        /// Files hold the name ([`Cause::as_str`]), which never changes.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Cause {
            $($(#[doc = $doc])+ $cause,)+
            /// A name that this version does not know, from a file of another one.
            Other(Box<str>),
        }

        impl Cause {
            /// Every cause with a name of its own.
            const KNOWN: &[Self] = &[$(Self::$cause),+];

            /// The name in files, for counting: `overlapping-objects`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$cause => $name,)+
                    Self::Other(name) => name,
                }
            }
        }
    };
}

causes! {
    // Files and folders.
    /// A file that is none of ours.
    OtherFile = "other-file",
    /// Several files that are none of ours.
    OtherFiles = "other-files",
    /// A file that came before: same name, size and time.
    DuplicateFile = "duplicate-file",
    /// A name such as `A.OSZ`, which the published rules do not see.
    UpperCaseEnding = "upper-case-ending",
    /// A folder that the system does not open.
    UnreadableFolder = "unreadable-folder",
    /// Folders in folders beyond the limit.
    FoldersTooDeep = "folders-too-deep",
    /// The folder where osu!lazer keeps its files, which are named by their hashes.
    LazerFolder = "lazer-folder",
    /// More files than a page takes at once.
    TooManyFiles = "too-many-files",
    /// A file that cannot be opened or read, or is too large.
    UnreadableFile = "unreadable-file",

    // Archives and sets.
    /// An archive that cannot be opened or is damaged.
    UnreadableArchive = "unreadable-archive",
    /// An entry of an archive that cannot be read.
    UnreadableEntry = "unreadable-entry",
    /// An archive without a `.osu` file.
    NoMap = "no-map",
    /// Maps in a folder of the archive or with an ending in capitals, where the published
    /// rules do not look.
    MapsNotSeen = "maps-not-seen",
    /// A set without title, artist or creator.
    NoHead = "no-head",
    /// A difficulty of several mappers, and nothing says who they are.
    NoOwner = "no-owner",
    /// A row of a table of owners that names no map, or no map that is there.
    UnusedOwner = "unused-owner",
    /// All maps of the song are by one mapper.
    OneMapper = "one-mapper",

    // The text of a map.
    /// A `.osu` entry that cannot be read, or whose features cannot.
    UnreadableMap = "unreadable-map",
    /// A file of no bytes.
    EmptyFile = "empty-file",
    /// Text that is not UTF-8.
    NotUtf8 = "not-utf8",
    /// Text that does not begin like a `.osu` file.
    NotABeatmap = "not-a-beatmap",
    /// A map of osu!taiko, osu!catch or osu!mania.
    OtherMode = "other-mode",
    /// A map without a `Mode` line, under the published rules.
    MissingMode = "missing-mode",
    /// A map without a section that the published reader needs.
    MissingSection = "missing-section",
    /// A map without a field that the published reader needs.
    MissingField = "missing-field",
    /// A field or a coordinate that is no number.
    NotANumber = "not-a-number",
    /// A line of `[Events]` that the published reader cannot take.
    MalformedEvent = "malformed-event",
    /// A timing point with too few fields.
    MalformedTimingPoint = "malformed-timing-point",
    /// A map without timing points.
    NoTimingPoints = "no-timing-points",
    /// A hit object with too few fields.
    MalformedObject = "malformed-object",
    /// A slider without a path that can be walked.
    MalformedSlider = "malformed-slider",
    /// A hit object of no known type.
    UnknownObjectType = "unknown-object-type",
    /// A hit object that starts before the one before it ends.
    OverlappingObjects = "overlapping-objects",
    /// A map without hit objects.
    NoObjects = "no-objects",
    /// More bytes, lines, points or frames than a map of any person has.
    OverALimit = "over-a-limit",

    // The signal of a map.
    /// A Bezier slider whose curve has no direction at one of its ends.
    BezierWithoutFrame = "bezier-without-frame",
    /// A slider along an arc without length.
    ArcWithoutLength = "arc-without-length",
    /// A hit object that ends at no finite time.
    EndNotFinite = "end-not-finite",
    /// A signal that is NaN somewhere.
    SignalNotFinite = "signal-not-finite",
    /// A map without audio whose length could be measured, under the published rules.
    NoAudio = "no-audio",
    /// Audio in a folder of the archive, where the published reader does not look.
    AudioInFolder = "audio-in-folder",
    /// Audio that is cut off; what is there of it counts.
    AudioEndsEarly = "audio-ends-early",
    /// Audio that cannot be decoded for the lag between two maps.
    AudioNotHeard = "audio-not-heard",
    /// A map without audio, as long as its objects.
    LengthFromObjects = "length-from-objects",
    /// Two representatives of one set with one name: the later counts.
    SameName = "same-name",

    // Latents.
    /// A number of a map that the song does not have.
    UnknownMap = "unknown-map",
    /// Latents that are no table of the song's shape.
    LatentMisshapen = "latent-misshapen",
    /// Latents that are NaN or infinite somewhere.
    LatentNotFinite = "latent-not-finite",
    /// A map or a song without latents, since the job failed.
    NoLatents = "no-latents",

    // The view of beatmaps.
    /// A map without star rating and longest combo.
    NoRating = "no-rating",
    /// Labels or collections that cannot be read.
    UnreadableLabels = "unreadable-labels",
    /// A job of the view's worker that failed.
    WorkerFailed = "worker-failed",

    // This program.
    /// A fault in this program, caught at one file.
    Fault = "fault",
    /// A worker that was lost with its job.
    WorkerLost = "worker-lost",
    /// A message that a worker did not understand.
    BadMessage = "bad-message",
    /// Result files that could not be written.
    ResultsNotWritten = "results-not-written",
    /// A figure that could not be drawn.
    FigureNotDrawn = "figure-not-drawn",
}

impl Cause {
    /// Whether it lies in the file's handle or the worker, and not in the file: dropped
    /// once more, the same file may be read.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::UnreadableArchive
                | Self::UnreadableFile
                | Self::WorkerLost
                | Self::BadMessage
                | Self::Fault
        )
    }
}

impl From<&str> for Cause {
    fn from(name: &str) -> Self {
        let known = Self::KNOWN.iter().find(|cause| cause.as_str() == name);
        known.cloned().unwrap_or_else(|| Self::Other(name.into()))
    }
}

impl PartialEq<&str> for Cause {
    fn eq(&self, name: &&str) -> bool {
        self.as_str() == *name
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::from(&*name))
    }
}

/// Why one map takes no part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapRefusal {
    /// The cause by name.
    pub cause: Cause,
    /// The cause in words, with line and time where known.
    pub message: String,
}

impl MapRefusal {
    /// A refusal by cause and in words.
    #[must_use]
    pub fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self { cause, message: message.into() }
    }

    /// What a person reads of it.
    ///
    /// - `subject`: how messages name the map: `1001.osz [Hard]`
    #[must_use]
    pub fn issue(&self, subject: &str) -> Issue {
        Issue::skipped(subject, self.cause.clone(), &*self.message)
    }
}

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Something was left out.
    Skipped,
    /// Everything was used, but a person should know.
    Warning,
}

impl Severity {
    /// The word in `report.json` and in a copied list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Warning => "warning",
        }
    }
}

/// Something that a person should read about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Left out, or only odd.
    pub severity: Severity,
    /// The archive, and the map inside it if it is about one: `1001.osz [Hard]`.
    pub subject: String,
    /// The cause by name.
    pub cause: Cause,
    /// What happened, then what to do.
    pub message: String,
}

impl Issue {
    /// Something that was left out.
    #[must_use]
    pub fn skipped(subject: impl Into<String>, cause: Cause, message: impl Into<String>) -> Self {
        let (subject, message) = (subject.into(), message.into());
        Self { severity: Severity::Skipped, subject, cause, message }
    }

    /// Something that was used but is odd.
    #[must_use]
    pub fn warning(subject: impl Into<String>, cause: Cause, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::skipped(subject, cause, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_found_by_its_name_and_others_keep_theirs() {
        for (idx, cause) in Cause::KNOWN.iter().enumerate() {
            assert_eq!(Cause::from(cause.as_str()), *cause);
            let is_first = |other: &Cause| other.as_str() == cause.as_str();
            assert_eq!(Cause::KNOWN.iter().position(is_first), Some(idx), "{cause} stands twice");
        }
        let other = Cause::from("of-tomorrow");
        assert_eq!((other.as_str(), other.is_retryable()), ("of-tomorrow", false));
        assert!(Cause::from("worker-lost").is_retryable());
    }
}
