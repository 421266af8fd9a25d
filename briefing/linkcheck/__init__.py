"""Check the external links of a site over the network, and keep the results in `content/link-health.json`.

Here belongs everything that opens an external address. No build needs it; links within the site belong in `weave`.
"""
