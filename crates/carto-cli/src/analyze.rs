use std::any::Any;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use carto_types::{
    ArchiveFacts, Backend, Issue, LatentClass, LatentRun, MapOutcome, MapStatus, Mode, RunRecord,
    Severity, SongOutcome, SongPlan, StageTime, Summary,
};
use rayon::prelude::*;

use crate::encoder::Encoder;
use crate::inputs::Input;
use crate::latents::Latents;
use crate::{args, inputs, progress, whole};

/// Runs the study on folders and writes its files.
pub(crate) fn run(args: &args::Analyze) -> Result<()> {
    let mode = args.mode.into();
    let (inputs, issues) = inputs::collect(&args.paths, mode)?;
    if inputs.is_empty() {
        bail!("there is no .osz archive and no .osu file in what was named");
    }
    // First, so that a wrong file is told at once and not after an hour.
    let encoder = match &args.encoder {
        Some(path) => Some(Encoder::open(path, args.device)?),
        None => None,
    };
    fs::create_dir_all(&args.out)
        .with_context(|| format!("{} cannot be made", args.out.display()))?;
    // A fault in one archive is told in its issue, not as a trace.
    std::panic::set_hook(Box::new(|_| {}));

    let mut times = Vec::new();
    let archives = timed(&mut times, "scan", || scan_all(&inputs, mode));
    let plan = timed(&mut times, "plan", || carto_study::plan(&archives, mode));
    let outcomes = timed(&mut times, "songs", || compare_all(&inputs, &plan.songs, mode));
    let latent = encoder.as_ref().map(|encoder| {
        let latents = Latents { encoder, mode, sample_seed: args.sample };
        let songs =
            timed(&mut times, "latents", || latents.of_all(&inputs, &plan.songs, &outcomes));
        let backend = encoder.engine.backend();
        LatentRun { encoder: encoder.facts.clone(), backend, sample_seed: args.sample, songs }
    });

    let run =
        RunRecord { mode, archives, plan, outcomes, latent, is_cancelled: false, issues, times };
    let summary = carto_study::summarise(&run, true);
    for file in &summary.files {
        let path = args.out.join(&file.name);
        whole::write(&path, file.text.as_bytes())?;
    }
    tell(&run, &summary);
    if summary.track_a.is_none() {
        bail!(
            "nothing could be compared: no song has maps by two mappers that can be encoded; \
             {} says why",
            args.out.join("report.json").display()
        );
    }
    Ok(())
}

fn timed<T>(times: &mut Vec<StageTime>, stage: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    times.push(StageTime { stage: stage.to_owned(), wall_s: start.elapsed().as_secs_f64() });
    result
}

fn scan_all(inputs: &[Input], mode: Mode) -> Vec<ArchiveFacts> {
    let bar = progress::bar("reading archives", inputs.len());
    let scan = |input: &Input| {
        let facts = catch_unwind(AssertUnwindSafe(|| match File::open(&input.path) {
            Ok(file) => carto_study::scan(file, &input.name, input.kind, mode),
            Err(error) => {
                no_facts(input, "unreadable-file", format!("it cannot be opened: {error}"))
            }
        }));
        bar.inc(1);
        facts.unwrap_or_else(|panic| no_facts(input, "fault", fault(&*panic)))
    };
    let facts = inputs.par_iter().map(scan).collect();
    bar.finish_and_clear();
    facts
}

fn compare_all(inputs: &[Input], songs: &[SongPlan], mode: Mode) -> Vec<SongOutcome> {
    let bar = progress::bar("nine channels", songs.iter().map(|song| song.maps.len()).sum());
    let compare = |song: &SongPlan| {
        let mut open = |slot: usize| File::open(&inputs[song.archives[slot] as usize].path);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            carto_study::compare_song(song, mode, &mut open, &mut |_, _| bar.inc(1))
        }));
        outcome.unwrap_or_else(|panic| no_outcome(song, &fault(&*panic)))
    };
    let outcomes = songs.par_iter().with_max_len(1).map(compare).collect();
    bar.finish_and_clear();
    outcomes
}

fn no_facts(input: &Input, cause: &str, message: String) -> ArchiveFacts {
    let issue = Issue {
        severity: Severity::Skipped,
        subject: input.name.clone(),
        cause: cause.to_owned(),
        message,
    };
    let (name, kind) = (input.name.clone(), input.kind);
    ArchiveFacts { name, kind, head: None, maps: Vec::new(), issues: vec![issue] }
}

fn no_outcome(song: &SongPlan, message: &str) -> SongOutcome {
    let refused = || MapStatus::Refused { cause: "fault".to_owned(), message: message.to_owned() };
    let issue = Issue {
        severity: Severity::Skipped,
        subject: song.title.clone(),
        cause: "fault".to_owned(),
        message: message.to_owned(),
    };
    SongOutcome {
        song_idx: song.song_idx,
        target_frames: None,
        maps: song
            .maps
            .iter()
            .map(|_| MapOutcome { audio_frames: None, status: refused() })
            .collect(),
        pairs: Vec::new(),
        issues: vec![issue],
    }
}

/// What a panic said, for the issue that names its file.
pub(crate) fn fault(panic: &(dyn Any + Send)) -> String {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    format!("a fault in this program: {said}; please report it with this file")
}

/// A few lines for a person; the files have the rest.
fn tell(run: &RunRecord, summary: &Summary) {
    let n_skipped =
        summary.issues.iter().filter(|issue| issue.severity == Severity::Skipped).count();
    let n_maps: usize = run.archives.iter().map(|archive| archive.maps.len()).sum();
    say!(
        "{} archives, {n_maps} maps, {} songs with two mappers or more ({} rules); {n_skipped} skipped, {} warnings",
        run.archives.len(),
        run.plan.index.len(),
        run.mode.name(),
        summary.issues.len() - n_skipped,
    );
    if let Some(track_a) = &summary.track_a {
        say!("{} pairs of {} songs; mean r:", track_a.pairs_compared, track_a.songs_analyzed);
        for channel in &track_a.channels {
            let (name, mean, std) = (&channel.name, channel.pearson_mean, channel.pearson_std);
            say!("  {name:<8} {mean:>6.3} ± {std:.3}");
        }
    }
    if let Some(latent) = &run.latent {
        tell_latents(latent, summary);
    }
}

fn tell_latents(latent: &LatentRun, summary: &Summary) {
    let encoder = &latent.encoder;
    let note = encoder.note.iter().map(|note| format!(" ({note})")).collect::<String>();
    let backend = match &latent.backend {
        Backend::Cpu { instructions, .. } => instructions,
        Backend::Gpu { adapter, .. } => adapter,
    };
    say!("latents by {}{note}, computed with {backend}", encoder.name);
    let Some(track_b) = &summary.track_b else {
        say!("  nothing to compare: no song has latents of two mappers");
        return;
    };
    let n_of = |class| track_b.dims.iter().filter(|latent| latent.class == class).count();
    say!(
        "{} pairs of {} songs; of {} latents {} perceptual, {} mixed, {} stylistic; mean cosine {:.3}",
        track_b.pairs_compared,
        track_b.songs_analyzed,
        track_b.dims.len(),
        n_of(LatentClass::Perceptual),
        n_of(LatentClass::Mixed),
        n_of(LatentClass::Stylistic),
        track_b.cosine_mean,
    );
}
