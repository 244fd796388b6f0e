use carto_charts::AgreementClass;
use plotters::style::RGBColor;

/// The colours and typefaces of a figure.
///
/// A figure leaves the page, so it carries its colours with it. They are the
/// tokens of `www/styles/tokens.css`, and this file is the only other place
/// where a colour is spelt out.
#[derive(Debug, Clone)]
pub struct Theme {
    pub(crate) ground: RGBColor,
    pub(crate) ink: RGBColor,
    pub(crate) ink2: RGBColor,
    pub(crate) rule2: RGBColor,
    pub(crate) yours: RGBColor,
    /// The band of an interval: 45 % of `yours` on the ground, as on the page.
    pub(crate) interval: RGBColor,
    pub(crate) perceptual: ClassColours,
    pub(crate) mixed: ClassColours,
    pub(crate) stylistic: ClassColours,
    /// Colours of the channels, in the order of the signal's rows.
    pub(crate) swatches: [RGBColor; 9],
    /// The colormap of correlations from -1 to 1, in steps of a tenth.
    pub(crate) colormap: [RGBColor; 21],
    /// Names, numbers and labels.
    pub(crate) sans: &'static str,
    /// The title, and in italics everything stylistic.
    pub(crate) serif: &'static str,
}

/// One class: its word and symbol, and the tint of its zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClassColours {
    pub(crate) text: RGBColor,
    pub(crate) tint: RGBColor,
}

impl Theme {
    /// For paper: the light tokens on plain white.
    #[must_use]
    pub fn print() -> Self {
        Self {
            ground: hex(0xffffff),
            ink: hex(0x11202a),
            ink2: hex(0x3f4e57),
            rule2: hex(0x7f8d92),
            yours: hex(0xa71b6b),
            interval: hex(0xd798bc),
            perceptual: ClassColours { text: hex(0x7b5100), tint: hex(0xf7ecd2) },
            mixed: ClassColours { text: hex(0x30693b), tint: hex(0xe1f2e4) },
            stylistic: ClassColours { text: hex(0x00628b), tint: hex(0xdbf1fb) },
            swatches: [
                hex(0xbf3418),
                hex(0xc76708),
                hex(0x088274),
                hex(0x2d9d78),
                hex(0x633bbb),
                hex(0x884ac9),
                hex(0xaa61cc),
                hex(0x1f3654),
                hex(0x2d5575),
            ],
            colormap: [
                hex(0x004981),
                hex(0x005b97),
                hex(0x0a6eab),
                hex(0x2382bc),
                hex(0x3c96ca),
                hex(0x57a9d6),
                hex(0x76bbe0),
                hex(0x94cde9),
                hex(0xb5ddef),
                hex(0xd7edf6),
                hex(0xf9fcfc),
                hex(0xefe8d9),
                hex(0xe4d4b8),
                hex(0xd8c098),
                hex(0xccab7b),
                hex(0xbf965f),
                hex(0xb28145),
                hex(0xa36d2e),
                hex(0x925a1a),
                hex(0x814703),
                hex(0x6c3801),
            ],
            // Where our faces are not installed, faces of about their width step in.
            sans: "Archivo, Helvetica, Arial, sans-serif",
            serif: "Literata, Georgia, serif",
        }
    }

    pub(crate) fn class(&self, class: AgreementClass) -> ClassColours {
        match class {
            AgreementClass::Perceptual => self.perceptual,
            AgreementClass::Mixed => self.mixed,
            AgreementClass::Stylistic => self.stylistic,
        }
    }
}

/// `0xrrggbb`.
const fn hex(rgb: u32) -> RGBColor {
    RGBColor((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_splits_into_red_green_blue() {
        assert_eq!(hex(0xa71b6b), RGBColor(0xa7, 0x1b, 0x6b));
    }

    #[test]
    fn colours_are_the_light_tokens_of_the_page() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/styles/tokens.css");
        let css = std::fs::read_to_string(path).unwrap();
        // The first colour of a token is the light one.
        let token = |name: &str| {
            let (_, value) = css.split_once(&format!("--{name}:")).expect(name);
            let (_, digits) = value.split_once('#').expect(name);
            hex(u32::from_str_radix(&digits[..6], 16).expect(name))
        };
        let theme = Theme::print();
        let pairs = [
            ("raised", theme.ground),
            ("ink", theme.ink),
            ("ink2", theme.ink2),
            ("rule2", theme.rule2),
            ("yours", theme.yours),
            ("perceptual", theme.perceptual.text),
            ("perceptual-bg", theme.perceptual.tint),
            ("mixed", theme.mixed.text),
            ("mixed-bg", theme.mixed.tint),
            ("stylistic", theme.stylistic.text),
            ("stylistic-bg", theme.stylistic.tint),
        ];
        for (name, colour) in pairs {
            assert_eq!(colour, token(name), "--{name}");
        }
        for (channel, swatch) in carto_charts::CHANNELS.iter().zip(theme.swatches) {
            let name = format!("ch-{}", channel.name.to_lowercase());
            assert_eq!(swatch, token(&name), "--{name}");
        }
        for (step, colour) in theme.colormap.into_iter().enumerate() {
            assert_eq!(colour, token(&format!("r{step}")), "--r{step}");
        }
    }
}
