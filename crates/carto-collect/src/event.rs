use std::time::Duration;

/// What a run tells while it works. No event holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Something new begins.
    Started {
        /// What.
        stage: Stage,
        /// How many items it has.
        n_items: usize,
        /// How many of them were there before.
        n_there: usize,
    },
    /// Items are finished, one way or the other.
    Advanced {
        /// How many more.
        n_items: usize,
    },
    /// A request failed and is made again.
    Waiting {
        /// What was asked.
        url: String,
        /// Why it failed.
        reason: String,
        /// How long it takes until it is asked again.
        pause: Duration,
    },
    /// Something could not be had; it is in the summary too.
    Failed {
        /// What.
        what: String,
        /// Why.
        reason: String,
    },
    /// A hundred maps more were written.
    Disk {
        /// Maps that this run wrote.
        n_maps: usize,
        /// Size of all maps in the folder.
        folder_bytes: u64,
        /// What is free beside them.
        free_bytes: u64,
    },
}

/// The three parts of a run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Collections, from osu!collector.
    Collections,
    /// What osu!'s API says of their maps.
    Beatmaps,
    /// The maps themselves.
    Maps,
}
