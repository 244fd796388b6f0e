// What every kernel is bound to. Rows are times, one slot after the other; a
// slot is the times of one latent, as many as the stage has for each. Counts of
// channels, strides and offsets are in vectors of four.

struct Params {
    // Of the outputs.
    rows_per_slot: u32,
    n_in: u32,
    n_out: u32,
    input_stride: u32,
    input_offset: u32,
    output_stride: u32,
    output_offset: u32,
    // A product's columns before this one are added to what is there.
    set_from: u32,
    is_activated: u32,
    // Distance of the taps, or the stride of the pooling.
    step: u32,
    n_before: u32,
    n_taps: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
// First the number of slots in use, then for each slot the first slot of its map
// and the one behind its last: beyond these everything is zero.
@group(0) @binding(1) var<storage, read> tile: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> inputs: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> outputs: array<vec4<f32>>;

fn count_rows() -> u32 {
    return tile[0].x * params.rows_per_slot;
}

// The clamp keeps the exponential finite; beyond it the result is 0 or 1 anyway.
fn sigmoid(x: vec4<f32>) -> vec4<f32> {
    return 1.0 / (1.0 + exp(-clamp(x, vec4(-80.0), vec4(80.0))));
}
