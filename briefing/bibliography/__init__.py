"""Sources as other programs write them: CSL-JSON, CSL-YAML, BibTeX, BibLaTeX and RIS are read and written.

A work is a mapping with CSL's names (`Fields`), whatever its format. Nothing here is loaded by a build.
"""
