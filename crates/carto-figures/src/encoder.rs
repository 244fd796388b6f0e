/// The encoder behind a figure of latents, as its caption names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureEncoder {
    /// A file's name; what is too long for a line is cut.
    pub name: String,
    /// Whether its weights were never trained: then the figure says so.
    pub is_untrained: bool,
}

impl FigureEncoder {
    const MAX_CHARS: usize = 48;

    /// `Encoder: encoder.safetensors.`, and what an untrained one is worth.
    pub(crate) fn caption(&self) -> String {
        let mut name: String = self.name.chars().take(Self::MAX_CHARS).collect();
        if name.len() < self.name.len() {
            name.push('\u{2026}');
        }
        let caveat = if self.is_untrained {
            " Its weights are random: these latents mean nothing about music."
        } else {
            ""
        };
        format!("Encoder: {name}.{caveat}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_names_the_encoder_and_what_it_is_worth() {
        let mut encoder = FigureEncoder { name: "tiny.safetensors".to_owned(), is_untrained: true };
        assert_eq!(
            encoder.caption(),
            "Encoder: tiny.safetensors. Its weights are random: these latents mean nothing about music."
        );
        (encoder.name, encoder.is_untrained) = ("\u{e9}".repeat(60), false);
        assert_eq!(encoder.caption(), format!("Encoder: {}\u{2026}.", "\u{e9}".repeat(48)));
    }
}
