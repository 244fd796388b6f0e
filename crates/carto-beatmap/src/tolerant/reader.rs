use rosu_map::section::Section;
use rosu_map::section::hit_objects::{HitObjects, HitObjectsState};
use rosu_map::util::StrExt;
use rosu_map::{DecodeBeatmap, DecodeState, LATEST_FORMAT_VERSION};

use super::object::{self, ObjectLine, RawObject};
use super::text::{excerpt, key_value};
use super::{ReadingNotes, TolerantError, TolerantMap, assemble};
use crate::limits::Limits;
use carto_types::RegistryFields;

/// Timing points that those out of order may move in all: each is inserted
/// into a sorted list. Costs less than 0.1 s; an honest map has a few dozen
/// points out of order among hundreds.
const MAX_MOVED_TIMING_POINTS: usize = 1 << 24;

/// Splits the text into sections and reads them line by line.
pub(super) struct Reader<'a> {
    limits: &'a Limits,
    pub(super) format_version: i32,
    first_line: Option<String>,
    section: Option<Section>,
    is_beatmap: bool,
    pub(super) state: HitObjectsState,
    pub(super) fields: RegistryFields,
    pub(super) objects: Vec<RawObject>,
    pub(super) notes: ReadingNotes,
    n_events: usize,
    n_timing_points: usize,
    latest_timing_ms: f64,
    n_moved: usize,
    n_control_points: usize,
    n_lines_at_blank: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            format_version: LATEST_FORMAT_VERSION,
            first_line: None,
            section: None,
            is_beatmap: false,
            state: HitObjectsState::create(LATEST_FORMAT_VERSION),
            fields: RegistryFields::default(),
            objects: Vec::new(),
            notes: ReadingNotes::default(),
            n_events: 0,
            n_timing_points: 0,
            latest_timing_ms: f64::NEG_INFINITY,
            n_moved: 0,
            n_control_points: 0,
            n_lines_at_blank: None,
        }
    }

    /// Reads the line of number `number`, from 1.
    ///
    /// # Errors
    ///
    /// Only where a limit is exceeded: osu! skips a line that it cannot read.
    pub(super) fn read_line(&mut self, number: usize, raw: &str) -> Result<(), TolerantError> {
        if raw.trim().is_empty() {
            if self.section == Some(Section::HitObjects) {
                self.n_lines_at_blank.get_or_insert(self.notes.n_object_lines);
            }
            return Ok(());
        }
        if self.first_line.is_none() {
            self.first_line = Some(excerpt(raw.trim()));
            if let Some(version) = format_version(raw) {
                (self.format_version, self.is_beatmap) = (version, true);
                return Ok(());
            }
        }
        if raw.trim_start().starts_with("//") {
            return Ok(());
        }
        // A song's title may hold two slashes.
        let is_metadata = self.section == Some(Section::Metadata);
        let line = if is_metadata { raw.trim_end() } else { raw.trim_comment() };
        if line.starts_with('[') && line.ends_with(']') {
            self.section = Section::try_from_line(line);
            self.is_beatmap |= self.section.is_some();
            return Ok(());
        }
        self.read_item(number, line)
    }

    fn read_item(&mut self, number: usize, line: &str) -> Result<(), TolerantError> {
        let max_lines = self.limits.max_lines;
        let count = |n_lines: &mut usize, section| {
            *n_lines += 1;
            if *n_lines > max_lines {
                return Err(TolerantError::TooManyLines { section, limit: max_lines });
            }
            Ok(())
        };
        match self.section {
            Some(Section::General) => {
                if let Some(("AudioFilename", value)) = key_value(line) {
                    self.fields.audio_file_name = Some(value.to_standardized_path());
                }
                // What osu! cannot read it skips, here and below.
                let _ = HitObjects::parse_general(&mut self.state, line);
            }
            Some(Section::Metadata) => self.read_metadata(line),
            Some(Section::Difficulty) => {
                let _ = HitObjects::parse_difficulty(&mut self.state, line);
            }
            Some(Section::Events) => {
                count(&mut self.n_events, "Events")?;
                let _ = HitObjects::parse_events(&mut self.state, line);
            }
            Some(Section::TimingPoints) => {
                count(&mut self.n_timing_points, "TimingPoints")?;
                self.check_timing_order(number, line)?;
                let _ = HitObjects::parse_timing_points(&mut self.state, line);
            }
            Some(Section::HitObjects) => {
                count(&mut self.notes.n_object_lines, "HitObjects")?;
                self.read_object(number, line)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn read_metadata(&mut self, line: &str) {
        let Some((key, value)) = key_value(line) else { return };
        let field = match key {
            "Title" => &mut self.fields.title,
            "Artist" => &mut self.fields.artist,
            "Creator" => &mut self.fields.creator,
            "Version" => &mut self.fields.version,
            "BeatmapID" => &mut self.fields.beatmap_id,
            _ => return,
        };
        *field = (!value.is_empty()).then(|| value.to_owned());
    }

    fn check_timing_order(&mut self, line: usize, text: &str) -> Result<(), TolerantError> {
        // A time that osu! cannot read moves nothing.
        let time_ms = text.split(',').next().and_then(|time| time.parse_num::<f64>().ok());
        let Some(time_ms) = time_ms else { return Ok(()) };
        if time_ms < self.latest_timing_ms {
            self.n_moved += self.n_timing_points;
            if self.n_moved > MAX_MOVED_TIMING_POINTS {
                return Err(TolerantError::UnsortedTimingPoints { line });
            }
        } else {
            self.latest_timing_ms = time_ms;
        }
        Ok(())
    }

    fn read_object(&mut self, line: usize, text: &str) -> Result<(), TolerantError> {
        if let Some(n_lines) = self.n_lines_at_blank {
            self.notes.n_object_lines_before_blank = Some(n_lines);
        }
        let object_line = ObjectLine::split(text);
        let n_points = object_line.n_control_points();
        self.n_control_points += n_points;
        for (n_points, limit) in [
            (n_points, self.limits.max_control_points),
            (self.n_control_points, self.limits.max_total_control_points),
        ] {
            if n_points > limit {
                return Err(TolerantError::TooManyControlPoints { line, n_points, limit });
            }
        }
        match object::read(&mut self.state, &object_line, self.format_version) {
            object::Outcome::Object(object) => self.objects.push(object),
            object::Outcome::Hold => self.notes.n_ignored_holds += 1,
            object::Outcome::Unreadable => self.notes.n_skipped_objects += 1,
        }
        Ok(())
    }

    /// Puts the pieces together.
    pub(super) fn finish(self) -> Result<TolerantMap, TolerantError> {
        match &self.first_line {
            None => Err(TolerantError::Empty),
            Some(first_line) if !self.is_beatmap => {
                Err(TolerantError::NotABeatmap { first_line: first_line.clone() })
            }
            Some(_) => assemble::assemble(self),
        }
    }
}

fn format_version(line: &str) -> Option<i32> {
    line.trim().strip_prefix("osu file format v")?.trim().parse().ok()
}
