//! What issues have in common for a person: what happened, and what to do about it.

use crate::{Cause, Issue, Mode};

/// Causes that call for the same remedy, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueGroup {
    /// Something broke in this program.
    Fault,
    /// Files, archives or entries of them that cannot be read, or not whole.
    Unreadable,
    /// Files behind a limit, or where the browser does not reach.
    OutOfReach,
    /// What the published rules do not take, and those of osu! do.
    ByPublishedRules,
    /// Maps whose text or objects cannot be used.
    UnusableMap,
    /// Difficulties that speak for nobody.
    NoOwner,
    /// Rows of a table of owners without a map.
    UnusedOwner,
    /// Archives and sets without a map or a title.
    EmptySet,
    /// Maps that are left out of the latents alone.
    NoLatents,
    /// Maps whose length is not that of whole audio.
    OddAudio,
    /// Maps whose recordings say nothing of the lag to others.
    AudioNotHeard,
    /// Difficulties of one set with one name.
    SameName,
    /// What a later version may know.
    Other,
    /// Songs that only one person mapped.
    OneMapper,
    /// Maps of other game modes.
    OtherGame,
    /// Files that are no beatmaps.
    OtherFiles,
    /// Files that came before.
    Duplicates,
}

impl IssueGroup {
    /// The group of a cause.
    #[must_use]
    pub fn of(cause: &Cause) -> Self {
        use Cause as C;
        match cause {
            C::Fault
            | C::WorkerLost
            | C::BadMessage
            | C::WorkerFailed
            | C::ResultsNotWritten
            | C::FigureNotDrawn
            | C::UnknownMap => Self::Fault,
            C::UnreadableFile
            | C::UnreadableArchive
            | C::UnreadableEntry
            | C::UnreadableMap
            | C::UnreadableLabels
            | C::EmptyFile
            | C::NotUtf8
            | C::NotABeatmap => Self::Unreadable,
            C::UnreadableFolder | C::FoldersTooDeep | C::LazerFolder | C::TooManyFiles => {
                Self::OutOfReach
            }
            C::UpperCaseEnding
            | C::MapsNotSeen
            | C::MissingMode
            | C::NoAudio
            | C::AudioInFolder => Self::ByPublishedRules,
            C::MissingSection
            | C::MissingField
            | C::NotANumber
            | C::MalformedEvent
            | C::MalformedTimingPoint
            | C::NoTimingPoints
            | C::MalformedObject
            | C::MalformedSlider
            | C::UnknownObjectType
            | C::OverlappingObjects
            | C::NoObjects
            | C::OverALimit
            | C::BezierWithoutFrame
            | C::ArcWithoutLength
            | C::EndNotFinite
            | C::SignalNotFinite
            | C::NoRating => Self::UnusableMap,
            C::NoOwner => Self::NoOwner,
            C::UnusedOwner => Self::UnusedOwner,
            C::NoMap | C::NoHead => Self::EmptySet,
            C::LatentMisshapen | C::LatentNotFinite | C::NoLatents => Self::NoLatents,
            C::AudioEndsEarly | C::LengthFromObjects => Self::OddAudio,
            C::AudioNotHeard => Self::AudioNotHeard,
            C::SameName => Self::SameName,
            C::OneMapper => Self::OneMapper,
            C::OtherMode => Self::OtherGame,
            C::OtherFile | C::OtherFiles => Self::OtherFiles,
            C::DuplicateFile => Self::Duplicates,
            C::Other(_) => Self::Other,
        }
    }

    /// What the issues are about, as a heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Fault => "Faults of this program",
            Self::Unreadable => "Damaged or unreadable files",
            Self::OutOfReach => "Folders and files out of reach",
            Self::ByPublishedRules => "Left out by the published rules",
            Self::UnusableMap => "Maps that cannot be used",
            Self::NoOwner => "Difficulties of several mappers",
            Self::UnusedOwner => "Rows of a table of owners without a map",
            Self::EmptySet => "Archives without a map or a title",
            Self::NoLatents => "Maps without latents",
            Self::OddAudio => "Audio that is missing or cut off",
            Self::AudioNotHeard => "Audio that cannot be heard",
            Self::SameName => "Difficulties with one name",
            Self::Other => "Other",
            Self::OneMapper => "Sets of songs by one mapper",
            Self::OtherGame => "Maps of other game modes",
            Self::OtherFiles => "Files that are no beatmaps",
            Self::Duplicates => "Files that came twice",
        }
    }

    /// What to do about the issues, in one or two sentences.
    ///
    /// - `mode`: the rules of the run
    #[must_use]
    pub fn remedy(self, mode: Mode) -> &'static str {
        const OTHER_RULES: &str = "The rules As osu! players know it read them.";
        match (self, mode) {
            (Self::Fault, _) => {
                "All else went on. Drop these files again; if it happens again, please report the line."
            }
            (Self::Unreadable, _) => "Download them again, then drop them once more.",
            (Self::OutOfReach, _) => {
                "Drop the folder that holds the songs itself, or fewer files at once."
            }
            (Self::ByPublishedRules, _) => OTHER_RULES,
            (Self::UnusableMap, Mode::Published) => {
                "Each line says why. The rules As osu! players know it read most of them."
            }
            (Self::UnusableMap, Mode::Osu) => {
                "Each line says why. A map that osu!’s editor opens and saves can often be used."
            }
            (Self::NoOwner, _) => {
                "Say who made them with Correct who made a difficulty, below the songs."
            }
            (Self::UnusedOwner, _) => "Check the MD5 sums and numbers in the table.",
            (Self::EmptySet, _) => {
                "There is nothing in them to compare: no map, or none that names its song. Each line says which."
            }
            (Self::NoLatents, _) => "Their nine channels are compared all the same.",
            (Self::OddAudio, _) => {
                "They are compared as far as their audio, or else their objects, go. With the whole archive (.osz) in their place, all of it is."
            }
            (Self::AudioNotHeard, _) => {
                "Their pairs are aligned by their timing points. Each line says why, and what to do."
            }
            (Self::SameName, _) => {
                "By the published rules the later counts. The rules As osu! players know it tell them apart."
            }
            (Self::Other, _) => "Each line says what it is.",
            (Self::OneMapper, _) => {
                "Nothing is wrong. With a map of the song by somebody else beside them they are compared."
            }
            (Self::OtherGame, _) => "Nothing is wrong. Only maps of osu!standard are compared.",
            (Self::OtherFiles, _) => "Nothing to do: they were not opened.",
            (Self::Duplicates, _) => "Nothing to do: each is taken once.",
        }
    }

    /// Whether nothing went wrong: what a person may know, and need not mend.
    #[must_use]
    pub fn is_note(self) -> bool {
        self >= Self::OneMapper
    }
}

impl Issue {
    /// What it has in common with others.
    #[must_use]
    pub fn group(&self) -> IssueGroup {
        IssueGroup::of(&self.cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_mending_stands_before_what_does_not() {
        assert!(IssueGroup::of(&Cause::Fault) < IssueGroup::of(&Cause::OverlappingObjects));
        let is_note = |cause: Cause| IssueGroup::of(&cause).is_note();
        assert!(is_note(Cause::OneMapper) && is_note(Cause::DuplicateFile));
        assert!(!is_note(Cause::NoOwner) && !is_note(Cause::from("of-tomorrow")));
    }

    #[test]
    fn only_the_published_rules_point_to_the_others() {
        let has_other = |mode| IssueGroup::UnusableMap.remedy(mode).contains("As osu! players");
        assert!(has_other(Mode::Published) && !has_other(Mode::Osu));
    }
}
