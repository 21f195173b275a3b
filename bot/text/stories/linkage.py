"""Cluster by centroid linkage: join the two most alike clusters, again and again, while any are alike enough.

How alike two clusters are is the cosine of their centroids, computed from the pairs of their members alone: the mean
likeness across, over the geometric mean of the likeness within. A story told in many words thereby takes in a post that
is moderately like many of them. Only pairs that are alike are kept, so work and memory grow with those (a sparse form
of the algorithm of Day & Edelsbrunner 1984). The order of the input decides nothing but exact ties.
"""

import heapq
import math
from collections.abc import Mapping


def link(count: int, pairs: Mapping[tuple[int, int], float], least: float) -> list[list[int]]:
    """Return clusters of ``range(count)``, members in order, by the first one; pairs not given are not alike at all."""
    clusters = _Clusters(count, pairs)
    queue = [(-clusters.likeness(one, other), one, other, 0, 0) for one, other in pairs]
    heapq.heapify(queue)
    while queue and -queue[0][0] >= least:
        _, one, other, version, other_version = heapq.heappop(queue)
        if (version, other_version) != (clusters.versions[one], clusters.versions[other]):
            continue  # one of them has been joined to a third since
        clusters.join(one, other)
        for neighbour in clusters.sums[one]:
            likeness = clusters.likeness(one, neighbour)
            if likeness >= least:
                low, high = sorted((one, neighbour))
                heapq.heappush(queue, (-likeness, low, high, clusters.versions[low], clusters.versions[high]))
    return sorted(sorted(members) for members in clusters.members if members)


class _Clusters:
    """Clusters by the number of their first member, with the sums of likeness across and within."""

    def __init__(self, count: int, pairs: Mapping[tuple[int, int], float]) -> None:
        self.members = [[item] for item in range(count)]
        # How often a cluster has changed.
        self.versions = [0] * count
        self.sums: list[dict[int, float]] = [{} for _ in range(count)]
        # A member is wholly like itself.
        self._within = [1.0] * count
        for (one, other), likeness in pairs.items():
            self.sums[one][other] = self.sums[other][one] = likeness

    def likeness(self, one: int, other: int) -> float:
        # The sizes cancel out: (across / nm) / sqrt((within / n²) (within' / m²)).
        return self.sums[one][other] / math.sqrt(self._within[one] * self._within[other])

    def join(self, one: int, other: int) -> None:
        """Let the first take in the second."""
        self._within[one] += self._within[other] + 2 * self.sums[one][other]
        self.members[one] += self.members[other]
        self.members[other] = []
        self.versions[one] += 1
        self.versions[other] += 1
        for neighbour, likeness in self.sums[other].items():
            del self.sums[neighbour][other]
            if neighbour != one:
                total = self.sums[one].get(neighbour, 0.0) + likeness
                self.sums[one][neighbour] = self.sums[neighbour][one] = total
        self.sums[other] = {}
