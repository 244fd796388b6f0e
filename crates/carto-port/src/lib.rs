//! Both ends of a page's web workers.
//!
//! - [`pool`] is the page's end: it starts workers, gives them jobs, and tells whoever
//!   asked how a job ended, even where a worker breaks down.
//! - [`serve`] is a worker's end: the loop around its program, dropped files as readers,
//!   files of the site, and panics that are named before they end the worker.
//!
//! What is asked and replied is up to the calls of [`carto_protocol`].

pub mod pool;
pub mod serve;
