// `outputs = inputs * weights` for software adapters: every invocation keeps
// eight rows by eight columns, and nothing is shared, since a processor's cache
// does that already. Lines with a hash are repeated for each of the rows.

const ROWS: u32 = 8u;

@compute @workgroup_size(8, 8)
fn product(@builtin(global_invocation_id) id: vec3<u32>) {
    let n_rows = count_rows();
    let row = id.y * ROWS;
    let column = id.x * 2u;
    if row >= n_rows || column >= params.n_out {
        return;
    }
    // Rows behind the last one read the last one again; nothing of it is kept.
    let from# = min(row + #u, n_rows - 1u) * params.input_stride + params.input_offset;
    var left# = vec4(0.0);
    var right# = vec4(0.0);
    let width = params.n_out;
    for (var k = 0u; k < params.n_in; k++) {
        let place = 4u * k * width + column;
        let l0 = weight(place);
        let r0 = weight(place + 1u);
        let l1 = weight(place + width);
        let r1 = weight(place + width + 1u);
        let l2 = weight(place + 2u * width);
        let r2 = weight(place + 2u * width + 1u);
        let l3 = weight(place + 3u * width);
        let r3 = weight(place + 3u * width + 1u);
        let x# = inputs[from# + k];
        left# += x#.x * l0 + x#.y * l1 + x#.z * l2 + x#.w * l3;
        right# += x#.x * r0 + x#.y * r1 + x#.z * r2 + x#.w * r3;
    }
    if row + #u < n_rows { finish(row + #u, column, left#); finish(row + #u, column + 1u, right#); }
}
