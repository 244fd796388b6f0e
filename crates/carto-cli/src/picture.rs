//! Figures as PNG files.

use std::sync::Arc;

use anyhow::{Context, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

/// The page's faces, one weight each; `fonts/make.mjs` makes them.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/archivo-regular.ttf"),
    include_bytes!("../fonts/archivo-bold.ttf"),
    include_bytes!("../fonts/literata-regular.ttf"),
    include_bytes!("../fonts/literata-italic.ttf"),
];
/// What the first two call themselves, after the variable font that they are cut from.
const SANS: &str = "Archivo SemiBold";
const SERIF: &str = "Literata";

/// Draws figures as pictures with the fonts of the command itself: the fonts that are
/// installed are not looked at, so that a picture is the same on every machine.
pub(crate) struct Pictures {
    options: Options<'static>,
}

impl Pictures {
    /// Reads the fonts.
    pub(crate) fn new() -> Self {
        let mut fonts = Database::new();
        for font in FONTS {
            fonts.load_font_source(Source::Binary(Arc::new(font)));
        }
        fonts.set_sans_serif_family(SANS);
        fonts.set_serif_family(SERIF);
        let font_family = SANS.to_owned();
        Self { options: Options { font_family, fontdb: Arc::new(fonts), ..Options::default() } }
    }

    /// Draws a figure as a PNG file.
    ///
    /// - `svg`: the figure
    /// - `scale`: dots of the picture for each pixel of the figure
    ///
    /// # Errors
    ///
    /// Text that is no SVG, and a picture without a size or of too large a one.
    pub(crate) fn png(&self, svg: &str, scale: u8) -> Result<Vec<u8>> {
        let tree = Tree::from_str(svg, &self.options)?;
        let size = tree.size().to_int_size().scale_by(f32::from(scale));
        let size = size.context("it has no size")?;
        let mut pixmap =
            Pixmap::new(size.width(), size.height()).context("it is too large for a picture")?;
        let scale = f32::from(scale);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Ok(pixmap.encode_png()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dark_dots(svg: &str) -> usize {
        let png = Pictures::new().png(svg, 2).unwrap();
        let dots = Pixmap::decode_png(&png).unwrap();
        assert_eq!((dots.width(), dots.height()), (200, 40));
        dots.pixels().iter().filter(|dot| dot.alpha() > 128).count()
    }

    fn drawing(family: &str, style: &str, text: &str) -> String {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"><text x="2" y="15" font-family="{family}" font-size="12" {style} fill="#000">{text}</text></svg>"##
        )
    }

    #[test]
    fn every_face_of_the_figures_leaves_ink_of_its_own() {
        let sans = "Archivo, Helvetica, Arial, sans-serif";
        let serif = "Literata, Georgia, serif";
        let of = |family: &str, style: &str| dark_dots(&drawing(family, style, "ONSET r² ± −0.58"));
        let inks = [
            of(sans, ""),
            of(sans, r#"font-weight="bold""#),
            of(serif, ""),
            of(serif, r#"font-style="italic""#),
        ];
        assert!(inks.iter().all(|&ink| ink > 200), "{inks:?}");
        assert!(inks[1] > inks[0] * 5 / 4, "bold is bolder: {inks:?}");
        assert_ne!(inks[2], inks[3], "italic is another face");
        assert_ne!(inks[0], inks[2], "so is the one with serifs");
        assert_eq!(dark_dots(&drawing(sans, "", " ")), 0);
    }
}
