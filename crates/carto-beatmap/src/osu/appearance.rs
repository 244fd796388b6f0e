//! What decides how a map is drawn, beyond its objects.

use rosu_map::DecodeBeatmap;
use rosu_map::section::colors::Colors;

use crate::text::key_value;

/// Combo colours that osu! knows: `Combo1` to `Combo8`.
const MAX_COMBO_COLOURS: usize = 8;

/// What decides how osu! draws a map, beyond what its [`Beatmap`](crate::beatmap::Beatmap) holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Appearance {
    /// Which share of the approach time two objects may lie apart and still be stacked. In single
    /// precision, as osu! has it; 0.7 where the file does not say.
    pub stack_leniency: f32,
    /// Red, green and blue of the combos, in the order of the file; empty where it has none.
    pub combo_colours: Vec<[u8; 3]>,
    /// Of each object of the beatmap, in its order.
    pub objects: Vec<ObjectAppearance>,
}

/// What decides how one object is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ObjectAppearance {
    /// How many colours are skipped where it begins a combo, in `0..=7`; 0 where its line begins
    /// none, whatever forces one there.
    pub n_skipped_colours: u8,
    /// Of a slider, the distance from one tick to the next along its path, osu!pixels, above 0;
    /// `None` where its timing point asks for none, and of all other objects.
    pub tick_distance: Option<f64>,
}

/// Reads a line of `[Colours]`; what is no combo colour is passed over.
pub(super) fn read_colour(line: &str, colours: &mut Vec<[u8; 3]>) {
    // rosu-map keeps every name that it finds and searches them all for the next one.
    let is_combo = key_value(line).is_some_and(|(key, _)| key.starts_with("Combo"));
    if !is_combo || colours.len() >= MAX_COMBO_COLOURS {
        return;
    }
    let mut read = Colors::default();
    if Colors::parse_colors(&mut read, line).is_ok() {
        colours.extend(
            read.custom_combo_colors
                .iter()
                .map(|colour| [colour.red(), colour.green(), colour.blue()]),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combo_colours_come_in_the_order_of_the_file_and_are_bounded() {
        let mut colours = Vec::new();
        let lines = ["Combo1 : 255,128,0", "SliderBorder : 1,2,3", "Combo2: 1,2", "Combo3:7,8,9"];
        lines.into_iter().for_each(|line| read_colour(line, &mut colours));
        assert_eq!(colours, [[255, 128, 0], [7, 8, 9]]);
        (0..100).for_each(|idx| read_colour(&format!("Combo{idx}:1,1,1"), &mut colours));
        assert_eq!(colours.len(), MAX_COMBO_COLOURS);
    }
}
