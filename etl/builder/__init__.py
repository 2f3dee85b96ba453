"""From files to tables: finds the sources, analyses them in guarded processes, and puts them together."""
