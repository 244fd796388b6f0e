//! The time grid of a song: bars, quarter-beat slots, sections.

use super::catalogue::Song;
use super::rng::DemoRng;

/// Slots per beat: everything snaps to quarter beats.
pub(super) const SLOTS_PER_BEAT: usize = 4;

/// Time from the last bar's end to the end of the audio, at least.
const TAIL_MS: f64 = 1_200.0;

/// A stretch of one tempo.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tempo {
    /// A whole number of ms: the published reader truncates times.
    pub(super) start_ms: f64,
    pub(super) beat_ms: f64,
    pub(super) first_slot: usize,
}

/// A quarter beat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Rounded to a whole ms, as the editor does.
    pub(super) time_ms: f64,
    /// Place in the bar, 0 at its start.
    pub(super) bar_slot: usize,
    pub(super) section_idx: usize,
    /// In a bar that holds nothing but one long note (or a spinner).
    pub(super) is_pause: bool,
}

/// A part of the song, a few bars of one intensity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    pub(super) first_slot: usize,
    pub(super) end_slot: usize,
    /// 0 for silence (count-in, break), up to 1.
    pub(super) intensity: f64,
    pub(super) tempo_idx: usize,
}

impl Section {
    pub(super) fn is_silent(&self) -> bool {
        self.intensity <= 0.0
    }

    pub(super) fn is_kiai(&self) -> bool {
        self.intensity > 0.85
    }
}

/// What all mappers of a song share: when its beats are and how it is built.
#[derive(Debug, Clone)]
pub(super) struct SongGrid {
    pub(super) meter: usize,
    pub(super) tempos: Vec<Tempo>,
    pub(super) slots: Vec<Slot>,
    pub(super) sections: Vec<Section>,
    pub(super) length_ms: f64,
}

impl SongGrid {
    /// Lays out a song of the given identity.
    pub(super) fn draw(song: &Song, rng: &mut DemoRng) -> Self {
        let offset_ms = libm::round(rng.between(400.0, 1400.0));
        let length_ms = libm::round(song.length_s * 1000.0 + rng.between(0.0, 900.0));
        let mut grid = Self {
            meter: song.meter,
            tempos: Vec::new(),
            slots: Vec::new(),
            sections: Vec::new(),
            length_ms,
        };
        let span_ms = length_ms - TAIL_MS - offset_ms;
        match song.second_bpm {
            None => grid.add_tempo(offset_ms, song.bpm, span_ms),
            Some(second_bpm) => {
                grid.add_tempo(offset_ms, song.bpm, span_ms / 2.0);
                let change_ms = grid.end_ms();
                grid.add_tempo(change_ms, second_bpm, length_ms - TAIL_MS - change_ms);
            }
        }
        grid.add_sections(rng);
        grid.mark_pauses(rng);
        grid
    }

    pub(super) fn slots_per_bar(&self) -> usize {
        self.meter * SLOTS_PER_BEAT
    }

    pub(super) fn section_of(&self, slot_idx: usize) -> &Section {
        &self.sections[self.slots[slot_idx].section_idx]
    }

    pub(super) fn beat_ms(&self, slot_idx: usize) -> f64 {
        self.tempos[self.section_of(slot_idx).tempo_idx].beat_ms
    }

    /// Every beat with "starts a bar": what the click track plays.
    pub(super) fn beats_ms(&self) -> Vec<(f64, bool)> {
        let on_beats = self.slots.iter().filter(|slot| slot.bar_slot % SLOTS_PER_BEAT == 0);
        on_beats.map(|slot| (slot.time_ms, slot.bar_slot == 0)).collect()
    }

