"""Do the tables hold what the record says? One module a noun: what its events come to, and what its tables hold."""

from app.services.record.faults import StateFault, state_faults, stored_state

__all__ = ["StateFault", "state_faults", "stored_state"]
