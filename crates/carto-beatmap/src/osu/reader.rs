use rosu_map::section::hit_objects::{HitObjects, HitObjectsState};
use rosu_map::util::StrExt;
use rosu_map::{DecodeBeatmap, DecodeState, LATEST_FORMAT_VERSION};

use super::appearance::read_colour;
use super::error::OsuError;
use super::map::ReadingNotes;
use super::object::{self, ObjectLine, RawObject};
use crate::limits::Limits;
use crate::sections::{BySection, Line, LineKind, LineRules, Section, is_list, lines};
use crate::text::{excerpt, key_value};
use carto_types::RegistryFields;

/// Timing points that those out of order may move in all: each is inserted
/// into a sorted list. Costs less than 0.1 s; an honest map has a few dozen
/// points out of order among hundreds.
const MAX_MOVED_TIMING_POINTS: usize = 1 << 24;

const RULES: LineRules = LineRules { kind_of, blank_ends_section: false };

fn kind_of(line: &str, section: Option<Section>) -> LineKind<'_> {
    if line.trim().is_empty() {
        LineKind::Blank
    } else if line.trim_start().starts_with("//") {
        LineKind::Comment
    } else if section == Some(Section::Metadata) {
        // A song's title may hold two slashes.
        LineKind::header_or_item(line.trim_end())
    } else {
        LineKind::header_or_item(line.trim_comment())
    }
}

/// What the lines of a file say, before objects have their place in the map.
pub(super) struct RawMap {
    pub(super) format_version: i32,
    pub(super) state: HitObjectsState,
    pub(super) fields: RegistryFields,
    pub(super) tags: String,
    pub(super) combo_colours: Vec<[u8; 3]>,
    pub(super) objects: Vec<RawObject>,
    pub(super) notes: ReadingNotes,
}

/// Reads a text line by line; what osu! cannot read it skips.
///
/// # Errors
///
/// [`OsuError`] for a text that is no beatmap, and beyond `limits`.
pub(super) fn read_lines(text: &str, limits: &Limits) -> Result<RawMap, OsuError> {
    let mut reader = Reader::new(limits);
    for line in lines(text, &RULES) {
        reader.read_line(&line)?;
    }
    match reader.first_line {
        None => Err(OsuError::Empty),
        Some(first_line) if !reader.is_beatmap => Err(OsuError::NotABeatmap { first_line }),
        Some(_) => Ok(reader.finish()),
    }
}

