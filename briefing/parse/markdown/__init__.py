"""A writer's Markdown becomes safe HTML with placeholders, headings and sentences. `convert` is the entry.

Here belongs what knows Python-Markdown or its dialect. Python-Markdown is used with fewer searches (`library`) and with
limits (`limits`); what it would print otherwise than a writer means is found first (`dialect`); its result is made safe
(`postprocess`). What fields a file has belongs in the folder above; what a link leads to is resolved in `weave`.
"""
