"""The ledger: what everybody did, disputes, commendations."""
