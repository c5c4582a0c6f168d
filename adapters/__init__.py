"""The platforms: each package translates between one of them and the core, and does nothing else."""
