"""Files that the generator makes for writers: new records, new sites, and files for editors.

Here belongs what is written once, for a person to change. What a build writes belongs in `write`. The fields of a new
record come from its schema, so a new kind needs nothing here.
"""
