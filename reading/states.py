"""The states and territories as press and post shorten them."""

from __future__ import annotations

POSTAL = frozenset(
    "AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MP MT NE NV NH NJ NM NY NC ND "
    "OH OK OR PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY".split()
)
"""Postal codes, which count as a state where they are written in capitals or after a comma."""

SHORTENED = {
    "AL": ("Ala",), "AK": ("Alas",), "AZ": ("Ariz",), "AR": ("Ark",), "CA": ("Calif", "Cal"), "CO": ("Colo",),
    "CT": ("Conn",), "DE": ("Del",), "DC": ("D.C.", "Washington, D.C.", "Dist. of Columbia"), "FL": ("Fla",),
    "ID": ("Ida",), "IL": ("Ill", "Ills"), "IN": ("Ind",), "KS": ("Kan", "Kans"), "KY": ("Ky",), "LA": ("La",),
    "MD": ("Md",), "MA": ("Mass",), "MI": ("Mich",), "MN": ("Minn",), "MS": ("Miss",), "MO": ("Mo",), "MT": ("Mont",),
    "NE": ("Neb", "Nebr"), "NV": ("Nev",), "NH": ("N.H.",), "NJ": ("N.J.",), "NM": ("N.M.", "N. Mex"), "NY": ("N.Y.",),
    "NC": ("N.C.", "N. Carolina"), "ND": ("N.D.", "N. Dakota", "N. Dak"), "MP": ("CNMI",), "OH": ("O.",),
    "OK": ("Okla",), "OR": ("Ore", "Oreg"), "PA": ("Pa", "Penn", "Penna"), "PR": ("P.R.",), "RI": ("R.I.",),
    "SC": ("S.C.", "S. Carolina"), "SD": ("S.D.", "S. Dakota", "S. Dak"), "TN": ("Tenn",), "TX": ("Tex",),
    "VT": ("Vt",), "VI": ("V.I.", "Virgin Islands", "USVI"), "VA": ("Va",), "WA": ("Wash",),
    "WV": ("W. Va", "W. Virginia"), "WI": ("Wis", "Wisc"), "WY": ("Wyo",),
}  # fmt: skip
"""Traditional abbreviations, which count as a state after a comma or at the end of a line."""
