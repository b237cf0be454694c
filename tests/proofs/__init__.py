"""Long proofs at full size. Each module runs by itself (`python -m tests.proofs.NAME`), takes what
services it needs from `launch.house`, and writes its outcome with `tests.proofs.record`."""
