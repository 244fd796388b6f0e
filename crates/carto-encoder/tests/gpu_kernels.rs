//! The kernels' WGSL, without any adapter.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use carto_encoder::gpu::kernel_sources;
use wgpu::naga;

/// `unpack2x16float`, which belongs to WebGPU itself.
const CAPABILITIES: naga::valid::Capabilities =
    naga::valid::Capabilities::SHADER_FLOAT16_IN_FLOAT32;
/// What every WebGPU implementation grants.
const MAX_INVOCATIONS: u32 = 256;
const MAX_WORKGROUP_BYTES: u32 = 16_384;
const MAX_STORAGE_BUFFERS: usize = 8;

fn parse(name: &str, source: &str) -> naga::Module {
    naga::front::wgsl::parse_str(source)
        .unwrap_or_else(|error| unreachable!("{name}: {}", error.emit_to_string(source)))
}

#[test]
fn every_kernel_is_valid_without_any_feature() {
    let sources = kernel_sources();
    assert_eq!(sources.len(), 6);
    for (name, source) in sources {
        let module = parse(name, &source);
        let flags = naga::valid::ValidationFlags::all();
        let mut validator = naga::valid::Validator::new(flags, CAPABILITIES);
        let result = validator.validate(&module);
        assert!(result.is_ok(), "{name}: {:?}", result.err());
    }
}

#[test]
fn every_kernel_stays_within_the_limits_that_all_adapters_grant() {
    for (name, source) in kernel_sources() {
        let module = parse(name, &source);
        assert_eq!(module.entry_points.len(), 1, "{name}");
        let n_invocations: u32 = module.entry_points[0].workgroup_size.iter().product();
        assert!(n_invocations <= MAX_INVOCATIONS, "{name}: {n_invocations}");
        let is_storage = |space| matches!(space, naga::AddressSpace::Storage { .. });
        let spaces: Vec<_> =
            module.global_variables.iter().map(|(_, global)| global.space).collect();
        assert!(spaces.iter().filter(|&&space| is_storage(space)).count() <= MAX_STORAGE_BUFFERS);
        let n_bytes: u32 = module
            .global_variables
            .iter()
            .filter(|(_, global)| global.space == naga::AddressSpace::WorkGroup)
            .map(|(_, global)| module.types[global.ty].inner.size(module.to_ctx()))
            .sum();
        assert!(n_bytes <= MAX_WORKGROUP_BYTES, "{name}: {n_bytes}");
    }
}

#[test]
fn the_validator_finds_what_is_wrong() {
    let (name, source) = kernel_sources().remove(0);
    let broken = source.replace("fn finish(row: u32", "fn finish(row: i32");
    assert_ne!(broken, source);
    let module = naga::front::wgsl::parse_str(&broken);
    let is_valid = module.is_ok_and(|module| {
        let flags = naga::valid::ValidationFlags::all();
        let mut validator = naga::valid::Validator::new(flags, CAPABILITIES);
        validator.validate(&module).is_ok()
    });
    assert!(!is_valid, "{name}");
}
