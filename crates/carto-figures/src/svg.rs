//! What plotters does not write into an SVG: a scale, a name and a description.

/// Units of the file per natural pixel: plotters draws on whole units, and a
/// twelfth of a pixel is finer than any mark needs.
///
/// Twelve, because the sizes of our type survive plotters' arithmetic at this
/// scale; at ten, 12 px would read `font-size="120.00000000000001"`.
pub(crate) const UNITS_PER_PX: u32 = 12;

/// Puts plotters' elements under an opening tag of our own.
///
/// - `drawn`: a whole document as plotters writes it
/// - `size_px`: natural width and height
/// - `title`, `description`: plain text, for those who cannot see the figure
pub(crate) fn document(drawn: &str, size_px: (u32, u32), title: &str, description: &str) -> String {
    // The first `>` ends the opening tag: none of plotters' attributes holds one.
    let elements = drawn.split_once('>').map_or("", |(_, rest)| rest.trim_start());
    let (width, height) = size_px;
    let (width_units, height_units) = (width * UNITS_PER_PX, height * UNITS_PER_PX);
    let (title, description) = (escape(title), escape(description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width_units} {height_units}\" role=\"img\" \
         style=\"font-variant-numeric:tabular-nums lining-nums\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n{elements}"
    )
}

/// Replaces what XML 1.0 allows nowhere, not even escaped, by U+FFFD.
pub(crate) fn legal(text: &str) -> String {
    let is_legal = |c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_legal(c) { c } else { '\u{fffd}' }).collect()
}

fn escape(text: &str) -> String {
    legal(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_markup_stays_text() {
        assert_eq!(escape("a < b & c > d"), "a &lt; b &amp; c &gt; d");
    }

    #[test]
    fn characters_that_no_xml_may_hold_are_replaced() {
        assert_eq!(
            legal("a\u{0}b\u{1b}c\u{ffff}d\u{1f3b5}\t"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{1f3b5}\t"
        );
    }

    #[test]
    fn the_opening_tag_is_replaced_and_the_rest_kept() {
        let drawn = "<svg width=\"1\">\n<rect x=\"2\"/>\n</svg>\n";
        let document = document(drawn, (3, 4), "name", "text");
        assert!(document.starts_with("<svg xmlns="));
        assert!(document.ends_with("<desc>text</desc>\n<rect x=\"2\"/>\n</svg>\n"));
        assert!(document.contains("width=\"3\" height=\"4\" viewBox=\"0 0 36 48\""));
    }
}
