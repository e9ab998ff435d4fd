"""Where the sample's townships lie: rough centres in degrees (WGS-84), good enough to look plausible."""

from math import cos, radians

CENTRES: dict[str, tuple[float, float]] = {
    "DH": (24.434, 98.585), "DH-MS": (24.434, 98.588), "DH-RL": (24.013, 97.852),
    "DH-LC": (24.183, 97.792), "DH-YJ": (24.705, 97.931), "DH-LH": (24.805, 98.297),
    "DH-MS-01": (24.428, 98.575), "DH-MS-02": (24.235, 98.285), "DH-MS-03": (24.305, 98.505),
    "DH-MS-04": (24.055, 98.335), "DH-MS-05": (24.395, 98.525), "DH-MS-06": (24.475, 98.430),
    "DH-MS-07": (24.620, 98.600), "DH-MS-08": (24.395, 98.285), "DH-MS-09": (24.165, 98.500),
    "DH-MS-10": (24.325, 98.385), "DH-MS-11": (24.550, 98.335), "DH-MS-12": (24.440, 98.592),
    "DH-MS-13": (24.205, 98.245), "DH-RL-01": (24.012, 97.855), "DH-RL-02": (24.088, 98.072),
    "DH-RL-03": (23.890, 97.680), "DH-RL-04": (23.950, 97.770), "DH-RL-05": (24.105, 97.745),
    "DH-RL-06": (24.080, 97.820), "DH-RL-07": (24.035, 97.895), "DH-RL-08": (24.115, 98.030),
    "DH-LC-01": (24.180, 97.795), "DH-LC-02": (24.225, 97.745), "DH-LC-03": (24.280, 97.865),
    "DH-LC-04": (24.370, 97.950), "DH-LC-05": (24.470, 97.880), "DH-LC-06": (24.530, 98.100),
    "DH-LC-07": (24.370, 98.100), "DH-LC-08": (24.435, 98.135), "DH-LC-09": (24.270, 98.130),
    "DH-LC-10": (24.320, 97.900), "DH-YJ-01": (24.710, 97.940), "DH-YJ-02": (24.780, 98.050),
    "DH-YJ-03": (24.720, 97.570), "DH-YJ-04": (24.620, 97.870), "DH-YJ-05": (24.930, 98.150),
    "DH-YJ-06": (24.870, 97.720), "DH-YJ-07": (24.770, 97.700), "DH-YJ-08": (24.665, 97.845),
    "DH-YJ-09": (24.800, 98.120), "DH-YJ-10": (24.740, 98.170), "DH-YJ-11": (24.870, 98.080),
    "DH-YJ-12": (25.030, 98.220), "DH-YJ-13": (25.000, 97.930), "DH-YJ-14": (24.880, 97.930),
    "DH-YJ-15": (24.600, 97.650), "DH-YJ-16": (24.685, 97.905), "DH-LH-01": (24.810, 98.290),
    "DH-LH-02": (24.660, 98.250), "DH-LH-03": (24.555, 98.250), "DH-LH-04": (24.720, 98.300),
    "DH-LH-05": (24.750, 98.400), "DH-LH-06": (24.680, 98.420), "DH-LH-07": (24.832, 98.318),
    "DH-LH-08": (24.880, 98.350), "DH-LH-09": (24.830, 98.200),
}  # fmt: skip

# Townships at the border: their first posts stand on the border line.
BORDER = frozenset(
    [
        "DH-MS-02",
        "DH-MS-04",
        "DH-MS-09",
        "DH-RL-01",
        "DH-RL-02",
        "DH-RL-03",
        "DH-RL-04",
        "DH-RL-05",
        "DH-RL-06",
        "DH-LC-01",
        "DH-LC-02",
        "DH-LC-05",
        "DH-YJ-03",
        "DH-YJ-06",
        "DH-YJ-07",
        "DH-YJ-08",
        "DH-YJ-13",
        "DH-YJ-14",
        "DH-YJ-15",
    ]
)
TOWNS = frozenset({"DH-MS-01", "DH-MS-12", "DH-RL-01", "DH-LC-01", "DH-YJ-01", "DH-LH-01"})


def moved(place: tuple[float, float], north: float, east: float) -> tuple[float, float]:
    """The place so many kilometres further north and east."""
    latitude, longitude = place
    degree = 111.2
    return round(latitude + north / degree, 6), round(longitude + east / (degree * cos(radians(latitude))), 6)
