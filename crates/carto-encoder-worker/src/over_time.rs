//! Latents of two maps over time, and how much they agree on a stretch.

use carto_encoder::weights::sha256_hex;
use carto_protocol::{EncodeStrips, EncodedStrips, LatentsOfStretch};
use carto_song::{latents_of_stretch, song_latents};
use carto_types::{LatentSpan, SongLatents};

use crate::encode::Encoder;

/// Latents with what names them.
pub(crate) struct Held {
    key: String,
    latents: SongLatents,
}

impl Held {
    /// How much the latents agree on a stretch.
    ///
    /// # Errors
    ///
    /// Words for a person, if the key names others.
    pub(crate) fn of_stretch(
        held: Option<&Self>,
        call: &LatentsOfStretch,
    ) -> Result<LatentSpan, String> {
        let held = held.filter(|held| held.key == call.key);
        let held = held.ok_or("the latents of this pair are not here any more: open it again")?;
        Ok(latents_of_stretch(&held.latents, call.from_ms, call.to_ms))
    }
}

/// Computes the latents of two maps; the page hears of each tile.
///
/// # Errors
///
/// Words for a person, if the signals are none, the latents no numbers, or the encoder cannot be made
/// ready.
pub(crate) async fn encode_strips(
    encoder: &mut Encoder<'_>,
    call: &EncodeStrips,
) -> Result<(EncodedStrips, Held), String> {
    let [a, b] = call.signals.each_ref().map(Vec::as_slice);
    if a.len() != b.len() {
        return Err("the signals of the two maps are not equally long".to_owned());
    }
    let moments = encoder.both(call, [a, b]).await?;
    let config = encoder.loaded.session.config();
    let (rate, n_latents) = (config.frames_per_latent() as u32, config.n_latent_dims as u32);
    let span = (call.first_frame, (a.len() / carto_types::SignalChannel::COUNT) as u32);
    let latents = song_latents(span, rate, n_latents, moments.map(|it| it.mu().to_vec()))
        .map_err(|error| error.to_string())?;
    let key = key(call)?;
    let held = Held { key: key.clone(), latents: latents.clone() };
    Ok((EncodedStrips { latents, key, backend: encoder.backend() }, held))
}

/// sha256 of the signals, their place, and the weights' own.
fn key(call: &EncodeStrips) -> Result<String, String> {
    let mut bytes = call.weights_sha256.clone().into_bytes();
    bytes.extend_from_slice(&call.first_frame.to_le_bytes());
    bytes.extend(call.signals.iter().flatten().flat_map(|value| value.to_le_bytes()));
    sha256_hex(bytes.as_slice()).map_err(|error| error.to_string())
}
