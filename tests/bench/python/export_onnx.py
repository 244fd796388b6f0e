"""Writes an encoder as an ONNX graph: export_onnx.py IN.safetensors OUT.onnx.

One input, `signal` `[1, 9, n_frames]` with `n_frames` a multiple of the frames
per latent, and one output, `mu` `[1, latents, columns]`.
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from folded import fold

# Convolutions, Sigmoid, Mul, Add, Split: nothing newer is needed.
OPSET = 17
IR_VERSION = 8


class Graph:
    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, values, dtype=np.float32):
        name = f"w{len(self.weights)}"
        values = np.ascontiguousarray(values.astype(dtype))
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def node(self, op, inputs, n_outputs=1, **attributes):
        names = [f"n{len(self.nodes)}_{i}" for i in range(n_outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names[0] if n_outputs == 1 else names

    def conv(self, x, weights, bias=None, **attributes):
        inputs = [x, self.weight(weights)] + ([] if bias is None else [self.weight(bias)])
        return self.node("Conv", inputs, kernel_shape=[weights.shape[2]], **attributes)

    def silu(self, x):
        return self.node("Mul", [x, self.node("Sigmoid", [x])])


def build(encoder):
    graph = Graph()
    total = graph.conv("signal", encoder.entry)
    for s, stage in enumerate(encoder.stages):
        skips = None
        for i, layer in enumerate(stage.layers):
            read = "signal" if s == i == 0 else total
            wide = len(layer.taps) // 2
            branches = graph.conv(read, layer.branches)
            d = layer.dilation
            branches = graph.conv(branches, layer.taps, group=2 * wide, dilations=[d], pads=[d, d])
            sizes = graph.weight(np.array([wide, wide]), np.int64)
            filters, gates = graph.node("Split", [branches, sizes], 2, axis=1)
            gated = graph.node("Mul", [filters, graph.node("Sigmoid", [gates])])
            if layer.residual is not None:
                total = graph.node("Add", [total, graph.conv(gated, layer.residual)])
            skip = graph.conv(gated, layer.skip)
            skips = skip if skips is None else graph.node("Add", [skips, skip])
        mixed = graph.conv(graph.silu(skips), stage.mix)
        n_taps, stride = stage.pool.shape[2], stage.stride
        before = (2 * stride - 1) // 2
        pads = [before, n_taps - stride - before]
        mixed = graph.conv(mixed, stage.pool, group=len(stage.pool), strides=[stride], pads=pads)
        total = graph.silu(mixed)
        if stage.exit is not None:
            total = graph.conv(total, stage.exit)
    n = encoder.n_latent_dims
    moments = graph.conv(total, encoder.heads, encoder.heads_bias)
    sizes = graph.weight(np.array([n, n]), np.int64)
    graph.nodes.append(helper.make_node("Split", [moments, sizes], ["mu", "logvar"], axis=1))
    value = helper.make_tensor_value_info
    return helper.make_graph(
        graph.nodes,
        "encoder",
        [value("signal", TensorProto.FLOAT, [1, 9, "n_frames"])],
        [value("mu", TensorProto.FLOAT, [1, n, "n_latents"])],
        graph.weights,
    )


def main(source, target):
    opset = helper.make_opsetid("", OPSET)
    model = helper.make_model(build(fold(source)), opset_imports=[opset], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
