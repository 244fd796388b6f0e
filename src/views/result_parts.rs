//! Which parts a result has by now, in words, for whoever saves it or sends it.

use carto_types::{Synthesis, TrackA, TrackB};
use leptos::prelude::*;

use super::chart_data::ChartData;
use crate::context::use_run;
use crate::run::{EncoderState, Phase};

/// The parts of a result that are there, and what is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ResultParts {
    has_channels: bool,
    has_latents: bool,
    has_matrix: bool,
    /// Maps that have latents, and all of them, while latents are being computed.
    latents: Option<(usize, usize)>,
}

impl ResultParts {
    /// Of a person's own run.
    pub(crate) fn of_own_run() -> Signal<Self> {
        let (run, data) = (use_run(), ChartData::yours());
        let computing = Memo::new(move |_| {
            let latents = run.state.latents.get();
            let is_at_it =
                matches!(latents.state, EncoderState::Loading { .. } | EncoderState::Computing);
            let is_over = latents.n_maps > 0 && latents.n_maps_done >= latents.n_maps;
            (is_at_it && !is_over && run.state.phase.get() != Phase::Empty)
                .then_some((latents.n_maps_done, latents.n_maps))
        });
        Self::of(data, computing.into())
    }

    /// Of the result that was opened, or else of the published run.
    pub(crate) fn of_reference() -> Signal<Self> {
        Self::of(ChartData::reference(), Signal::derive(|| None))
    }

    fn of(data: ChartData, latents: Signal<Option<(usize, usize)>>) -> Signal<Self> {
        let parts = Memo::new(move |_| Self {
            has_channels: data.track_a.with(|it: &Option<TrackA>| it.is_some()),
            has_latents: data.track_b.with(|it: &Option<TrackB>| it.is_some()),
            has_matrix: data.synthesis.with(|it: &Option<Synthesis>| it.is_some()),
            latents: latents.get(),
        });
        parts.into()
    }

    /// What a link carries.
    pub(crate) fn in_link(self) -> String {
        let figures = match self.names()[..] {
            [] => "The link carries no figures yet.".to_owned(),
            [one] => format!("The link carries the figures of part {one} alone, rounded."),
            [a, b] => format!("The link carries the figures of parts {a} and {b}, rounded."),
            [a, b, c, ..] => {
                format!("The link carries the figures of parts {a}, {b} and {c}, rounded.")
            }
        };
        format!("{figures}{}", self.still_coming())
    }

    /// What the files lack so far; empty where nothing more is coming.
    pub(crate) fn in_files(self) -> String {
        match self.latents {
            None => String::new(),
            Some(_) => format!("The files are of what is there so far.{}", self.still_coming()),
        }
    }

    fn still_coming(self) -> String {
        match self.latents {
            None => String::new(),
            Some((n_done, n_maps)) => {
                format!(" Latents are still being computed: {n_done} of {n_maps} maps.")
            }
        }
    }

    fn names(self) -> Vec<&'static str> {
        let parts = [(self.has_channels, "A"), (self.has_latents, "B"), (self.has_matrix, "C")];
        parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_the_parts_that_it_carries() {
        let mut parts =
            ResultParts { has_channels: true, latents: Some((0, 48)), ..ResultParts::default() };
        assert_eq!(
            parts.in_link(),
            "The link carries the figures of part A alone, rounded. Latents are still being computed: 0 of 48 maps."
        );
        assert!(parts.in_files().starts_with("The files are of what is there so far. Latents"));
        (parts.has_latents, parts.has_matrix, parts.latents) = (true, true, None);
        assert_eq!(parts.in_link(), "The link carries the figures of parts A, B and C, rounded.");
        assert_eq!(parts.in_files(), "");
        assert_eq!(ResultParts::default().in_link(), "The link carries no figures yet.");
    }
}
