"""What all tests share: the builders beside this file can be imported from anywhere in the tree."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

pytest_plugins = ["postgres", "command"]
