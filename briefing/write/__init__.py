"""Step 5: make the output folder hold exactly the files of a build, and list them in a manifest.

Here belongs what changes the output folder or locks it. What the files contain belongs in `render` and `postprocess`.
"""
