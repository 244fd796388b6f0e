/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// More rows than anyone could read, or than a picture can be high.
    #[error("the figure has {n_rows} rows, limit is {limit}")]
    TooManyRows {
        /// Rows asked for.
        n_rows: usize,
        /// Most that are drawn.
        limit: usize,
    },
    /// The class bounds are not two correlations in ascending order.
    #[error("class bounds {stylistic_below} and {perceptual_above} are not ascending in [-1, 1]")]
    BadThresholds {
        /// Upper bound of *stylistic*.
        stylistic_below: f64,
        /// Lower bound of *perceptual*.
        perceptual_above: f64,
    },
    /// The matrix does not have a value for each latent and channel, or the
    /// order does not name each latent once.
    #[error("{n_values} values for {n_latents} latents of {n_channels} channels")]
    BadMatrix {
        /// Values given.
        n_values: usize,
        /// Latents in the order to draw.
        n_latents: usize,
        /// Channels of a beatmap.
        n_channels: usize,
    },
    /// The coupling does not have a value for each two channels.
    #[error("{n_values} values for the coupling of 9 channels, 81 are needed")]
    BadCoupling {
        /// Values given.
        n_values: usize,
    },
    /// The backend failed: out of space, or in use by another drawing.
    #[error("the drawing surface failed: {0}")]
    Surface(#[source] Box<dyn std::error::Error + Send + Sync>),
}
