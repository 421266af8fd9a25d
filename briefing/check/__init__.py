"""Checks that go beyond what a build needs: of sentences, published addresses, blocked names, and the size of the site.

Here belongs what compares a finished value with a rule: a pure function that returns problems and changes nothing. What
must be right before a site can be built at all belongs in `parse` (one file) or in `weave` (the whole site).
"""
