use crate::limits::LimitError;
use crate::sections::Section;
use crate::text::game_time;
use carto_types::Cause;

/// Why the published pipeline cannot use a `.osu` file.
///
/// Lines are those of the file, from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// A limit of ours: the published parser has none.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// A limit of ours: the published parser has none.
    #[error("line {line}: a slider of {n_points} control points, limit is {limit}")]
    TooManyControlPoints {
        /// Line of the slider.
        line: usize,
        /// Control points of the slider.
        n_points: usize,
        /// [`crate::limits::Limits::max_control_points`].
        limit: usize,
    },
    /// A limit of ours: the published parser has none.
    #[error("line {line}: the sliders up to here have too many control points to draw in time")]
    TooMuchSliderWork {
        /// Line of the slider that exceeds [`crate::limits::Limits::max_slider_work`].
        line: usize,
    },
    /// The text is not strict UTF-8.
    #[error("the text is not UTF-8: byte {offset} cannot be read")]
    NotUtf8 {
        /// Offset of the first bad byte.
        offset: usize,
    },
    /// A section that every map needs.
    #[error("there is no [{section:?}] section, or a blank line ends it at once")]
    MissingSection {
        /// The section.
        section: Section,
        /// Line of `beatmap.py`.
        source_line: u32,
    },
    /// A field that every map needs.
    #[error("[{section:?}] has no {key} line")]
    MissingField {
        /// The section.
        section: Section,
        /// The key.
        key: &'static str,
        /// Line of `beatmap.py`.
        source_line: u32,
    },
    /// A field that should be a number.
    #[error("{key} is not a number: {text:?}")]
    FieldNotANumber {
        /// The key.
        key: &'static str,
        /// What stands behind the key.
        text: String,
        /// Line of `beatmap.py`.
        source_line: u32,
    },
    /// A list item that should be a number.
    #[error("line {line}: {text:?} is not a number")]
    NotANumber {
        /// Line of the item.
        line: usize,
        /// What stands there, shortened.
        text: String,
        /// Where the published code raises.
        source_at: &'static str,
    },
    /// An event of a single field.
    #[error("line {line}: an event needs two fields or more")]
    EventTooShort {
        /// Line of the event.
        line: usize,
    },
    /// A break with other than three fields.
    #[error("line {line}: a break has three fields, this one has {n_fields}")]
    BreakFields {
        /// Line of the event.
        line: usize,
        /// Fields of the line.
        n_fields: usize,
    },
    /// A timing point of one or two fields, as in formats 3 and 4.
    #[error("line {line}: a timing point needs three fields, this one has {n_fields}")]
    TimingPointTooShort {
        /// Line of the timing point.
        line: usize,
        /// Fields of the line.
        n_fields: usize,
    },
    /// No timing point that counts.
    #[error("there is no timing point with a beat length")]
    NoTimingPoints,
    /// A hit object of fewer than five fields.
    #[error("line {line}: a hit object needs five fields, this one has {n_fields}")]
    ObjectTooShort {
        /// Line of the object.
        line: usize,
        /// Fields of the line.
        n_fields: usize,
    },
    /// A slider without path, slides or length, or a spinner without end.
    #[error("line {line}: a {kind} needs {needed} fields, this one has {n_fields}")]
    ObjectLacksFields {
        /// Line of the object.
        line: usize,
        /// `slider` or `spinner`.
        kind: &'static str,
        /// Fields that such an object needs.
        needed: usize,
        /// Fields of the line.
        n_fields: usize,
    },
    /// A control point that is not `x:y`.
    #[error("line {line}: {text:?} is not a control point")]
    BadControlPoint {
        /// Line of the slider.
        line: usize,
        /// What stands there, shortened.
        text: String,
    },
    /// A slider whose control points make no path.
    #[error("line {line}: the slider has no path: all its points are one")]
    NoPath {
        /// Line of the slider.
        line: usize,
        /// Where the published code raises.
        source_at: &'static str,
    },
    /// Neither circle, slider nor spinner.
    #[error("line {line}: hit object type {bits} is neither circle, slider nor spinner")]
    UnknownObjectType {
        /// Line of the object.
        line: usize,
        /// The type field.
        bits: f64,
    },
    /// An object starts before the one before it ends.
    #[error(
        "line {line}: an object starts at {}, before the one before it ends at {}",
        game_time(*start_ms),
        game_time(*previous_end_ms)
    )]
    Overlap {
        /// Line of the later object.
        line: usize,
        /// Start of the later object, ms.
        start_ms: f64,
        /// End of the earlier object, ms.
        previous_end_ms: f64,
    },
    /// The end of the object before is NaN or infinite.
    #[error(
        "line {line}: the object before this one has no finite end, for want of a finite length or beat length"
    )]
    EndNotFinite {
        /// Line of the object after it.
        line: usize,
    },
    /// A map without objects.
    #[error("there is no hit object before the first blank line of [HitObjects]")]
    NoObjects,
}

