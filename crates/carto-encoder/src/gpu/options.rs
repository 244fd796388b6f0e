use super::ProductKernel;

/// How to run on an adapter; the default asks the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GpuOptions {
    /// Slots of one batch, halos included; a slot is the times of one latent.
    /// Raised to what one latent and its halo need, and lowered to what the
    /// adapter's limits allow.
    pub n_slots: Option<usize>,
    /// The form of the product.
    pub product: Option<ProductKernel>,
    /// Whether products' weights are stored as halves: half the memory, and
    /// latents within 2e-3 instead of 1e-4. Needs no feature of the adapter.
    pub has_half_weights: bool,
}
