// The gated depthwise pair: `filter * sigmoid(gate)`, each the sum of an
// earlier, the same and a later time. Branches and taps hold the filter's
// channels, then the gate's.
@compute @workgroup_size(16, 8)
fn gate(@builtin(global_invocation_id) id: vec3<u32>) {
    let row = id.y;
    let column = id.x;
    let wide = params.n_out;
    if row >= count_rows() || column >= wide {
        return;
    }
    let map = tile[1u + row / params.rows_per_slot] * params.rows_per_slot;
    let reach = params.step;
    let same = row * params.input_stride + column;
    var filtered = weight(2u * wide + column) * inputs[same];
    var gating = weight(3u * wide + column) * inputs[same + wide];
    if row >= map.x + reach {
        let earlier = same - reach * params.input_stride;
        filtered += weight(column) * inputs[earlier];
        gating += weight(wide + column) * inputs[earlier + wide];
    }
    if row + reach < map.y {
        let later = same + reach * params.input_stride;
        filtered += weight(4u * wide + column) * inputs[later];
        gating += weight(5u * wide + column) * inputs[later + wide];
    }
    outputs[row * params.output_stride + column] = filtered * sigmoid(gating);
}
