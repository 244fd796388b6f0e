use std::path::PathBuf;

/// The figures of a result as files for a paper
#[derive(Debug, clap::Args)]
pub(crate) struct Figures {
    /// A result file, or the tables of one run in the published layouts
    #[arg(required = true, value_name = "RESULT.json")]
    pub(crate) results: Vec<PathBuf>,
    /// Folder for the figures; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Each as a picture too
    #[arg(long)]
    pub(crate) png: bool,
    /// Dots of a picture for each pixel of the figure; the page takes as many
    #[arg(long, value_name = "N", default_value_t = 3, requires = "png")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(crate) scale: u8,
}
