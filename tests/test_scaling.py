"""The analysis of a document can run on other machines: the example of docs/scaling.md, on two local workers."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from etl.lexicon import default_lexicon
from etl.model import Document
from etl.pipeline import analyse, combine
from etl.tables import make

ROOT = Path(__file__).parent.parent


@pytest.mark.filterwarnings("ignore")  # distributed warns about its own event loops
def test_dask_gives_the_tables_of_a_single_process() -> None:
    distributed = pytest.importorskip("dask.distributed")
    documents = [Document(path.stem, path.read_text("utf-8")) for path in sorted((ROOT / "data/seeds").glob("*.txt"))]
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/scaling.md").read_text("utf-8"), re.DOTALL)
    cluster = distributed.LocalCluster(n_workers=2, processes=False, dashboard_address=None)
    names: dict[str, object] = {"documents": documents, "cluster": cluster, "__name__": "example"}
    try:
        exec(code.replace("Client()", "Client(cluster)"), names)
    finally:
        cluster.close()
    lexicon = default_lexicon()
    expected = make(combine([analyse(document, lexicon) for document in documents], lexicon))
    found = names["tables"]
    for name, frame in expected.frames.items():
        pd.testing.assert_frame_equal(getattr(found, name), frame)
