use std::ops::Range;

use super::GpuError;
use super::adapter::GpuAdapter;
use super::error::Scopes;
use super::kernels::{Kernels, ProductKernel};
use super::plan::Plan;
use super::shapes::{Place, Shapes};
use super::steps::steps;
use super::transfer::{BatchBytes, BatchItem, Readback};
use super::upload::Uploader;
use crate::folded::FoldedEncoder;
use crate::{EncoderConfig, LatentMoments, SignalFrames};

/// How an encoder runs on an adapter; what is `None` follows from the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GpuOptions {
    /// Slots of one batch, halos included; a slot is the times of one latent.
    /// Raised to what one latent and its halo need, and lowered to what the
    /// adapter's limits allow.
    pub n_slots: Option<usize>,
    /// The form of the product kernel.
    pub product: Option<ProductKernel>,
    /// Whether products' weights are stored as halves: half the memory, and
    /// latents within 2e-3 instead of 1e-4. Needs no feature of the adapter.
    pub has_half_weights: bool,
}

/// Slots of a batch on a graphics processor: for the published encoder 9,216
/// frames, 73 MB of activations and 61 GFLOP, less than half a second for a slow
/// one, since some drivers give up after two.
const N_SLOTS: usize = 512;
/// Slots of a batch on a software adapter, where this one takes ten seconds and
/// nothing can be cancelled within it; fewer would be mostly halo.
const N_SLOTS_SOFTWARE: usize = 128;

/// An encoder with its weights on an adapter.
#[derive(Debug)]
pub struct GpuEncoder {
    adapter: GpuAdapter,
    config: EncoderConfig,
    heads_bias: Vec<f32>,
    shapes: Shapes,
    kernels: Kernels,
    plan: Plan,
    readback: Readback,
    bytes: BatchBytes,
}

impl GpuEncoder {
    /// Compiles the kernels, uploads the weights and makes room for a batch.
    ///
    /// # Errors
    ///
    /// [`GpuError::Kernel`], [`GpuError::TooLarge`], [`GpuError::OutOfMemory`],
    /// and what else the driver refuses.
    pub async fn new(
        adapter: &GpuAdapter,
        encoder: &FoldedEncoder,
        options: GpuOptions,
    ) -> Result<Self, GpuError> {
        adapter.faults.check()?;
        let GpuAdapter { device, queue, .. } = adapter;
        let is_software = adapter.info().is_software;
        let default_product =
            if is_software { ProductKernel::Registers } else { ProductKernel::Shared };
        let product = options.product.unwrap_or(default_product);
        let kernels = Kernels::new(device, product, options.has_half_weights).await?;
        let n_slots = if is_software { N_SLOTS_SOFTWARE } else { N_SLOTS };
        let n_slots = options.n_slots.unwrap_or(n_slots);
        let shapes = Shapes::new(encoder, n_slots, &device.limits())?;

        let scopes = Scopes::open(device);
        let uploader = Uploader { device, queue, has_half_weights: options.has_half_weights };
        let steps = steps(encoder, &shapes, &uploader)?;
        let plan = Plan::new(device, queue, &kernels, &shapes, &steps);
        let readback = Readback::new(device, shapes.n_bytes(Place::Latents));
        scopes.close().await?;
        adapter.faults.check()?;
        Ok(Self {
            adapter: adapter.clone(),
            config: encoder.config.clone(),
            heads_bias: encoder.heads_bias.clone(),
            shapes,
            kernels,
            plan,
            readback,
            bytes: BatchBytes::default(),
        })
    }

    /// The encoder's hyperparameters.
    #[must_use]
    pub fn config(&self) -> &EncoderConfig {
        &self.config
    }

    /// The adapter on which it runs.
    #[must_use]
    pub fn adapter(&self) -> &GpuAdapter {
        &self.adapter
    }

    /// Latents of one map that one submission computes; the same for its life.
    #[must_use]
    pub fn tile_len(&self) -> usize {
        self.shapes.tile_len()
    }

    /// Slots that a batch holds.
    #[must_use]
    pub fn n_slots(&self) -> usize {
        self.shapes.n_slots
    }

