// `outputs = inputs * weights` for graphics processors: a workgroup computes 128
// rows by 128 columns and keeps eight inputs of each in its own memory; every
// invocation computes eight rows by eight columns of them, apart from each other
// such that neighbours read neighbouring places. Lines with a hash are repeated
// for each of the rows.

const TILE: u32 = 128u;
// Inputs at a time, in vectors of four.
const DEPTH: u32 = 2u;

// [128 rows, 2] and [8 inputs, 32 vectors of columns].
var<workgroup> shared_inputs: array<vec4<f32>, 256>;
var<workgroup> shared_weights: array<vec4<f32>, 256>;

@compute @workgroup_size(16, 16)
fn product(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) index: u32,
) {
    let n_rows = count_rows();
    let first_row = group.y * TILE;
    let first_column = group.x * TILE / 4u;

    // What this invocation fetches: one vector of the inputs, one of the weights.
    let fetched_row = min(first_row + index / DEPTH, n_rows - 1u);
    let fetched_depth = index % DEPTH;
    let place = fetched_row * params.input_stride + params.input_offset + fetched_depth;
    let fetched_column = first_column + index % 32u;
    let fetched_input = index / 32u;
    let has_column = fetched_column < params.n_out;

    var left# = vec4(0.0);
    var right# = vec4(0.0);
    for (var k = 0u; k < params.n_in; k += DEPTH) {
        var fetched = vec4(0.0);
        if k + fetched_depth < params.n_in {
            fetched = inputs[place + k];
        }
        var fetched_weight = vec4(0.0);
        let input = 4u * k + fetched_input;
        if has_column && input < 4u * params.n_in {
            fetched_weight = weight(input * params.n_out + fetched_column);
        }
        workgroupBarrier();
        shared_inputs[index] = fetched;
        shared_weights[index] = fetched_weight;
        workgroupBarrier();
        for (var depth = 0u; depth < DEPTH; depth++) {
            let at = depth * 128u + id.x;
            let l0 = shared_weights[at];
            let r0 = shared_weights[at + 16u];
            let l1 = shared_weights[at + 32u];
            let r1 = shared_weights[at + 48u];
            let l2 = shared_weights[at + 64u];
            let r2 = shared_weights[at + 80u];
            let l3 = shared_weights[at + 96u];
            let r3 = shared_weights[at + 112u];
            let x# = shared_inputs[(id.y + #u * 16u) * DEPTH + depth];
            left# += x#.x * l0; left# += x#.y * l1; left# += x#.z * l2; left# += x#.w * l3;
            right# += x#.x * r0; right# += x#.y * r1; right# += x#.z * r2; right# += x#.w * r3;
        }
    }

    let row = first_row + id.y;
    let left = first_column + id.x;
    let right = left + 16u;
    if row + #u * 16u < n_rows && left < params.n_out { finish(row + #u * 16u, left, left#); }
    if row + #u * 16u < n_rows && right < params.n_out { finish(row + #u * 16u, right, right#); }
}
