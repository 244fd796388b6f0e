//! `report.json`: what was left out and why, and how the run went.

use carto_beatmap::limits::Limits;
use carto_types::{
    ArchiveFacts, Backend, Cause, ClassBounds, DoubtCounts, EncoderFacts, Issue, LatentRun,
    RunRecord, StageTime, Summary, Synthesis,
};
use serde::Serialize;

use crate::names::map_label;
use crate::run_statistics::RunStatistics;

/// Changes with every change of the layout.
const REPORT_VERSION: u32 = 2;

/// The name of this program, in its files.
pub(crate) const PROGRAM: &str = "osu! Latent Space Cartography";
/// The version of this program, in its files.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
pub(crate) struct Report<'a> {
    report_version: u32,
    program: Program,
    mode: &'static str,
    is_cancelled: bool,
    config: Config,
    #[serde(skip_serializing_if = "Option::is_none")]
    latent: Option<LatentReport<'a>>,
    counts: RunStatistics<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out_pairs: Option<DoubtCounts>,
    timings: &'a [StageTime],
    issues: Vec<ReportIssue<'a>>,
    reading_differences: Vec<Differences<'a>>,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Config {
    sample_rate_hz: u32,
    hop_samples: u32,
    perceptual_above: f64,
    stylistic_below: f64,
    max_frames: usize,
    max_control_points: usize,
    max_lines: usize,
}

#[derive(Serialize)]
struct ReportIssue<'a> {
    severity: &'static str,
    subject: &'a str,
    cause: &'a Cause,
    message: &'a str,
}

#[derive(Serialize)]
struct Differences<'a> {
    map: String,
    differences: &'a [String],
}

impl<'a> Report<'a> {
    pub(crate) fn new(run: &'a RunRecord, summary: &'a Summary) -> Self {
        let (bounds, limits) = (ClassBounds::CHANNELS, Limits::default());
        Self {
            report_version: REPORT_VERSION,
            program: Program { name: PROGRAM, version: VERSION },
            mode: run.mode.name(),
            is_cancelled: run.is_cancelled,
            config: Config {
                sample_rate_hz: 16384,
                hop_samples: 98,
                perceptual_above: bounds.perceptual_above,
                stylistic_below: bounds.stylistic_below,
                max_frames: limits.max_frames,
                max_control_points: limits.max_control_points,
                max_lines: limits.max_lines,
            },
            latent: run.latent.as_ref().map(LatentReport::new),
            counts: RunStatistics::of(run),
            left_out_pairs: run.leaves_out_doubtful.then_some(summary.doubtful),
            timings: &run.times,
            issues: summary.issues.iter().map(report_issue).collect(),
            reading_differences: run.archives.iter().flat_map(differences).collect(),
        }
    }
}

fn report_issue(issue: &Issue) -> ReportIssue<'_> {
    ReportIssue {
        severity: issue.severity.name(),
        subject: &issue.subject,
        cause: &issue.cause,
        message: &issue.message,
    }
}

fn differences(archive: &ArchiveFacts) -> impl Iterator<Item = Differences<'_>> {
    archive.maps.iter().filter(|map| !map.differences.is_empty()).map(|map| {
        let version = map.fields.as_ref().and_then(|fields| fields.version.as_deref());
        let label = map_label(&archive.name, version, &map.path);
        Differences { map: label, differences: &map.differences }
    })
}

/// Where latents came from.
#[derive(Serialize)]
struct LatentReport<'a> {
    encoder: Encoder<'a>,
    backend: BackendReport<'a>,
    /// Null where latents are means.
    sample_seed: Option<u64>,
    songs: usize,
    maps: usize,
    config: LatentConfig,
}

#[derive(Serialize)]
struct Encoder<'a> {
    name: &'a str,
    origin: &'static str,
    weights_sha256: &'a str,
    hidden_dim: u32,
    n_latent_dims: u32,
    frames_per_latent: u32,
    n_parameters: u32,
    is_untrained: bool,
    note: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BackendReport<'a> {
    Cpu { instructions: &'a str, reason: Option<&'a str> },
    Gpu { adapter: &'a str, is_software: bool },
}

#[derive(Serialize)]
struct LatentConfig {
    perceptual_above: f64,
    stylistic_below: f64,
    sign_threshold: f64,
}

impl<'a> LatentReport<'a> {
    fn new(run: &'a LatentRun) -> Self {
        let bounds = ClassBounds::LATENTS;
        Self {
            encoder: encoder(&run.encoder),
            backend: match &run.backend {
                Backend::Cpu { instructions, reason } => {
                    BackendReport::Cpu { instructions, reason: reason.as_deref() }
                }
                Backend::Gpu { adapter, is_software } => {
                    BackendReport::Gpu { adapter, is_software: *is_software }
                }
            },
            sample_seed: run.sample_seed,
            songs: run.songs.len(),
            maps: run.songs.iter().map(|song| song.maps.len()).sum(),
            config: LatentConfig {
                perceptual_above: bounds.perceptual_above,
                stylistic_below: bounds.stylistic_below,
                sign_threshold: Synthesis::SIGN_THRESHOLD,
            },
        }
    }
}

fn encoder(facts: &EncoderFacts) -> Encoder<'_> {
    Encoder {
        name: &facts.name,
        origin: facts.origin.name(),
        weights_sha256: &facts.weights_sha256,
        hidden_dim: facts.hidden_dim,
        n_latent_dims: facts.n_latent_dims,
        frames_per_latent: facts.frames_per_latent,
        n_parameters: facts.n_parameters,
        is_untrained: facts.is_untrained,
        note: facts.note.as_deref(),
    }
}
