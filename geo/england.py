"""A coarse outline of England, enough to tell whether coordinates can be meant as English ones."""

import numpy as np
import shapely
from numpy.typing import NDArray

# No coordinate of any reference system on earth is larger.
LARGEST_M = 1e8

# The hull of the points of every English parish and of the unparished towns on the coast, widened by about 12 km and
# simplified; (easting, northing) in kilometres. Source: Office for National Statistics, parishes, 2022 (OGL v3).
_OUTLINE_KM = (
    (354, 603), (391, 665), (401, 666), (431, 638), (452, 557), (501, 517), (533, 478), (565, 381), (608, 356),
    (631, 351), (659, 326), (664, 279), (654, 242), (636, 219), (650, 170), (647, 141), (611, 111), (558, 86),
    (541, 89), (490, 83), (457, 66), (370, 61), (326, 75), (282, 26), (241, 38), (205, 31), (173, 2), (137, 11),
    (83, -3), (76, 6), (80, 24), (135, 46), (198, 95), (210, 116), (202, 143), (207, 155), (291, 159), (330, 178),
    (308, 283), (319, 434), (286, 508), (286, 522), (302, 562),
)  # fmt: skip


def outline_bng() -> shapely.Polygon:
    """Return the outline, EPSG:27700 metres: all of England lies inside, and a margin of about 12 km around it.

    Made anew for each caller: two threads that ask one prepared geometry at once end the whole process.
    """
    outline = shapely.Polygon(np.array(_OUTLINE_KM, dtype=np.float64) * 1000)
    shapely.prepare(outline)
    return outline


def is_measurable(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say of each point (array of shape (n, 2)) whether it can be measured: finite, and no farther than LARGEST_M."""
    return np.asarray((np.abs(points) <= LARGEST_M).all(axis=1), dtype=bool)


def is_in_england(bng: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say of each point (array of shape (n, 2), EPSG:27700 metres) whether it lies in or near England; NaN does not."""
    inside: NDArray[np.bool_] = shapely.contains_xy(outline_bng(), bng[:, 0], bng[:, 1])
    return inside
