"""The store: a folder with numbered builds and a pointer to the one that counts.

``STORE/builds/<number>/`` holds one Parquet file for each table, ``texts.sqlite`` (texts and search index) and
``manifest.json`` (checksums, build number, version); ``STORE/CURRENT`` holds the number.  A build is written
beside the others and only then pointed at, so a reader sees the old build or the new one and nothing between.
Nothing in a store is ever executed: no pickles, no code.
"""
