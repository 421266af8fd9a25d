"""Briefing: a generator of static briefing sites, in five steps: read, parse, weave, render, write."""