    /// Slots of a batch that an item takes: its latents, and what of its map
    /// reaches into them.
    #[must_use]
    pub fn n_slots_of(&self, item: &BatchItem<'_>) -> usize {
        item.slots(self.shapes.halo).len()
    }

    /// Bytes of activations on the adapter.
    #[must_use]
    pub fn n_activation_bytes(&self) -> u64 {
        Place::ALL.iter().map(|&place| self.shapes.n_bytes(place)).sum()
    }

    /// Computes the latents of `latents`, written into `moments`: one submission
    /// for each [`Self::tile_len`] of them.
    ///
    /// - `signal`: all frames of the map
    /// - `moments`: of the whole map; only the columns of `latents` change
    ///
    /// # Errors
    ///
    /// What the driver reports; columns that were not reached are unchanged.
    pub async fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    ) -> Result<(), GpuError> {
        let latents = latents.start..latents.end.min(moments.n_latents());
        for start in latents.clone().step_by(self.tile_len()) {
            let latents = start..(start + self.tile_len()).min(latents.end);
            self.encode_batch(&mut [BatchItem { signal, latents, moments }]).await?;
        }
        Ok(())
    }

    /// Computes several items, of one map or of several, in one submission.
    ///
    /// # Errors
    ///
    /// [`GpuError::BatchTooLong`] for more than [`Self::n_slots`] together, or
    /// what the driver reports; no moments are changed then.
    pub async fn encode_batch(&mut self, items: &mut [BatchItem<'_>]) -> Result<(), GpuError> {
        let n_slots = items.iter().map(|item| self.n_slots_of(item)).sum();
        if n_slots > self.shapes.n_slots {
            return Err(GpuError::BatchTooLong { n_slots, limit: self.shapes.n_slots });
        }
        self.adapter.faults.check()?;
        if n_slots == 0 {
            return Ok(());
        }
        self.bytes.lay_out(items, self.shapes.halo, self.shapes.rows_per_slot[0]);
        let scopes = Scopes::open(&self.adapter.device);
        let n_bytes = self.submit(n_slots);
        let accepted = scopes.close();
        let values = self.readback.read(&self.adapter.device, n_bytes).await;
        accepted.await?;
        self.adapter.faults.check()?;
        take_moments(items, &values?, &self.heads_bias, &self.shapes);
        Ok(())
    }

    /// Everything of a batch in one command buffer; returns how much to read.
    fn submit(&mut self, n_slots: usize) -> u64 {
        let GpuAdapter { device, queue, .. } = &self.adapter;
        self.readback.release();
        queue.write_buffer(self.plan.place(Place::Frames), 0, &self.bytes.frames);
        queue.write_buffer(self.plan.tile(), 0, &self.bytes.tile);
        let mut encoder =
            device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("tile") });
        self.plan.record(&mut encoder, &self.kernels, n_slots as u32);
        let n_bytes = (n_slots * self.shapes.heads * size_of::<f32>()) as u64;
        let latents = self.plan.place(Place::Latents);
        encoder.copy_buffer_to_buffer(latents, 0, &self.readback.buffer, 0, n_bytes);
        queue.submit([encoder.finish()]);
        n_bytes
    }
}

/// Writes the items' columns from `[slot, channel]`, without their halos.
fn take_moments(items: &mut [BatchItem<'_>], values: &[f32], bias: &[f32], shapes: &Shapes) {
    let (bias_mu, bias_logvar) = bias.split_at(bias.len() / 2);
    let mut first_slot = 0;
    for item in items {
        let slots = item.slots(shapes.halo);
        for column in item.known_latents() {
            let slot = first_slot + column - slots.start;
            let row = &values[slot * shapes.heads..(slot + 1) * shapes.heads];
            let (mu, rest) = row.split_at(bias_mu.len());
            for dim in 0..bias_mu.len().min(item.moments.n_dims()) {
                let (mu, logvar) = (mu[dim] + bias_mu[dim], rest[dim] + bias_logvar[dim]);
                item.moments.set(dim, column, mu, logvar);
            }
        }
        first_slot += slots.len();
    }
}
