"""The five steps of a build in their order, its result and its report. What a single step does is in its own folder."""
