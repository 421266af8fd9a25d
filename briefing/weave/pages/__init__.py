"""The pages of a site, a module for each sort: every function here returns the plan of a page, or a part of one.

Here belongs what a page shows and in which order. How references are resolved belongs in `weave`, and how a page looks
belongs in `templates/`. `plans` lists all pages; `links` names those that are about no single record.
"""
