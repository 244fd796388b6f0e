//! Numbers as people read them.

pub(crate) use carto_charts::number::{
    NO_VALUE, counted, grouped, minutes, percentage_points as points, whole_percent as percent,
};
