use crate::folded::FoldedEncoder;
use crate::{EncoderConfig, EncoderWeights};

pub(super) fn random_encoder(config: &EncoderConfig) -> FoldedEncoder {
    FoldedEncoder::new(&EncoderWeights::random(config, 1).unwrap())
}
