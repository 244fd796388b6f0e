//! Former name of [`carto_ui::deferred`].

pub(crate) use carto_ui::deferred as later;
