"""Forms of one child in files: CSV, Excel and FHIR, out and in, and nothing lost on the way.

`columns` says what a table holds; `going_out` writes, `coming_in` reads. What reads tables loads
Polars: import it in the moment in which a file is there.
"""
