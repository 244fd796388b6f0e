//! How far the encoder is, in words and in percent.

use carto_charts::number::{counted, fixed, n_of, rate, time_left};

use crate::run::{EncoderState, LatentProgress};

/// What the encoder is doing, in a line.
pub(super) fn status_line(latents: &LatentProgress) -> String {
    let maps = n_of(latents.n_maps_done, latents.n_maps);
    match &latents.state {
        EncoderState::None if latents.is_automatic => "they follow the first songs".to_owned(),
        EncoderState::None => "not computed yet: choose an encoder".to_owned(),
        EncoderState::Waiting => format!("{maps} maps · waiting for the nine channels"),
        EncoderState::Asking(_) => "waiting for your answer".to_owned(),
        EncoderState::Loading { n_bytes: 0, .. } => "loading the encoder".to_owned(),
        EncoderState::Loading { n_bytes, n_total: Some(n_total) } => {
            format!("loading the encoder: {} of {} MB", megabytes(*n_bytes), megabytes(*n_total))
        }
        EncoderState::Loading { n_bytes, n_total: None } => {
            format!("loading the encoder: {} MB", megabytes(*n_bytes))
        }
        EncoderState::Computing => {
            let pace = latents.frames_per_s.map(|per_s| rate(per_s, "frames"));
            let left = latents.left_s.map(time_left).filter(|left| !left.is_empty());
            let rest: Vec<_> = [pace, left].into_iter().flatten().collect();
            let rest =
                if rest.is_empty() { String::new() } else { format!(" · {}", rest.join(" · ")) };
            format!("{maps} maps{}{rest}", evidence_of(latents))
        }
        EncoderState::Stopped if latents.n_maps == 0 => "stopped".to_owned(),
        EncoderState::Stopped => format!("stopped after {maps} maps{}", evidence_of(latents)),
        EncoderState::Idle if latents.n_maps == 0 => {
            "the encoder is loaded, no song has maps by two mappers yet".to_owned()
        }
        EncoderState::Idle => counted(latents.n_maps, "map", "maps"),
        EncoderState::Refused(_) => "no encoder".to_owned(),
    }
}

/// How many pairs have evidence, once all maps have latents: empty before, and without pairs.
fn evidence_of(latents: &LatentProgress) -> String {
    if latents.n_maps_done < latents.n_maps || latents.n_bar_pairs == 0 {
        return String::new();
    }
    let pairs = n_of(latents.n_bar_pairs_done, latents.n_bar_pairs);
    format!(", evidence of {pairs} pairs")
}

/// Progress of the download, then of what the encoder reads, in percent.
pub(super) fn percent_done(latents: &LatentProgress) -> f64 {
    let part = |done: f64, all: f64| if all > 0.0 { (done / all * 100.0).min(100.0) } else { 0.0 };
    match &latents.state {
        EncoderState::Loading { n_bytes, n_total: Some(n_total) } => {
            part(*n_bytes as f64, *n_total as f64)
        }
        EncoderState::None | EncoderState::Loading { .. } | EncoderState::Refused(_) => 0.0,
        EncoderState::Idle => 100.0,
        EncoderState::Computing
        | EncoderState::Waiting
        | EncoderState::Asking(_)
        | EncoderState::Stopped => part(latents.part_done, 1.0),
    }
}

/// Why there is no encoder, and what to do about it.
pub(super) fn refusal(message: &str) -> String {
    format!("{}. Choose another one; the results above stay.", message.trim_end_matches('.'))
}

fn megabytes(n_bytes: u64) -> String {
    fixed(n_bytes as f64 / 1e6, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(state: EncoderState) -> LatentProgress {
        LatentProgress {
            state,
            n_maps_done: 3,
            n_maps: 12,
            n_bar_pairs: 7,
            part_done: 0.25,
            ..LatentProgress::default()
        }
    }

    #[test]
    fn the_line_says_what_happens() {
        let lines = [
            (EncoderState::None, "not computed yet: choose an encoder"),
            (
                EncoderState::Loading { n_bytes: 1_500_000, n_total: Some(30_000_000) },
                "loading the encoder: 1.5 of 30.0 MB",
            ),
            (EncoderState::Computing, "3 of 12 maps"),
            (EncoderState::Waiting, "3 of 12 maps · waiting for the nine channels"),
            (EncoderState::Stopped, "stopped after 3 of 12 maps"),
            (EncoderState::Idle, "12 maps"),
        ];
        for (state, line) in lines {
            assert_eq!(status_line(&at(state)), line);
        }
    }

    #[test]
    fn the_line_says_that_evidence_follows_the_maps() {
        let computing =
            LatentProgress { n_maps_done: 12, n_bar_pairs_done: 2, ..at(EncoderState::Computing) };
        assert_eq!(status_line(&computing), "12 of 12 maps, evidence of 2 of 7 pairs");
        let stopped = LatentProgress { state: EncoderState::Stopped, ..computing };
        assert_eq!(status_line(&stopped), "stopped after 12 of 12 maps, evidence of 2 of 7 pairs");
        let no_pairs = LatentProgress { n_bar_pairs: 0, ..stopped };
        assert_eq!(status_line(&no_pairs), "stopped after 12 of 12 maps");
    }

    #[test]
    fn progress_is_of_the_download_and_then_of_what_is_read() {
        let loading = EncoderState::Loading { n_bytes: 5, n_total: Some(20) };
        assert!((percent_done(&at(loading)) - 25.0).abs() < 1e-9);
        assert!((percent_done(&at(EncoderState::Computing)) - 25.0).abs() < 1e-9);
        assert!((percent_done(&at(EncoderState::Idle)) - 100.0).abs() < 1e-9);
    }
}
