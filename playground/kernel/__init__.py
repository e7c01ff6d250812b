"""What every emulator stands on: time, the event log, the switches, injected faults."""
