use super::GpuError;
use super::error::Scopes;

const BINDINGS: &str = include_str!("kernels/bindings.wgsl");
const SINGLE_WEIGHTS: &str = include_str!("kernels/weights_single.wgsl");
const HALF_WEIGHTS: &str = include_str!("kernels/weights_half.wgsl");
const FINISH: &str = include_str!("kernels/finish.wgsl");
const PRODUCT_REGISTERS: &str = include_str!("kernels/product_registers.wgsl");
const PRODUCT_SHARED: &str = include_str!("kernels/product_shared.wgsl");
const GATE: &str = include_str!("kernels/gate.wgsl");
const POOL: &str = include_str!("kernels/pool.wgsl");

/// Rows that an invocation of a product computes.
const N_REPEATS: usize = 8;

/// The two forms of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductKernel {
    /// Each invocation for itself: for software adapters.
    Registers,
    /// Through the workgroup's memory: for graphics processors.
    Shared,
}

/// One of the three kernels of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KernelKind {
    Product,
    Gate,
    Pool,
}

/// A compiled kernel and what one of its workgroups computes.
#[derive(Debug)]
pub(super) struct Kernel {
    pub(super) pipeline: wgpu::ComputePipeline,
    pub(super) group: GroupSize,
}

/// Rows, and columns in vectors of four.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupSize {
    pub(super) n_rows: u32,
    pub(super) n_columns: u32,
}

/// The kernels that a plan dispatches, on one layout of bindings.
#[derive(Debug)]
pub(super) struct Kernels {
    pub(super) bindings: wgpu::BindGroupLayout,
    product: Kernel,
    gate: Kernel,
    pool: Kernel,
}

impl Kernels {
    /// Compiles all kernels.
    ///
    /// # Errors
    ///
    /// [`GpuError::Kernel`] for the first that the driver refuses.
    pub(super) async fn new(
        device: &wgpu::Device,
        product: ProductKernel,
        has_half_weights: bool,
    ) -> Result<Self, GpuError> {
        let bindings = bind_group_layout(device);
        let compiler = Compiler { device, bindings: &bindings };
        let (source, group) = match product {
            ProductKernel::Registers => {
                (PRODUCT_REGISTERS, GroupSize { n_rows: 64, n_columns: 16 })
            }
            ProductKernel::Shared => (PRODUCT_SHARED, GroupSize { n_rows: 128, n_columns: 32 }),
        };
        let source = product_source(source, has_half_weights);
        let product = compiler.compile("product", source, group).await?;
        let group = GroupSize { n_rows: 8, n_columns: 16 };
        let gate = compiler.compile("gate", depthwise_source(GATE), group).await?;
        let pool = compiler.compile("pool", depthwise_source(POOL), group).await?;
        Ok(Self { bindings, product, gate, pool })
    }

    pub(super) fn get(&self, kind: KernelKind) -> &Kernel {
        match kind {
            KernelKind::Product => &self.product,
            KernelKind::Gate => &self.gate,
            KernelKind::Pool => &self.pool,
        }
    }
}

/// Names and WGSL of every kernel in every form, as drivers get to see them.
#[must_use]
pub fn kernel_sources() -> Vec<(&'static str, String)> {
    vec![
        ("product_registers", product_source(PRODUCT_REGISTERS, false)),
        ("product_registers_half", product_source(PRODUCT_REGISTERS, true)),
        ("product_shared", product_source(PRODUCT_SHARED, false)),
        ("product_shared_half", product_source(PRODUCT_SHARED, true)),
        ("gate", depthwise_source(GATE)),
        ("pool", depthwise_source(POOL)),
    ]
}

fn product_source(kernel: &str, has_half_weights: bool) -> String {
    let weights = if has_half_weights { HALF_WEIGHTS } else { SINGLE_WEIGHTS };
    [BINDINGS, weights, FINISH, &repeated(kernel)].join("\n")
}

fn depthwise_source(kernel: &str) -> String {
    [BINDINGS, SINGLE_WEIGHTS, kernel].join("\n")
}

/// Writes lines with a `#` once for each row, its number in place of the `#`:
/// software adapters do not unroll loops, and keep arrays in memory.
fn repeated(source: &str) -> String {
    let mut all = String::new();
    for line in source.lines() {
        let n_repeats = if line.contains('#') { N_REPEATS } else { 1 };
        for row in 0..n_repeats {
            all.push_str(&line.replace('#', &row.to_string()));
            all.push('\n');
        }
    }
    all
}

struct Compiler<'a> {
    device: &'a wgpu::Device,
    bindings: &'a wgpu::BindGroupLayout,
}

impl Compiler<'_> {
    async fn compile(
        &self,
        name: &'static str,
        source: String,
        group: GroupSize,
    ) -> Result<Kernel, GpuError> {
        let scopes = Scopes::open(self.device);
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(name),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(name),
            bind_group_layouts: &[Some(self.bindings)],
            immediate_size: 0,
        });
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(name),
            layout: Some(&layout),
            module: &module,
            entry_point: Some(name),
            compilation_options: wgpu::PipelineCompilationOptions {
                // Every place of workgroup memory is written before it is read.
                zero_initialize_workgroup_memory: false,
                ..Default::default()
            },
            cache: None,
        });
        match scopes.close().await {
            Ok(()) => Ok(Kernel { pipeline, group }),
            Err(GpuError::Refused { reason }) => Err(GpuError::Kernel { kernel: name, reason }),
            Err(error) => Err(error),
        }
    }
}

fn bind_group_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let read = wgpu::BufferBindingType::Storage { read_only: true };
    let write = wgpu::BufferBindingType::Storage { read_only: false };
    let types = [wgpu::BufferBindingType::Uniform, read, read, read, write];
    let entries: Vec<_> = (0..)
        .zip(types)
        .map(|(binding, ty)| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None },
            count: None,
        })
        .collect();
    let label = Some("encoder");
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label, entries: &entries })
}
