"""Step 1: read every content file, template and asset once, as bytes.

Here belongs what lists and reads the files of a site. What the bytes mean belongs in `parse`; writing in `write`.
"""