    /// Appends as many whole bars of one tempo as fit into `span_ms`.
    fn add_tempo(&mut self, start_ms: f64, bpm: f64, span_ms: f64) {
        let beat_ms = 60_000.0 / bpm;
        let n_bars = (span_ms / (beat_ms * self.meter as f64)) as usize;
        let slots_per_bar = self.slots_per_bar();
        self.tempos.push(Tempo { start_ms, beat_ms, first_slot: self.slots.len() });
        self.slots.extend((0..n_bars * slots_per_bar).map(|slot_idx| Slot {
            time_ms: slot_time_ms(start_ms, beat_ms, slot_idx),
            bar_slot: slot_idx % slots_per_bar,
            section_idx: 0,
            is_pause: false,
        }));
    }

    /// The first whole ms after the last slot: where the next tempo would start.
    fn end_ms(&self) -> f64 {
        self.tempos.last().map_or(0.0, |tempo| {
            slot_time_ms(tempo.start_ms, tempo.beat_ms, self.slots.len() - tempo.first_slot)
        })
    }

    /// Cuts the bars into sections: one bar of count-in, then four bars each,
    /// louder towards the end, with one break of two bars in most songs.
    fn add_sections(&mut self, rng: &mut DemoRng) {
        let slots_per_bar = self.slots_per_bar();
        let n_slots = self.slots.len();
        let break_at = rng.chance(0.6).then(|| rng.between(0.4, 0.6));
        let mut has_break = false;
        let mut first_slot = 0;
        while first_slot < n_slots {
            let progress = first_slot as f64 / n_slots as f64;
            let is_break = !has_break && break_at.is_some_and(|at| progress >= at);
            has_break |= is_break;
            let (n_bars, intensity) = match (first_slot, is_break) {
                (0, _) => (1, 0.0),
                (_, true) => (2, 0.0),
                _ => (4, intensity_at(progress) + rng.between(-0.08, 0.08)),
            };
            let tempo_idx = self.tempo_idx_of(first_slot);
            let tempo_end = self.tempos.get(tempo_idx + 1).map_or(n_slots, |next| next.first_slot);
            let end_slot = (first_slot + n_bars * slots_per_bar).min(tempo_end);
            for slot in &mut self.slots[first_slot..end_slot] {
                slot.section_idx = self.sections.len();
            }
            self.sections.push(Section { first_slot, end_slot, intensity, tempo_idx });
            first_slot = end_slot;
        }
    }

    /// The last bar before a break is a pause, the last bar of other sections
    /// sometimes.
    fn mark_pauses(&mut self, rng: &mut DemoRng) {
        let slots_per_bar = self.slots_per_bar();
        for (section_idx, section) in self.sections.iter().enumerate() {
            let is_before_break =
                self.sections.get(section_idx + 1).is_some_and(Section::is_silent);
            let is_drawn = rng.chance(0.15);
            let n_bars = (section.end_slot - section.first_slot) / slots_per_bar;
            if !section.is_silent() && n_bars > 1 && (is_before_break || is_drawn) {
                let pause = section.end_slot - slots_per_bar..section.end_slot;
                self.slots[pause].iter_mut().for_each(|slot| slot.is_pause = true);
            }
        }
    }

    fn tempo_idx_of(&self, slot_idx: usize) -> usize {
        self.tempos.partition_point(|tempo| tempo.first_slot <= slot_idx).saturating_sub(1)
    }
}

/// The whole ms nearest to a quarter beat.
pub(super) fn slot_time_ms(start_ms: f64, beat_ms: f64, slot_idx: usize) -> f64 {
    libm::round(start_ms + beat_ms * slot_idx as f64 / SLOTS_PER_BEAT as f64)
}

/// How loud a song is at `progress` in `[0, 1)`: verses, a first chorus, a quiet
/// middle, the last chorus, an ending.
fn intensity_at(progress: f64) -> f64 {
    const CURVE: [f64; 11] = [0.35, 0.5, 0.55, 0.9, 0.9, 0.6, 0.45, 0.7, 1.0, 1.0, 0.4];
    CURVE[((progress * CURVE.len() as f64) as usize).min(CURVE.len() - 1)]
}
