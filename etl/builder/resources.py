"""Finds the files that come with Dateline, in a checkout and in an installed wheel, and names their state."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from etl.errors import DatelineError

PACKAGE = Path(__file__).parent.parent
_KNOWLEDGE = ("*.py", "*.toml", "*.csv")


def seeds() -> Path:
    """Return the folder of the sample documents."""
    for folder in (PACKAGE / "seeds", PACKAGE.parent / "data" / "seeds"):
        if folder.is_dir():
            return folder
    raise DatelineError(str(PACKAGE), "the sample documents are missing", "install dateline anew")


def dateline_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("dateline")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"


def knowledge_state(extra: Sequence[Path] = ()) -> str:
    """Return a checksum of all rules, knowledge and code, which together decide what a text gives."""
    digest = hashlib.sha256()
    for root in (PACKAGE, *extra):
        for path in sorted(path for pattern in _KNOWLEDGE for path in root.rglob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
