// The pooled depthwise convolution and its activation.
@compute @workgroup_size(16, 8)
fn pool(@builtin(global_invocation_id) id: vec3<u32>) {
    let row = id.y;
    let column = id.x;
    if row >= count_rows() || column >= params.n_out {
        return;
    }
    let rows_per_slot = params.rows_per_slot * params.step;
    let map = tile[1u + row / params.rows_per_slot] * rows_per_slot;
    var sum = vec4(0.0);
    for (var tap = 0u; tap < params.n_taps; tap++) {
        // Counted from `n_before` rows earlier, so that it is never negative.
        let time = row * params.step + tap;
        if time >= map.x + params.n_before && time < map.y + params.n_before {
            let place = (time - params.n_before) * params.input_stride + column;
            sum += weight(tap * params.n_out + column) * inputs[place];
        }
    }
    outputs[row * params.output_stride + column] = sum * sigmoid(sum);
}
