"""Running: the parts that processes are made of; how they start, wake each other and stop."""
