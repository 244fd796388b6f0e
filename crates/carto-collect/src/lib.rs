//! Collects labelled beatmaps: collections of osu!collector, what osu!'s API
//! says of their maps, and the maps themselves.
//!
//! [`collect`] fills a folder, file by file, and goes on where it stopped:
//!
//! | file | what |
//! |---|---|
//! | `collections.json` | a list of `{"id", "label", "name", "uploader", "beatmaps": [id]}`, in the order of the labels' file; a collection that stands for two labels is there twice |
//! | `labels.csv` | `id,label`: a row for each appearance of a map, which is `collections.json` written flat; a map in two collections has two rows |
//! | `beatmaps.jsonl` | one object a line, whole as the API's `GET /beatmaps` gave it (`beatmapset` in it), in the order of first appearance; a map that the API leaves out has no line |
//! | `osu/{id}.osu` | the map, byte for byte as served; a deleted map has no file |
//! | `summary.json` | [`Summary`]: counts, what does not exist, what failed |
//! | `.lock` | empty; held by the run that writes into the folder |
//!
//! Names that begin with a dot and end in `.part` are files that are not whole
//! yet. Everything else is whole at any moment, except for the last line of
//! `beatmaps.jsonl` after a power cut: what does not end in a line break there
//! does not count.
//!
//! `beatmaps.jsonl` and `osu/` keep maps of earlier runs that no collection of
//! this one has: `labels.csv` says which take part.
//!
//! # Source
//!
//! Rules of the services, as their documentation has them
//! (<https://osu.ppy.sh/docs/>): credentials for a token of a day, 50 ids a
//! request, 60 requests a minute. Pauses between maps and the free space that
//! stays are those of the published classifier's pipeline.

mod address;
mod beatmaps_file;
mod collections_file;
mod collector_api;
mod config;
mod credentials;
mod disk;
mod error;
mod labels;
mod maps;
mod osu_api;
mod pacer;
mod report;
mod run;
mod stop;
mod web;

pub use address::{Address, AddressError};
pub use config::{Config, Retry};
pub use credentials::{Credentials, CredentialsError, ID_VARIABLE, SECRET_VARIABLE, Secret};
pub use disk::{FreeSpace, SystemDisk};
pub use error::{CollectError, ItemError};
pub use labels::{Labels, LabelsError};
pub use report::{Event, Failure, MissingCollection, Stage, Summary};
pub use run::{Outcome, collect};
pub use stop::{Stop, Stopper};
