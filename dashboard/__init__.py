"""The dashboard: reads a store and shows it as one page; never reads a raw document.

``charts`` are pure functions of (tables, selection), ``views`` turn tables into page elements,
``callbacks`` only translate between the URL and both.
"""
