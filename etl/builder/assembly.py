"""Builds tables out of files, and a store out of tables, doing nothing when nothing has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl import pipeline
from etl.builder.codec import decode, key
from etl.builder.crew import Alone, Crew, Guarded, Progress, silent
from etl.builder.resources import dateline_version, knowledge_state
from etl.builder.sources import Found, Source, find
from etl.dayset import DaySet
from etl.errors import StoreError
from etl.lexicon import Lexicon, default_lexicon
from etl.model import Analysis, Document
from etl.store.analyses import Kept, kept
from etl.store.generations import current, manifest_of
from etl.store.integrity import damaged
from etl.tables import Failure, Tables, make

Analysed = dict[str, tuple[Analysis, bytes]]  # document id -> what it says, and the same as it is kept


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may decide about a build."""

    dct: DaySet | None = None  # day of writing of every document that brings none of its own
    jobs: int = 0  # processes; 0: as many as there are cores, up to four; -1: this process alone, unguarded
    knowledge: tuple[Path, ...] = ()  # folders with knowledge of the user's own
    progress: Progress = silent


def build(places: Sequence[Path], options: Options) -> Tables:
    """Return the tables of everything found at the places; DatelineError when there is nothing to read."""
    found = find(places, options.dct)
    return assemble(found, options, state(found, options)).tables


def state(found: Found, options: Options) -> dict[str, Any]:
    """Return the part of the manifest that is known beforehand: equal states give equal tables."""
    knowledge = knowledge_state(options.knowledge)
    version = dateline_version()
    digest = hashlib.sha256(f"{version}\0{knowledge}".encode())
    for source in found.sources:
        dct = source.dct.edtf() if source.dct else ""
        digest.update("\0".join(("", source.name, dct, _checksum(source.path))).encode("utf-8", "surrogateescape"))
    return {"version": version, "knowledge": knowledge, "fingerprint": digest.hexdigest(), "build": 0}


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:  # the reader will say what is wrong
        return ""


def unchanged(store: Path, known: dict[str, Any]) -> bool:
    """Tell whether the store's current build is whole and was made of the same files, code and knowledge."""
    try:
        build = current(store)
        same = manifest_of(build).get("fingerprint") == known["fingerprint"]
        return same and not any(damaged(build))
    except StoreError:
        return False


@dataclass(slots=True)
class Assembled:
    """The outcome of a build: its tables, and the analyses to keep beside them for the next one."""

    tables: Tables
    analyses: dict[str, bytes]
    n_reused: int  # documents whose analysis came from the build before


def assemble(found: Found, options: Options, known: dict[str, Any], store: Path | None = None) -> Assembled:
    """Return the tables of the files found; ``known`` is the manifest so far, ``store`` holds the build before."""
    lexicon = Lexicon(options.knowledge) if options.knowledge else default_lexicon()
    with _crew(options, len(found.sources), lexicon) as crew, kept(store, known["knowledge"]) as before:
        documents, failures = _read(crew, found.sources, options.progress)
        unique, notes = _unique(documents)
        analysed = _reused(unique, before)
        n_reused = len(analysed)
        new = [document for document in unique if document.doc_id not in analysed]
        fresh = _analyse(crew, new, options.progress, failures)
    for document in new:  # not earlier: while the workers need memory, what they found stays packed
        if (content := fresh.get(document.doc_id)) is not None:
            analysed[document.doc_id] = decode(content, document), content
    corpus = pipeline.combine([analysis for analysis, _ in analysed.values()], lexicon)
    tables = make(corpus, failures, {**known, "notes": notes + _skipped(found)})
    return Assembled(tables, {key(analysis.document): content for analysis, content in analysed.values()}, n_reused)


@contextmanager
def _crew(options: Options, n_files: int, lexicon: Lexicon) -> Iterator[Crew]:
    if options.jobs < 0:
        yield Alone(lexicon)
        return
    jobs = options.jobs or min(os.cpu_count() or 1, 4)
    with Guarded(max(1, min(jobs, n_files)), options.knowledge) as crew:
        yield crew


def _read(crew: Crew, sources: Sequence[Source], progress: Progress) -> tuple[list[Document], list[Failure]]:
    documents: list[Document] = []
    failures: list[Failure] = []
    outcomes = crew.map("read", [(source.path, source.name) for source in sources], progress)
    for source, outcome in zip(sources, outcomes, strict=True):
        if outcome.reason:
            failures.append(Failure(source.name, _named(source.name, outcome.reason), _checksum(source.path)))
            continue
        documents += [replace(document, dct=document.dct or source.dct) for document in outcome.value]
    return documents, failures


def _named(name: str, reason: str) -> str:
    return reason if reason.startswith(name) else f"{name}: {reason}"


def _unique(documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """Return every text once, under its first name, and a note about each further one.

    Where copies are dated differently from outside, the text was written on one of those days.
    """
    kept: dict[str, Document] = {}
    notes = []
    for document in sorted(documents, key=lambda document: document.name):
        first = kept.setdefault(document.doc_id, document)
        if first is document:
            continue
        notes.append(f"{document.name} has the same text as {first.name} and is kept once.")
        if document.dct:
            kept[document.doc_id] = replace(first, dct=document.dct | first.dct if first.dct else document.dct)
    return list(kept.values()), notes


def _reused(documents: Sequence[Document], before: Kept) -> Analysed:
    """Return the analyses that the build before made of the same text with the same knowledge."""
    found: Analysed = {}
    for document in documents:
        content = before.get(key(document))
        if content is not None:
            with suppress(ValueError):  # damaged: it is made anew
                found[document.doc_id] = decode(content, document), content
    return found


def _analyse(
    crew: Crew, documents: Sequence[Document], progress: Progress, failures: list[Failure]
) -> dict[str, bytes]:
    """Return the encoded analyses of the documents by their ids, and add those that failed to the failures."""
    found: dict[str, bytes] = {}
    for document, outcome in zip(documents, crew.map("analyse", documents, progress), strict=True):
        if outcome.reason:
            failures.append(Failure(document.name, _named(document.name, outcome.reason), document.sha256))
        else:
            found[document.doc_id] = outcome.value
    return found


def _skipped(found: Found) -> list[str]:
    kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(found.skipped.items()))
    return [f"Files of other kinds were passed over: {kinds}."] if kinds else []
