"""What several steps do with text: decoding, sentences, dates, placeholders, plain words.

Here belong functions from text to text that more than one step needs, and that know nothing of records and pages. What
only one step does with text belongs in that step: Markdown in `parse.markdown`, addresses in `render.urls`.
"""
