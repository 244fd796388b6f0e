use crate::encoder::folded::FoldedEncoder;
use crate::encoder::{EncoderConfig, EncoderWeights};

pub(super) fn random_encoder(config: &EncoderConfig) -> FoldedEncoder {
    FoldedEncoder::new(&EncoderWeights::random(config, 1).unwrap())
}
