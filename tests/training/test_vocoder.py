"""What the vocoder is trained to avoid."""

import torch

from training.vocoder import line_distance

RATE = 24000


def noise(seed: int, count: int = 16) -> torch.Tensor:
    return 0.05 * torch.randn(count, RATE, generator=torch.Generator().manual_seed(seed))


def test_faint_lines_at_multiples_of_the_frame_rate_are_seen_in_a_batch_and_taken_away_by_its_slope() -> None:
    time = torch.arange(RATE) / RATE
    lines = torch.stack([0.002 * torch.sin(2 * torch.pi * 100 * k * time + k) for k in range(30, 110)]).sum(0)
    made, real = noise(1) + lines, noise(2)
    plain, lined = line_distance(noise(1), real), line_distance(made, real)
    assert float(lined) > 2 * float(plain)
    wave = made.clone().requires_grad_()
    (slope,) = torch.autograd.grad(line_distance(wave, real), wave)
    assert float(line_distance(made - 0.01 * slope / slope.square().mean().sqrt(), real)) < 0.8 * float(lined)


def test_the_same_wave_has_no_distance() -> None:
    assert float(line_distance(noise(3), noise(3))) == 0
