"""Long proofs at full size. A proof is a module here with `main(arguments) -> exit status`; it takes
what services it needs from `launch.house`, and writes its outcome with `tests.proofs.record`."""
