"""The encoder in its folded form, from a safetensors file.

The algebra is that of crates/carto-encoder/src/folded, in double
precision; see there for why each step is allowed.

Weights are `[out, in, kernel]`, as convolutions take them.
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

EPS = 1e-4
SILU_SCALE = 0.596
SIGMOID_SCALE = 0.542
RESIDUAL_SHARE = 0.3
DTYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}


@dataclass
class Layer:
    dilation: int
    branches: np.ndarray  # [2 * wide, in, 1]: filter, then gate
    taps: np.ndarray  # [2 * wide, 1, 3]
    residual: np.ndarray | None  # [dim, wide, 1]; None in a stage's last layer
    skip: np.ndarray  # [dim, wide, 1]


@dataclass
class Stage:
    layers: list[Layer]
    mix: np.ndarray  # [wide, dim, 1]
    stride: int
    pool: np.ndarray  # [wide, 1, 3 * stride - 1]
    exit: np.ndarray | None  # [dim, wide, 1]; None in the last stage


@dataclass
class Folded:
    entry: np.ndarray  # [dim, 9, 1]
    stages: list[Stage]
    heads: np.ndarray  # [2 * latents, wide, 1]: means, then log-variances
    heads_bias: np.ndarray
    n_latent_dims: int
    strides: list[int] = field(default_factory=list)


def read_safetensors(path):
    data = Path(path).read_bytes()
    n_header = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + n_header])
    body = memoryview(data)[8 + n_header :]
    tensors = {}
    for key, entry in header.items():
        if key == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(body[start:end], DTYPES[entry["dtype"]])
        tensors[key] = values.astype(np.float64).reshape(entry["shape"])
    return tensors


def normed(weights):
    rows = weights.reshape(len(weights), -1)
    root = math.sqrt(rows.shape[1])
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / ((EPS + norms / root) * root)).reshape(weights.shape)


def skip_shares(logits):
    scaled = logits / (EPS + np.linalg.norm(logits) / math.sqrt(len(logits)))
    powers = np.exp(scaled - scaled.max())
    return powers / np.linalg.norm(powers)


def then(first, second):
    return (second[:, :, 0] @ first[:, :, 0])[:, :, None]


def fold(path):
    tensors = read_safetensors(path)
    keep = 1 - RESIDUAL_SHARE
    length = math.hypot(keep, RESIDUAL_SHARE)
    keep, take = keep / length, RESIDUAL_SHARE / length
    # The dilation starts again with every stack, so their number cannot be told
    # from the shapes; published encoders have one.
    n_stages = len({key.split(".")[3] for key in tensors if key.startswith("encoder.1.downs.")})
    strides = [tensors[f"encoder.1.downs.{s}.1.weight"].shape[2] // 2 for s in range(n_stages)]
    entry = normed(tensors["encoder.0.weight"])
    stages = []
    for s, stride in enumerate(strides):
        block, down = f"encoder.1.blocks.{s}", f"encoder.1.downs.{s}"
        shares = skip_shares(tensors[f"{block}.out.0.weight_logits"])
        layers, missing = [], 1.0
        for i, share in enumerate(shares):
            key = f"{block}.layers.{i}"
            branches = [normed(tensors[f"{key}.{name}.0.weight"]) * missing for name in ("filter", "gate")]
            taps = [normed(tensors[f"{key}.{name}.1.weight"]) for name in ("filter", "gate")]
            branches = np.concatenate(branches)
            missing *= keep
            residual = normed(tensors[f"{key}.res.weight"]) * (take / missing / SIGMOID_SCALE)
            layers.append(
                Layer(
                    dilation=2**i,
                    branches=then(entry, branches) if s == i == 0 else branches,
                    taps=np.concatenate(taps),
                    residual=residual if i + 1 < len(shares) else None,
                    skip=normed(tensors[f"{key}.skip.weight"]) * (share / SIGMOID_SCALE),
                )
            )
        out = normed(tensors[f"{block}.out.2.weight"])
        kernel = normed(tensors[f"{down}.1.weight"])
        pool = np.zeros((len(kernel), 1, 3 * stride - 1))
        for frame in range(stride):
            pool[:, :, frame : frame + 2 * stride] += kernel / stride
        stages.append(
            Stage(
                layers=layers,
                mix=then(out, normed(tensors[f"{down}.0.weight"])) / SILU_SCALE,
                stride=stride,
                pool=pool,
                exit=normed(tensors[f"{down}.4.weight"]) / SILU_SCALE,
            )
        )
    heads = np.concatenate([tensors[f"encoder.2.{name}.weight"] for name in ("mu", "logvar")])
    bias = np.concatenate([tensors[f"encoder.2.{name}.bias"] for name in ("mu", "logvar")])
    last = stages[-1]
    heads, last.exit = then(last.exit, heads), None
    return Folded(entry, stages, heads, bias, len(bias) // 2, strides)
