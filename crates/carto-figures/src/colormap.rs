//! The colour of a correlation.

use carto_charts::colormap_place;
use plotters::style::RGBColor;

use crate::theme::Theme;

/// The colour of a correlation, between the two steps of the colormap next to it, in OKLab.
///
/// - `r`: in [-1, 1]; what lies beyond has the colour of the end
pub(crate) fn colour(r: f64, theme: &Theme) -> RGBColor {
    let (below, share) = colormap_place(r);
    let [from, to] = [below, below + 1].map(|step| oklab(theme.colormap[step]));
    let mix = |axis: usize| from[axis] + share * (to[axis] - from[axis]);
    rgb([mix(0), mix(1), mix(2)])
}

/// Black or white, whichever is stronger on this ground: at least 4.5.
pub(crate) fn text_on(ground: RGBColor) -> RGBColor {
    // Relative luminance, as WCAG 2 defines it; at 0.179 both are equally strong.
    let [red, green, blue] = linear(ground);
    let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    if luminance > 0.179 { RGBColor(0, 0, 0) } else { RGBColor(255, 255, 255) }
}

/// sRGB without its gamma, in [0, 1].
fn linear(RGBColor(red, green, blue): RGBColor) -> [f64; 3] {
    [red, green, blue].map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    })
}

/// Lightness and two axes of colour: Ottosson 2020, the matrices of CSS Color 4.
fn oklab(colour: RGBColor) -> [f64; 3] {
    let lms = product(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        linear(colour),
    );
    product(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        lms.map(libm::cbrt),
    )
}

fn rgb(lab: [f64; 3]) -> RGBColor {
    let lms = product(
        &[
            [1.0, 0.396_337_777_4, 0.215_803_757_3],
            [1.0, -0.105_561_345_8, -0.063_854_172_8],
            [1.0, -0.089_484_177_5, -1.291_485_548_0],
        ],
        lab,
    );
    let linear = product(
        &[
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
        ],
        lms.map(|root| root * root * root),
    );
    let [red, green, blue] = linear.map(|value| {
        let value = value.clamp(0.0, 1.0);
        let curved = if value <= 0.003_130_8 {
            value * 12.92
        } else {
            1.055 * libm::pow(value, 1.0 / 2.4) - 0.055
        };
        (curved * 255.0).round() as u8
    });
    RGBColor(red, green, blue)
}

fn product(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tenth_has_the_colour_of_its_step() {
        let theme = Theme::print();
        for (step, &expected) in theme.colormap.iter().enumerate() {
            assert_eq!(colour(step as f64 / 10.0 - 1.0, &theme), expected, "step {step}");
        }
        assert_eq!(colour(-7.0, &theme), theme.colormap[0]);
        assert_eq!(colour(1.001, &theme), theme.colormap[20]);
    }

    #[test]
    fn between_two_steps_lies_their_middle() {
        let theme = Theme::print();
        let RGBColor(red, green, blue) = colour(0.75, &theme);
        let (from, to) = (theme.colormap[17], theme.colormap[18]);
        assert!((to.0..=from.0).contains(&red));
        assert!((to.1..=from.1).contains(&green));
        assert!((to.2..=from.2).contains(&blue));
    }

    #[test]
    fn text_is_at_least_four_and_a_half_on_any_ground() {
        let theme = Theme::print();
        let luminance = |colour| {
            let [red, green, blue] = linear(colour);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        for hundredth in -100..=100 {
            let ground = colour(f64::from(hundredth) / 100.0, &theme);
            let (a, b) = (luminance(ground) + 0.05, luminance(text_on(ground)) + 0.05);
            let contrast = if a > b { a / b } else { b / a };
            assert!(contrast >= 4.5, "{hundredth}: {contrast}");
        }
    }
}
