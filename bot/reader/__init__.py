"""READING BESIDE: a process that reads posts and makes digests for ours.

Python computes in one thread of a process at a time: what reads posts in the process that answers people makes them
wait. And a post at which reading would never end, or would end the process, costs the reader alone.
"""
