"""The writer's preview: builds in memory at each save and serves the result to a browser on the same machine.

Here belongs the server, its session and its script for the browser. It builds with `pipeline` and writes no file.
"""
