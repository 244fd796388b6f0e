use sha2::{Digest, Sha256};

/// The golden ratio in 64 bits: the increment of [`SplitMix64`].
pub const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64: one 64-bit counter, one mixing function.
///
/// # Source
///
/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
#[derive(Debug, Clone)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A generator with a seed; the same seed gives the same numbers on every machine.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN_GAMMA);
        mix(self.state)
    }

    /// Uniform in `[0, 1)`: 53 random bits, the whole of a double's mantissa.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The finalizer of SplitMix64: every bit of the result depends on every bit of `z`.
#[must_use]
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A seed that belongs to a name: the first eight bytes of sha256 over `seed`
/// (little-endian) and `label`.
#[must_use]
pub fn seed_of(seed: u64, label: &str) -> u64 {
    let digest = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(label).finalize();
    digest.iter().take(8).fold(0, |bits, &byte| (bits << 8) | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs for seed 1234567 as the reference implementation
    /// prints them (S. Vigna, splitmix64.c).
    #[test]
    fn is_the_published_generator() {
        let mut rng = SplitMix64::new(1_234_567);
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973];
        assert_eq!([rng.next_u64(), rng.next_u64()], expected);
    }

    #[test]
    fn a_name_gives_a_seed() {
        assert_eq!(seed_of(7, "a"), 13_297_933_989_400_835_888, "as Python's hashlib says");
    }
}
