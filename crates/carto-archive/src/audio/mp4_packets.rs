//! The packets of a track: in one table, or in fragments of the file.

use super::mp4_boxes::{find, named, u32_at};

/// Bits of `tfhd` that say which fields it has, in their order, and their sizes.
const FRAGMENT_FIELDS: [(u32, usize); 2] = [(0x1, 8), (0x2, 4)];
const FRAGMENT_HAS_DURATION: u32 = 0x8;
/// Bits of `trun`: two fields before the list, and four of each packet.
const RUN_FIELDS: [(u32, usize); 2] = [(0x1, 4), (0x4, 4)];
const RUN_HAS_DURATIONS: u32 = 0x100;
const PACKET_FIELDS: [u32; 4] = [RUN_HAS_DURATIONS, 0x200, 0x400, 0x800];

/// Packets of one track, added up in its time scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Packets {
    n_packets: u64,
    longest: u64,
    /// Of all of them together.
    duration: u64,
}

impl Packets {
    fn add(&mut self, n_packets: u64, duration: u32) {
        let duration = u64::from(duration);
        self.n_packets = self.n_packets.saturating_add(n_packets);
        self.duration = self.duration.saturating_add(n_packets.saturating_mul(duration));
        if n_packets > 0 {
            self.longest = self.longest.max(duration);
        }
    }

    /// Adds the table of durations, `stts`; `None` where it is cut off before its rows.
    pub(super) fn add_table(&mut self, table: &[u8]) -> Option<()> {
        let n_rows = u32_at(table, 4)? as usize;
        for row in table.get(8..)?.chunks_exact(8).take(n_rows) {
            self.add(u64::from(u32_at(row, 0)?), u32_at(row, 4)?);
        }
        Some(())
    }

    /// Adds what one fragment, a `moof`, has of the track.
    pub(super) fn add_fragment(&mut self, fragment: &[u8], track: &FragmentedTrack) {
        for part in named(fragment, b"traf") {
            let Some(header) = find(part, &[b"tfhd"]) else { continue };
            if u32_at(header, 4) != Some(track.id) {
                continue;
            }
            let duration = duration_in_header(header).unwrap_or(track.packet_duration);
            for run in named(part, b"trun") {
                // A run that is cut off counts as far as it is there.
                let _ = self.add_run(run, duration);
            }
        }
    }

    fn add_run(&mut self, run: &[u8], usual_duration: u32) -> Option<()> {
        let flags = u32_at(run, 0)?;
        let n_packets = u32_at(run, 4)?;
        if flags & RUN_HAS_DURATIONS == 0 {
            self.add(u64::from(n_packets), usual_duration);
            return Some(());
        }
        let list = run.get(8 + fields_bytes(flags, &RUN_FIELDS)..)?;
        let n_fields = PACKET_FIELDS.iter().filter(|&&field| flags & field != 0).count();
        for packet in list.chunks_exact(4 * n_fields).take(n_packets as usize) {
            self.add(1, u32_at(packet, 0)?);
        }
        Some(())
    }

    /// Samples of all packets; where a decoder gives out whole packets, even if the
    /// track says that one ends inside, each is as long as the longest.
    pub(super) fn n_samples(&self, has_whole_packets: bool) -> u64 {
        match has_whole_packets {
            true => self.n_packets.saturating_mul(self.longest),
            false => self.duration,
        }
    }
}

/// A track whose packets are in fragments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FragmentedTrack {
    id: u32,
    /// Where no fragment says otherwise.
    packet_duration: u32,
}

impl FragmentedTrack {
    /// What the tables of the file, the content of its `moov`, say of a track.
    pub(super) fn of(moov: &[u8], track: &[u8]) -> Option<Self> {
        let header = find(track, &[b"tkhd"])?;
        // Version 1 of the track header has wider dates.
        let id = u32_at(header, if *header.first()? == 1 { 20 } else { 12 })?;
        let of_track = |defaults: &&[u8]| u32_at(defaults, 4) == Some(id);
        let defaults = named(find(moov, &[b"mvex"])?, b"trex").find(of_track)?;
        Some(Self { id, packet_duration: u32_at(defaults, 12)? })
    }
}

fn duration_in_header(header: &[u8]) -> Option<u32> {
    let flags = u32_at(header, 0)?;
    let place = 8 + fields_bytes(flags, &FRAGMENT_FIELDS);
    if flags & FRAGMENT_HAS_DURATION == 0 { None } else { u32_at(header, place) }
}

fn fields_bytes(flags: u32, fields: &[(u32, usize)]) -> usize {
    fields.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, n_bytes)| n_bytes).sum()
}
