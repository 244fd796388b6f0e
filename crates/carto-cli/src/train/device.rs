use anyhow::Result;
use burn::tensor::Device;

use crate::args;

/// What Burn computes with.
///
/// # Errors
///
/// Where this program was built without training on graphics processors.
pub(crate) fn of(device: args::Device) -> Result<Device> {
    match device {
        args::Device::Cpu => Ok(Device::flex()),
        args::Device::Gpu => gpu(),
    }
}

#[cfg(feature = "train-gpu")]
fn gpu() -> Result<Device> {
    Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice))
}

#[cfg(not(feature = "train-gpu"))]
fn gpu() -> Result<Device> {
    anyhow::bail!("this build trains on the processor alone: build it with --features train-gpu")
}
