"""Step 3: turn the outlines of all files into a plan for every page. The only step that sees the whole site.

Here belongs what needs more than one file: resolving references, backlinks, lists, and checks of the site as a whole.
What one file says by itself belongs in `parse`; what a page looks like belongs in `render`. Weave never reads a body.
"""
