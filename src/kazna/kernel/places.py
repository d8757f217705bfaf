"""Where the checkout keeps its law, formats and run-time data."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LAW = ROOT / "law"
FORMATS = ROOT / "formats"
VAR = Path(os.environ.get("KAZNA_VAR", ROOT / "var"))
