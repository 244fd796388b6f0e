// The end of a product: set or added, then activated where the next reader
// wants it so.
fn finish(row: u32, column: u32, sum: vec4<f32>) {
    let place = row * params.output_stride + params.output_offset + column;
    var value = sum;
    if column < params.set_from {
        value += outputs[place];
    }
    if params.is_activated != 0u {
        value *= sigmoid(value);
    }
    outputs[place] = value;
}
