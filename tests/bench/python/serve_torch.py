"""PyTorch's side of the benchmark: serve_torch.py IN.safetensors N_FRAMES N_THREADS.

Answers one line with one line: `encode` and `mu PATH` on standard input. It
runs the folded form, which is less work than the published module does.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from folded import fold


def tensor(values):
    return torch.from_numpy(np.ascontiguousarray(values.astype(np.float32)))


class Encoder:
    def __init__(self, path):
        encoder = fold(path)
        self.strides = encoder.strides
        self.n_latent_dims = encoder.n_latent_dims
        self.entry = tensor(encoder.entry)
        self.heads, self.heads_bias = tensor(encoder.heads), tensor(encoder.heads_bias)
        self.stages = encoder.stages
        for stage in self.stages:
            stage.mix, stage.pool = tensor(stage.mix), tensor(stage.pool)
            stage.exit = None if stage.exit is None else tensor(stage.exit)
            for layer in stage.layers:
                layer.branches, layer.taps = tensor(layer.branches), tensor(layer.taps)
                layer.residual = None if layer.residual is None else tensor(layer.residual)
                layer.skip = tensor(layer.skip)

    def mu(self, signal):
        total = F.conv1d(signal, self.entry)
        for s, stage in enumerate(self.stages):
            skips = None
            for i, layer in enumerate(stage.layers):
                branches = F.conv1d(signal if s == i == 0 else total, layer.branches)
                n, d = len(layer.taps), layer.dilation
                branches = F.conv1d(branches, layer.taps, padding=d, dilation=d, groups=n)
                filters, gates = branches.chunk(2, 1)
                gated = filters * torch.sigmoid(gates)
                if layer.residual is not None:
                    total = total + F.conv1d(gated, layer.residual)
                skip = F.conv1d(gated, layer.skip)
                skips = skip if skips is None else skips + skip
            mixed = F.conv1d(F.silu(skips), stage.mix)
            n_taps, stride = stage.pool.shape[2], stage.stride
            before = (2 * stride - 1) // 2
            mixed = F.pad(mixed, (before, n_taps - stride - before))
            total = F.silu(F.conv1d(mixed, stage.pool, stride=stride, groups=len(stage.pool)))
            if stage.exit is not None:
                total = F.conv1d(total, stage.exit)
        return F.conv1d(total, self.heads, self.heads_bias)[:, : self.n_latent_dims]


def main(path, n_frames, n_threads):
    torch.set_num_threads(int(n_threads))
    n_frames = int(n_frames)
    encoder = Encoder(path)
    idx = np.arange(9 * n_frames)
    signal = tensor((idx * 7919 % 1000).astype(np.float32) / np.float32(500) - np.float32(1))
    signal = signal.reshape(1, 9, n_frames)
    answer = lambda fields: print(json.dumps(fields), flush=True)
    answer({"version": torch.__version__})
    latest = None
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "encode":
            start = time.perf_counter()
            with torch.inference_mode():
                latest = encoder.mu(signal)
            answer({"wallS": time.perf_counter() - start})
        elif command == "mu":
            latest.numpy().astype("<f4").tofile(argument)
            answer({})
        else:
            sys.exit(f"not understood: {command}")


if __name__ == "__main__":
    main(*sys.argv[1:])
