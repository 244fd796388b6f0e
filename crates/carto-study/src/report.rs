//! `report.json`: what was left out and why, and how the run went.

use carto_agreement::TrackAConfig;
use carto_beatmap::limits::Limits;
use carto_types::{Issue, RunRecord, Severity, StageTime};
use serde::Serialize;

use crate::census::Census;
use crate::names::map_label;
use crate::report_encoder::LatentReport;

/// Changes with every change of the layout.
const REPORT_VERSION: u32 = 2;

/// The name of this program, in its files.
pub(crate) const PROGRAM: &str = "osu! Latent Space Cartography";
/// Its version.
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
    counts: Census,
    timings: Vec<Timing<'a>>,
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
struct Timing<'a> {
    stage: &'a str,
    wall_s: f64,
}

#[derive(Serialize)]
struct ReportIssue<'a> {
    severity: &'static str,
    subject: &'a str,
    cause: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Differences<'a> {
    map: String,
    differences: &'a [String],
}

impl<'a> Report<'a> {
    /// `issues`: all of the run, in the order to show.
    pub(crate) fn new(run: &'a RunRecord, issues: &'a [Issue]) -> Self {
        let (thresholds, limits) = (TrackAConfig::default(), Limits::default());
        Self {
            report_version: REPORT_VERSION,
            program: Program { name: PROGRAM, version: VERSION },
            mode: run.mode.name(),
            is_cancelled: run.is_cancelled,
            config: Config {
                sample_rate_hz: 16384,
                hop_samples: 98,
                perceptual_above: thresholds.perceptual_above,
                stylistic_below: thresholds.stylistic_below,
                max_frames: limits.max_frames,
                max_control_points: limits.max_control_points,
                max_lines: limits.max_lines,
            },
            latent: run.latent.as_ref().map(LatentReport::new),
            counts: Census::take(run),
            timings: run.times.iter().map(timing).collect(),
            issues: issues.iter().map(report_issue).collect(),
            reading_differences: run.archives.iter().flat_map(differences).collect(),
        }
    }
}

fn timing(time: &StageTime) -> Timing<'_> {
    Timing { stage: &time.stage, wall_s: time.wall_s }
}

fn report_issue(issue: &Issue) -> ReportIssue<'_> {
    ReportIssue {
        severity: match issue.severity {
            Severity::Skipped => "skipped",
            Severity::Warning => "warning",
        },
        subject: &issue.subject,
        cause: &issue.cause,
        message: &issue.message,
    }
}

fn differences(archive: &carto_types::ArchiveFacts) -> impl Iterator<Item = Differences<'_>> {
    archive.maps.iter().filter(|map| !map.differences.is_empty()).map(|map| {
        let version = map.fields.as_ref().and_then(|fields| fields.version.as_deref());
        let label = map_label(&archive.name, version, &map.path);
        Differences { map: label, differences: &map.differences }
    })
}
