use super::kernels::{KernelKind, Kernels};
use super::shapes::{Place, Shapes};
use super::steps::{Params, Step};

/// A batch's buffers and dispatches, made once.
#[derive(Debug)]
pub(super) struct Plan {
    places: Vec<wgpu::Buffer>,
    tile: wgpu::Buffer,
    dispatches: Vec<Dispatch>,
}

#[derive(Debug)]
struct Dispatch {
    kernel: KernelKind,
    bindings: wgpu::BindGroup,
    rows_per_slot: u32,
    n_columns: u32,
}

impl Plan {
    pub(super) fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        kernels: &Kernels,
        shapes: &Shapes,
        steps: &[Step],
    ) -> Self {
        let usage = wgpu::BufferUsages::STORAGE
            | wgpu::BufferUsages::COPY_DST
            | wgpu::BufferUsages::COPY_SRC;
        let buffer = |label, size, usage| {
            let mapped_at_creation = false;
            let descriptor =
                wgpu::BufferDescriptor { label: Some(label), size, usage, mapped_at_creation };
            device.create_buffer(&descriptor)
        };
        let places: Vec<_> =
            Place::ALL.map(|place| buffer("activations", shapes.n_bytes(place), usage)).into();
        let tile = buffer("tile", 8 * (1 + shapes.n_slots as u64), usage);

        let alignment = device.limits().min_uniform_buffer_offset_alignment as usize;
        let stride = Params::N_BYTES.next_multiple_of(alignment.max(1));
        let mut bytes = vec![0; stride * steps.len()];
        for (bytes, step) in bytes.chunks_exact_mut(stride).zip(steps) {
            bytes[..Params::N_BYTES].copy_from_slice(&step.params.to_bytes());
        }
        let usage = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
        let params = buffer("parameters", bytes.len() as u64, usage);
        queue.write_buffer(&params, 0, &bytes);

        let mut plan = Self { places, tile, dispatches: Vec::new() };
        for (idx, step) in steps.iter().enumerate() {
            let params = wgpu::BufferBinding {
                buffer: &params,
                offset: (idx * stride) as u64,
                size: wgpu::BufferSize::new(Params::N_BYTES as u64),
            };
            let dispatch = plan.dispatch(device, kernels, params, step);
            plan.dispatches.push(dispatch);
        }
        plan
    }

    fn dispatch(
        &self,
        device: &wgpu::Device,
        kernels: &Kernels,
        params: wgpu::BufferBinding<'_>,
        step: &Step,
    ) -> Dispatch {
        let resources = [
            wgpu::BindingResource::Buffer(params),
            self.tile.as_entire_binding(),
            self.place(step.input).as_entire_binding(),
            step.weights.as_entire_binding(),
            self.place(step.output).as_entire_binding(),
        ];
        let entries: Vec<_> = (0..)
            .zip(resources)
            .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource })
            .collect();
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &kernels.bindings,
            entries: &entries,
        });
        Dispatch {
            kernel: step.kernel,
            bindings,
            rows_per_slot: step.params.rows_per_slot as u32,
            n_columns: step.params.n_out as u32,
        }
    }

    pub(super) fn place(&self, place: Place) -> &wgpu::Buffer {
        &self.places[place as usize]
    }

    /// The number of slots in use, and each slot's map.
    pub(super) fn tile(&self) -> &wgpu::Buffer {
        &self.tile
    }

    /// Records all dispatches for the first `n_slots` slots.
    pub(super) fn record(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        kernels: &Kernels,
        n_slots: u32,
    ) {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        for dispatch in &self.dispatches {
            let kernel = kernels.get(dispatch.kernel);
            pass.set_pipeline(&kernel.pipeline);
            pass.set_bind_group(0, &dispatch.bindings, &[]);
            let n_rows = n_slots * dispatch.rows_per_slot;
            pass.dispatch_workgroups(
                dispatch.n_columns.div_ceil(kernel.group.n_columns),
                n_rows.div_ceil(kernel.group.n_rows),
                1,
            );
        }
    }
}
