"""Keep copies of sources, compare passages with them, and keep the results in `content/evidence.lock`.

Here belongs everything that reads the words of a source. No build needs it; a build reads only the lock.
"""
