use super::GpuError;
use super::kernels::KernelKind;
use super::shapes::{FRAME_WIDTH, Place, Shapes};
use super::upload::{Columns, Uploader};
use crate::folded::{FoldedEncoder, FoldedLayer, FoldedStage};

/// `Params` of `kernels/bindings.wgsl`, field by field; what a kernel does not
/// read stays zero. Channels are counted in vectors of four.
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
    let mut stages = Stages { shapes, uploader, steps: Vec::new() };
    let entry = stages.uploader.matrix(FRAME_WIDTH, &[Columns::all(&encoder.entry)])?;
    stages.product(
        0,
        Place::Frames,
        entry,
        Place::Sums,
        Params {
            n_in: FRAME_WIDTH,
            n_out: shapes.hidden,
            input_stride: FRAME_WIDTH,
            output_stride: 2 * shapes.hidden,
            ..Params::default()
        },
    );
    for (idx, stage) in encoder.stages.iter().enumerate() {
        stages.stage(idx, stage)?;
    }
    let heads = stages.uploader.matrix(shapes.pooled, &[Columns::all(&encoder.heads)])?;
    stages.product(
        encoder.stages.len(),
        Place::Pooled,
        heads,
        Place::Latents,
        Params {
            n_in: shapes.pooled,
            n_out: shapes.heads,
            input_stride: shapes.pooled,
            output_stride: shapes.heads,
            ..Params::default()
        },
    );
    Ok(stages.steps)
}

struct Stages<'a> {
    shapes: &'a Shapes,
    uploader: &'a Uploader<'a>,
    steps: Vec<Step>,
}

impl Stages<'_> {
    fn stage(&mut self, idx: usize, stage: &FoldedStage) -> Result<(), GpuError> {
        for (layer_idx, layer) in stage.layers.iter().enumerate() {
            self.branches(idx, layer_idx, layer)?;
            self.gate(idx, layer)?;
            self.add(idx, layer_idx, layer)?;
        }
        self.pool(idx, stage)?;
        let Some(exit) = &stage.exit else { return Ok(()) };
        let Shapes { hidden, pooled, .. } = *self.shapes;
        let exit = self.uploader.matrix(pooled, &[Columns::all(exit)])?;
        self.product(
            idx + 1,
            Place::Pooled,
            exit,
            Place::Sums,
            Params {
                n_in: pooled,
                n_out: hidden,
                input_stride: pooled,
                output_stride: 2 * hidden,
                ..Params::default()
            },
        );
        Ok(())
    }

    fn branches(
        &mut self,
        idx: usize,
        layer_idx: usize,
        layer: &FoldedLayer,
    ) -> Result<(), GpuError> {
        let Shapes { hidden, wide, .. } = *self.shapes;
        // The first layer of all reads the signal: the entry is folded into it.
        let (input, n_in, input_stride) = match (idx, layer_idx) {
            (0, 0) => (Place::Frames, FRAME_WIDTH, FRAME_WIDTH),
            _ => (Place::Sums, hidden, 2 * hidden),
        };
        let n_filters = layer.branches.n_out / 2;
        let parts = [0..n_filters, n_filters..layer.branches.n_out]
            .map(|columns| Columns { matrix: &layer.branches, columns });
        let branches = self.uploader.matrix(n_in, &parts)?;
        self.product(
            idx,
            input,
            branches,
            Place::Branches,
            Params {
                n_in,
                n_out: 2 * wide,
                input_stride,
                output_stride: 2 * wide,
                ..Params::default()
            },
        );
        Ok(())
    }

    fn gate(&mut self, idx: usize, layer: &FoldedLayer) -> Result<(), GpuError> {
        let wide = self.shapes.wide;
        let taps = self.uploader.taps(&layer.taps, layer.branches.n_out / 2)?;
        self.push(
            KernelKind::Gate,
            idx,
            Place::Branches,
            taps,
            Place::Gated,
            Params {
                n_out: wide,
                input_stride: 2 * wide,
                output_stride: wide,
                step: layer.dilation,
                ..Params::default()
            },
        );
        Ok(())
    }

    /// What a layer adds to both sums, as one product.
    fn add(&mut self, idx: usize, layer_idx: usize, layer: &FoldedLayer) -> Result<(), GpuError> {
        let Shapes { hidden, wide, .. } = *self.shapes;
        let residual = layer.residual.as_ref().map(Columns::all);
        let n_residuals = if residual.is_some() { hidden } else { 0 };
        let parts: Vec<_> = residual.into_iter().chain([Columns::all(&layer.skip)]).collect();
        let weights = self.uploader.matrix(wide, &parts)?;
        self.product(
            idx,
            Place::Gated,
            weights,
            Place::Sums,
            Params {
                n_in: wide,
                n_out: n_residuals + hidden,
                input_stride: wide,
                output_stride: 2 * hidden,
                output_offset: hidden - n_residuals,
                // The first skip starts its sum.
                set_from: if layer_idx == 0 { n_residuals } else { n_residuals + hidden },
                // Without a residual it is the stage's last layer: the sum is complete.
                is_activated: layer.residual.is_none(),
                ..Params::default()
            },
        );
        Ok(())
    }

    fn pool(&mut self, idx: usize, stage: &FoldedStage) -> Result<(), GpuError> {
        let Shapes { hidden, pooled, .. } = *self.shapes;
        let mix = self.uploader.matrix(hidden, &[Columns::all(&stage.mix)])?;
        self.product(
            idx,
            Place::Sums,
            mix,
            Place::Gated,
            Params {
                n_in: hidden,
                n_out: pooled,
                input_stride: 2 * hidden,
                input_offset: hidden,
                output_stride: pooled,
                ..Params::default()
            },
        );
        let taps = self.uploader.taps(&stage.pool.taps, stage.mix.n_out)?;
        self.push(
            KernelKind::Pool,
            idx + 1,
            Place::Gated,
            taps,
            Place::Pooled,
            Params {
                n_out: pooled,
                input_stride: pooled,
                output_stride: pooled,
                step: stage.pool.stride,
                n_before: stage.pool.n_before,
                n_taps: stage.pool.n_taps(),
                ..Params::default()
            },
        );
        Ok(())
    }

    fn product(
        &mut self,
        idx: usize,
        input: Place,
        weights: wgpu::Buffer,
        output: Place,
        params: Params,
    ) {
        self.push(KernelKind::Product, idx, input, weights, output, params);
    }

    /// `idx`: the stage whose rows come out; channels in `params` are single here.
    fn push(
        &mut self,
        kernel: KernelKind,
        idx: usize,
        input: Place,
        weights: wgpu::Buffer,
        output: Place,
        params: Params,
    ) {
        let params = Params {
            rows_per_slot: self.shapes.rows_per_slot[idx],
            n_in: params.n_in / 4,
            n_out: params.n_out / 4,
            input_stride: params.input_stride / 4,
            input_offset: params.input_offset / 4,
            output_stride: params.output_stride / 4,
            output_offset: params.output_offset / 4,
            set_from: params.set_from / 4,
            ..params
        };
        self.steps.push(Step { kernel, params, input, weights, output });
    }
}
