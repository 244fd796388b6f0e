//! Maps to learn from: read from archives, or from one file of packed signals.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_encoder_train::{TrainingMap, TrainingSet};
use carto_evidence::EvidenceMap;
use carto_types::{Cause, Mode};
use rayon::prelude::*;

use crate::inputs::{self, Input};
use crate::{args, terminal};

/// Writes the signals of all maps into one file.
pub(crate) fn pack(args: &args::Pack) -> Result<()> {
    let set = read(&args.paths, args.mode)?;
    let name = args.out.display();
    let file = File::create(&args.out).with_context(|| format!("{name} cannot be written"))?;
    set.write(BufWriter::new(file)).with_context(|| format!("{name} cannot be written"))
}

/// What places a map in time, and among the maps of its mapper.
pub(crate) struct TimedMap {
    pub(crate) overall_difficulty: f64,
    pub(crate) map: EvidenceMap,
}

/// All maps below `paths` that can be learnt from; says how many cannot, and why.
///
/// # Errors
///
/// A path that cannot be read; nothing to learn from.
pub(crate) fn read(paths: &[PathBuf], mode: Mode) -> Result<TrainingSet> {
    read_maps(paths, mode, false).map(|(set, _)| set)
}

/// The same with what places each map in time, in the set's order: `None` for packed maps, of
/// which nothing but signals is kept.
///
/// # Errors
///
/// As [`read`].
pub(crate) fn read_with_times(
    paths: &[PathBuf],
    mode: Mode,
) -> Result<(TrainingSet, Vec<Option<TimedMap>>)> {
    read_maps(paths, mode, true)
}

fn read_maps(
    paths: &[PathBuf],
    mode: Mode,
    keeps_times: bool,
) -> Result<(TrainingSet, Vec<Option<TimedMap>>)> {
    let (mut set, mut others) = (TrainingSet::default(), Vec::new());
    for path in paths {
        if is_packed(path) {
            let name = path.display();
            let file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
            let packed = TrainingSet::read(BufReader::new(file))
                .with_context(|| format!("{name} is damaged: pack the maps again"))?;
            set.maps.extend(packed.maps);
        } else {
            others.push(path.clone());
        }
    }
    let mut timed: Vec<Option<TimedMap>> = set.maps.iter().map(|_| None).collect();
    if !others.is_empty() {
        let (inputs, _) = inputs::collect(&others, mode)?;
        let (maps, left_out) = read_all(&inputs, mode, keeps_times);
        for (map, times) in maps {
            set.maps.push(map);
            timed.push(times);
        }
        tell(&left_out);
    }
    if set.maps.is_empty() {
        bail!("there is no map to learn from in what was named");
    }
    print_line!("{} maps, {} frames", set.maps.len(), set.n_frames());
    Ok((set, timed))
}

fn is_packed(path: &Path) -> bool {
    let mut start = [0; 8];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
        && TrainingSet::is_set(&start)
}

/// Maps in the order of their files, and how many were left out for each cause.
fn read_all(
    inputs: &[Input],
    mode: Mode,
    keeps_times: bool,
) -> (Vec<ReadMap>, BTreeMap<String, usize>) {
    let bar = terminal::progress_bar("nine channels", inputs.len());
    let read = |input: &Input| {
        let maps = catch_unwind(AssertUnwindSafe(|| read_one(input, mode, keeps_times)));
        bar.inc(1);
        maps.unwrap_or_else(|_| vec![Err("fault".to_owned())])
    };
    let found: Vec<_> = inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    let (mut maps, mut left_out) = (Vec::new(), BTreeMap::new());
    for map in found.into_iter().flatten() {
        match map {
            Ok(map) => maps.push(map),
            Err(cause) => *left_out.entry(cause).or_default() += 1,
        }
    }
    (maps, left_out)
}

/// A map to learn from, and where it is wanted what places it in time.
type ReadMap = (TrainingMap, Option<TimedMap>);

fn read_one(input: &Input, mode: Mode, keeps_times: bool) -> Vec<Result<ReadMap, String>> {
    let facts = carto_study::scan(input.source(), &input.files.path, mode);
    if facts.maps.is_empty() && facts.issues.iter().any(|it| it.cause == Cause::UnreadableFile) {
        return vec![Err(Cause::UnreadableFile.as_str().to_owned())];
    }
    let signals = carto_study::archive_signals(&facts, mode, &mut || input.source());
    let learnable = |map: carto_study::MapSignal| {
        let signal = map.signal.map_err(|refusal| refusal.cause.as_str().to_owned())?;
        let times = map.beatmap.filter(|_| keeps_times).and_then(|beatmap| {
            let overall_difficulty = map.overall_difficulty?;
            Some(TimedMap { overall_difficulty, map: EvidenceMap::new(beatmap).ok()? })
        });
        TrainingMap::new(map.label, map.song, map.creator, signal.values())
            .map(|map| (map, times))
            .ok_or_else(|| "off-the-playfield".to_owned())
    };
    signals.into_iter().map(learnable).collect()
}

fn tell(left_out: &BTreeMap<String, usize>) {
    let n_left_out: usize = left_out.values().sum();
    if n_left_out > 0 {
        let causes: Vec<_> = left_out.iter().map(|(cause, n)| format!("{n} {cause}")).collect();
        print_line!("{n_left_out} maps cannot be learnt from: {}", causes.join(", "));
    }
}
