use carto_encoder::cpu::CpuEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::gpu::{GpuAdapter, GpuEncoder, GpuError, GpuOptions};
use carto_protocol::DeviceChoice;
use carto_types::Backend;
use pulp::Simd;

use crate::engine::Engine;
use crate::self_test;
use crate::worker::Worker;

/// Makes an encoder ready on what the page asked for, or on the processor, and
/// says why.
///
/// # Errors
///
/// Words for a person, if not even the processor computes what it should.
pub(crate) async fn ready<S: Simd>(
    worker: &Worker<S>,
    folded: FoldedEncoder,
    device: DeviceChoice,
) -> Result<(Engine<S>, Backend), String> {
    let reason = match device {
        DeviceChoice::Cpu => None,
        DeviceChoice::Auto | DeviceChoice::WebGpu => match on_gpu(&folded, device).await {
            Ok(ready) => return Ok(ready),
            Err(reason) => Some(reason),
        },
    };
    on_cpu(worker, folded, reason)
}

/// Makes an encoder ready on the processor.
///
/// # Errors
///
/// Words for a person, if the processor does not compute what it should.
pub(crate) fn on_cpu<S: Simd>(
    worker: &Worker<S>,
    folded: FoldedEncoder,
    reason: Option<String>,
) -> Result<(Engine<S>, Backend), String> {
    self_test::on_cpu(worker.simd)?;
    let engine = Engine::Cpu(Box::new(CpuEncoder::new(folded, worker.simd)));
    let instructions = worker.instructions.to_owned();
    Ok((engine, Backend::Cpu { instructions, reason }))
}

async fn on_gpu<S: Simd>(
    folded: &FoldedEncoder,
    device: DeviceChoice,
) -> Result<(Engine<S>, Backend), String> {
    let adapter = GpuAdapter::request().await.map_err(|error| in_words(&error))?;
    let info = adapter.info().clone();
    if info.is_software && device == DeviceChoice::Auto {
        let name = &info.name;
        return Err(format!("this browser only imitates a graphics processor ({name})"));
    }
    self_test::on_gpu(&adapter).await?;
    let encoder = GpuEncoder::new(&adapter, folded, GpuOptions::default())
        .await
        .map_err(|error| in_words(&error))?;
    let backend = Backend::Gpu { adapter: info.name, is_software: info.is_software };
    Ok((Engine::Gpu(Box::new(encoder)), backend))
}

/// Why the graphics processor is not used: a clause that follows "because".
pub(crate) fn in_words(error: &GpuError) -> String {
    match error {
        GpuError::NoAdapter { .. } => "this browser offers no graphics processor".to_owned(),
        error => error.to_string(),
    }
}
