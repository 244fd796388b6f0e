//! Files of one command, some of them figures, which may be drawn as PNG too.

use std::path::Path;

use anyhow::{Context, Result};

use crate::files::{make_folder, write_atomic};
use crate::picture::Pictures;

/// Whether and how figures are drawn as PNG.
#[derive(Debug, clap::Args)]
pub(crate) struct PngArgs {
    /// Also draw each figure as PNG
    #[arg(long)]
    png: bool,
    /// Pixels of the PNG per pixel of the SVG; the page takes as many
    #[arg(long, value_name = "N", default_value_t = PNG_SCALE, requires = "png")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=8))]
    scale: u8,
}

impl PngArgs {
    /// The scale, where pictures are wanted.
    pub(crate) fn scale(&self) -> Option<u8> {
        self.png.then_some(self.scale)
    }
}

/// Dots of a picture for each pixel of its figure, unless a person says otherwise.
pub(crate) const PNG_SCALE: u8 = 3;

/// Files that are written once all of them are there.
pub(crate) struct DrawnFiles {
    files: Vec<(String, Vec<u8>)>,
    pictures: Option<(Pictures, u8)>,
}

impl DrawnFiles {
    /// - `png_scale`: of the pictures of figures; `None` for no pictures
    pub(crate) fn new(png_scale: Option<u8>) -> Self {
        let pictures = png_scale.map(|scale| (Pictures::new(), scale));
        Self { files: Vec::new(), pictures }
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, name: impl Into<String>, text: String) {
        self.files.push((name.into(), text.into_bytes()));
    }

    /// Adds a figure, and its picture where pictures are wanted.
    ///
    /// - `name`: ends with `.svg`
    ///
    /// # Errors
    ///
    /// A figure that is no picture.
    pub(crate) fn add_figure(&mut self, name: &str, svg: String) -> Result<()> {
        if let Some((pictures, scale)) = &self.pictures {
            let png = pictures.png(&svg, *scale).with_context(|| name.to_owned())?;
            self.files.push((name.replace(".svg", ".png"), png));
        }
        self.add(name, svg);
        Ok(())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Writes all files.
    ///
    /// - `out`: their folder; made where it is missing
    /// - returns: their names and their folder, for a line on stdout
    ///
    /// # Errors
    ///
    /// A folder that cannot be made, a file that cannot be written.
    pub(crate) fn write(mut self, out: &Path) -> Result<String> {
        make_folder(out)?;
        self.files.sort();
        for (name, bytes) in &self.files {
            write_atomic(&out.join(name), bytes)?;
        }
        let names: Vec<_> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        Ok(format!("{} in {}", names.join(", "), out.display()))
    }
}
