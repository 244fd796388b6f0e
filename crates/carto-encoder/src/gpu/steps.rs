use super::GpuError;
use super::kernels::KernelKind;
use super::shapes::{FRAME_WIDTH, Place, Shapes};
use super::upload::{Columns, Uploader};
use crate::folded::{FoldedEncoder, FoldedLayer, FoldedPool, FoldedStage};

/// `Params` of `kernels/bindings.wgsl`, field by field. Channels are counted in vectors of
/// four.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Params {
    pub(super) rows_per_slot: usize,
    pub(super) n_in: usize,
    pub(super) n_out: usize,
    pub(super) input_stride: usize,
    pub(super) input_offset: usize,
    pub(super) output_stride: usize,
    pub(super) output_offset: usize,
    pub(super) set_from: usize,
    pub(super) is_activated: bool,
    pub(super) step: usize,
    pub(super) n_before: usize,
    pub(super) n_taps: usize,
}

impl Params {
    pub(super) const N_BYTES: usize = 48;

    pub(super) fn to_bytes(self) -> [u8; Self::N_BYTES] {
        let fields = [
            self.rows_per_slot,
            self.n_in,
            self.n_out,
            self.input_stride,
            self.input_offset,
            self.output_stride,
            self.output_offset,
            self.set_from,
            usize::from(self.is_activated),
            self.step,
            self.n_before,
            self.n_taps,
        ];
        let mut bytes = [0; Self::N_BYTES];
        for (bytes, field) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(fields) {
            *bytes = (field as u32).to_le_bytes();
        }
        bytes
    }
}

/// One kernel's work, with its weights uploaded.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) kernel: KernelKind,
    pub(super) params: Params,
    pub(super) input: Place,
    pub(super) weights: wgpu::Buffer,
    pub(super) output: Place,
}

/// Channels of a place that a kernel reads or writes.
#[derive(Debug, Clone, Copy)]
struct Channels {
    place: Place,
    n: usize,
    /// Distance of two rows.
    stride: usize,
    /// Channels before the first.
    offset: usize,
}

impl Channels {
    /// All of the `n` channels of a place.
    fn all(place: Place, n: usize) -> Self {
        Self { place, n, stride: n, offset: 0 }
    }
}

/// All steps of a batch, in order.
///
/// # Errors
///
/// [`GpuError::TooLarge`] for a matrix beyond the adapter's limit.
pub(super) fn steps(
    encoder: &FoldedEncoder,
    shapes: &Shapes,
    uploader: &Uploader<'_>,
) -> Result<Vec<Step>, GpuError> {
    let mut list = StepList { shapes, uploader, steps: Vec::new() };
    list.product(0, FRAMES, &[Columns::all(&encoder.entry)], list.sums(), Params::default())?;
    for (idx, stage) in encoder.stages.iter().enumerate() {
        list.stage(idx, stage)?;
    }
    let heads = Channels::all(Place::Latents, shapes.heads);
    let parts = [Columns::all(&encoder.heads)];
    list.product(encoder.stages.len(), list.pooled(), &parts, heads, Params::default())?;
    Ok(list.steps)
}

const FRAMES: Channels =
    Channels { place: Place::Frames, n: FRAME_WIDTH, stride: FRAME_WIDTH, offset: 0 };

struct StepList<'a> {
    shapes: &'a Shapes,
    uploader: &'a Uploader<'a>,
    steps: Vec<Step>,
}

impl StepList<'_> {
    /// The running sum, beside which the sum of skips stands.
    fn sums(&self) -> Channels {
        let hidden = self.shapes.hidden;
        Channels { place: Place::Sums, n: hidden, stride: 2 * hidden, offset: 0 }
    }

    fn pooled(&self) -> Channels {
        Channels::all(Place::Pooled, self.shapes.pooled)
    }

    fn stage(&mut self, idx: usize, stage: &FoldedStage) -> Result<(), GpuError> {
        for (layer_idx, layer) in stage.layers.iter().enumerate() {
            self.layer(idx, layer_idx, layer)?;
        }
        let skips = Channels { offset: self.shapes.hidden, ..self.sums() };
        let mixed = Channels::all(Place::Gated, self.shapes.pooled);
        self.product(idx, skips, &[Columns::all(&stage.mix)], mixed, Params::default())?;

        let FoldedPool { stride, n_before, .. } = stage.pool;
        let params =
            Params { step: stride, n_before, n_taps: stage.pool.n_taps(), ..Params::default() };
        let taps = self.uploader.taps(&stage.pool.taps, stage.mix.n_out)?;
        self.push(KernelKind::Pool, idx + 1, mixed, taps, self.pooled(), params);
        let Some(exit) = &stage.exit else { return Ok(()) };
        let parts = [Columns::all(exit)];
        self.product(idx + 1, self.pooled(), &parts, self.sums(), Params::default())
    }

    fn layer(&mut self, idx: usize, layer_idx: usize, layer: &FoldedLayer) -> Result<(), GpuError> {
        let Shapes { hidden, wide, .. } = *self.shapes;
        // The first layer of all reads the signal: the entry is folded into it.
        let from = if (idx, layer_idx) == (0, 0) { FRAMES } else { self.sums() };
        let branches = Channels::all(Place::Branches, 2 * wide);
        let n_filters = layer.branches.n_out / 2;
        let parts = [0..n_filters, n_filters..layer.branches.n_out]
            .map(|columns| Columns { matrix: &layer.branches, columns });
        self.product(idx, from, &parts, branches, Params::default())?;

        let gated = Channels::all(Place::Gated, wide);
        let taps = self.uploader.taps(&layer.taps, n_filters)?;
        let params = Params { step: layer.dilation, ..Params::default() };
        self.push(KernelKind::Gate, idx, branches, taps, gated, params);

        // What the layer adds to both sums, as one product.
        let residual = layer.residual.as_ref().map(Columns::all);
        let n_residuals = if residual.is_some() { hidden } else { 0 };
        let parts: Vec<_> = residual.into_iter().chain([Columns::all(&layer.skip)]).collect();
        let n = n_residuals + hidden;
        let sums = Channels { n, offset: hidden - n_residuals, ..self.sums() };
        let params = Params {
            // The first skip starts its sum.
            set_from: if layer_idx == 0 { n_residuals } else { n },
            // Without a residual it is the stage's last layer: the sum is complete.
            is_activated: layer.residual.is_none(),
            ..Params::default()
        };
        self.product(idx, gated, &parts, sums, params)
    }

    /// Uploads a matrix, and multiplies by it.
    fn product(
        &mut self,
        idx: usize,
        from: Channels,
        parts: &[Columns<'_>],
        to: Channels,
        params: Params,
    ) -> Result<(), GpuError> {
        let weights = self.uploader.matrix(from.n, parts)?;
        self.push(KernelKind::Product, idx, from, weights, to, params);
        Ok(())
    }

    /// - `idx`: the stage whose rows come out
    /// - `params`: what does not follow from the channels; `set_from` is counted singly
    fn push(
        &mut self,
        kernel: KernelKind,
        idx: usize,
        from: Channels,
        weights: wgpu::Buffer,
        to: Channels,
        params: Params,
    ) {
        let params = Params {
            rows_per_slot: self.shapes.rows_per_slot[idx],
            n_in: from.n / 4,
            n_out: to.n / 4,
            input_stride: from.stride / 4,
            input_offset: from.offset / 4,
            output_stride: to.stride / 4,
            output_offset: to.offset / 4,
            set_from: params.set_from / 4,
            ..params
        };
        self.steps.push(Step { kernel, params, input: from.place, weights, output: to.place });
    }
}