impl Refusal {
    /// The cause by name.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::Empty => Cause::EmptyFile,
            Self::Limit(_) | Self::TooManyControlPoints { .. } | Self::TooMuchSliderWork { .. } => {
                Cause::OverALimit
            }
            Self::NotUtf8 { .. } => Cause::NotUtf8,
            Self::MissingSection { .. } => Cause::MissingSection,
            Self::MissingField { .. } => Cause::MissingField,
            Self::FieldNotANumber { .. } | Self::NotANumber { .. } => Cause::NotANumber,
            Self::EventTooShort { .. } | Self::BreakFields { .. } => Cause::MalformedEvent,
            Self::TimingPointTooShort { .. } => Cause::MalformedTimingPoint,
            Self::NoTimingPoints => Cause::NoTimingPoints,
            Self::ObjectTooShort { .. } | Self::ObjectLacksFields { .. } => Cause::MalformedObject,
            Self::BadControlPoint { .. } | Self::NoPath { .. } => Cause::MalformedSlider,
            Self::UnknownObjectType { .. } => Cause::UnknownObjectType,
            Self::Overlap { .. } => Cause::OverlappingObjects,
            Self::EndNotFinite { .. } => Cause::EndNotFinite,
            Self::NoObjects => Cause::NoObjects,
        }
    }

    /// Where the published code raises for this, `file:line` below
    /// `osu_dreamer/osu` at commit `7ec522b`; `None` for limits of ours.
    #[must_use]
    pub fn source_at(&self) -> Option<String> {
        let at = match self {
            Self::Limit(_) | Self::TooManyControlPoints { .. } | Self::TooMuchSliderWork { .. } => {
                return None;
            }
            Self::NotUtf8 { .. } => "beatmap.py:23",
            Self::Empty => "beatmap.py:70",
            Self::MissingSection { source_line, .. }
            | Self::MissingField { source_line, .. }
            | Self::FieldNotANumber { source_line, .. } => {
                return Some(format!("beatmap.py:{source_line}"));
            }
            Self::NotANumber { source_at, .. } | Self::NoPath { source_at, .. } => source_at,
            Self::EventTooShort { .. } => "beatmap.py:118",
            Self::BreakFields { .. } => "beatmap.py:120",
            Self::TimingPointTooShort { .. } => "beatmap.py:132",
            Self::NoTimingPoints => "beatmap.py:160",
            Self::ObjectTooShort { .. } => "beatmap.py:180",
            Self::ObjectLacksFields { kind: "spinner", .. } => "beatmap.py:206",
            Self::ObjectLacksFields { .. } => "beatmap.py:185",
            Self::BadControlPoint { .. } => "beatmap.py:188",
            Self::UnknownObjectType { .. } => "beatmap.py:208",
            Self::Overlap { .. } => "beatmap.py:211",
            Self::EndNotFinite { .. } => "hit_objects.py:127",
            Self::NoObjects => "beatmap.py:216",
        };
        Some(at.to_owned())
    }
}
