//! Former names of what [`carto_ui`] has for parts that follow signals.

pub(crate) use carto_ui::{
    derived_aria as aria, derived_bool as flag, derived_str as word, derived_string as text,
    dynamic as drawn,
};
