"""A small Discord: REST and gateway on one local port, strict about limits, with faults on demand."""
