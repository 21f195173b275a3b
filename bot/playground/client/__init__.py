"""A client of the control side, in which tests read like stories."""