struct Reader<'a> {
    limits: &'a Limits,
    map: RawMap,
    title_unicode: Option<String>,
    artist_unicode: Option<String>,
    first_line: Option<String>,
    is_beatmap: bool,
    n_lines: BySection<usize>,
    latest_timing_ms: f64,
    n_moved: usize,
    n_control_points: usize,
    n_lines_at_blank: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(limits: &'a Limits) -> Self {
        let map = RawMap {
            format_version: LATEST_FORMAT_VERSION,
            state: HitObjectsState::create(LATEST_FORMAT_VERSION),
            fields: RegistryFields::default(),
            tags: String::new(),
            combo_colours: Vec::new(),
            objects: Vec::new(),
            notes: ReadingNotes::default(),
        };
        Self {
            limits,
            map,
            title_unicode: None,
            artist_unicode: None,
            first_line: None,
            is_beatmap: false,
            n_lines: BySection::default(),
            latest_timing_ms: f64::NEG_INFINITY,
            n_moved: 0,
            n_control_points: 0,
            n_lines_at_blank: None,
        }
    }

    /// # Errors
    ///
    /// Only where a limit is exceeded: osu! skips a line that it cannot read.
    fn read_line(&mut self, line: &Line<'_>) -> Result<(), OsuError> {
        if self.first_line.is_none() && line.kind != LineKind::Blank {
            self.first_line = Some(excerpt(line.text.trim()));
            if let Some(version) = format_version(line.text) {
                (self.map.format_version, self.is_beatmap) = (version, true);
                return Ok(());
            }
        }
        match line.kind {
            LineKind::Blank if line.section == Some(Section::HitObjects) => {
                self.n_lines_at_blank.get_or_insert(self.map.notes.n_object_lines);
            }
            LineKind::Blank | LineKind::Comment => {}
            LineKind::Header(_) => self.is_beatmap |= line.section.is_some(),
            LineKind::Item(item) => self.read_item(line, item)?,
        }
        Ok(())
    }

    fn read_item(&mut self, line: &Line<'_>, item: &str) -> Result<(), OsuError> {
        let Some(section) = line.section else { return Ok(()) };
        if is_list(section) {
            self.n_lines[section as usize] += 1;
            self.limits.check_lines(section, self.n_lines[section as usize])?;
        }
        // What osu! cannot read it skips, so errors of rosu-map are none here.
        match section {
            Section::General => {
                if let Some(("AudioFilename", value)) = key_value(item) {
                    self.map.fields.audio_file_name = Some(value.to_standardized_path());
                }
                let _ = HitObjects::parse_general(&mut self.map.state, item);
            }
            Section::Metadata => self.read_metadata(item),
            Section::Difficulty => {
                let _ = HitObjects::parse_difficulty(&mut self.map.state, item);
            }
            Section::Events => {
                let _ = HitObjects::parse_events(&mut self.map.state, item);
            }
            Section::Colors => read_colour(item, &mut self.map.combo_colours),
            Section::TimingPoints => {
                self.check_timing_order(line.number, item)?;
                let _ = HitObjects::parse_timing_points(&mut self.map.state, item);
            }
            Section::HitObjects => {
                self.map.notes.n_object_lines += 1;
                self.read_object(line.number, item)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn read_metadata(&mut self, line: &str) {
        let Some((key, value)) = key_value(line) else { return };
        let field = match key {
            "Title" => &mut self.map.fields.title,
            "Artist" => &mut self.map.fields.artist,
            "TitleUnicode" => &mut self.title_unicode,
            "ArtistUnicode" => &mut self.artist_unicode,
            "Creator" => &mut self.map.fields.creator,
            "Version" => &mut self.map.fields.version,
            "BeatmapID" => &mut self.map.fields.beatmap_id,
            "Tags" => return value.clone_into(&mut self.map.tags),
            _ => return,
        };
        *field = (!value.is_empty()).then(|| value.to_owned());
    }

    /// What was read. A song without a romanised name has the other one, which osu!lazer
    /// shows in its place.
    fn finish(self) -> RawMap {
        let Self { mut map, title_unicode, artist_unicode, .. } = self;
        map.fields.title = map.fields.title.or(title_unicode);
        map.fields.artist = map.fields.artist.or(artist_unicode);
        map
    }

    fn check_timing_order(&mut self, line: usize, text: &str) -> Result<(), OsuError> {
        // A time that osu! cannot read moves nothing.
        let time_ms = text.split(',').next().and_then(|time| time.parse_num::<f64>().ok());
        let Some(time_ms) = time_ms else { return Ok(()) };
        if time_ms < self.latest_timing_ms {
            self.n_moved += self.n_lines[Section::TimingPoints as usize];
            if self.n_moved > MAX_MOVED_TIMING_POINTS {
                return Err(OsuError::UnsortedTimingPoints { line });
            }
        } else {
            self.latest_timing_ms = time_ms;
        }
        Ok(())
    }

    fn read_object(&mut self, line: usize, text: &str) -> Result<(), OsuError> {
        if let Some(n_lines) = self.n_lines_at_blank {
            self.map.notes.n_object_lines_before_blank = Some(n_lines);
        }
        let object_line = ObjectLine::split(text);
        let n_points = object_line.n_control_points();
        self.n_control_points += n_points;
        for (n_points, limit) in [
            (n_points, self.limits.max_control_points),
            (self.n_control_points, self.limits.max_total_control_points),
        ] {
            if n_points > limit {
                return Err(OsuError::TooManyControlPoints { line, n_points, limit });
            }
        }
        match object::read(&mut self.map.state, &object_line, self.map.format_version) {
            object::Outcome::Object(object) => self.map.objects.push(object),
            object::Outcome::Hold => self.map.notes.n_ignored_holds += 1,
            object::Outcome::Unreadable => self.map.notes.n_skipped_objects += 1,
        }
        Ok(())
    }
}

fn format_version(line: &str) -> Option<i32> {
    line.trim().strip_prefix("osu file format v")?.trim().parse().ok()
}
