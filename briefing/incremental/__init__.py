"""What makes a second build fast: values with a digest, the memo, the fingerprint of the code, worker processes.

Here belongs what any step may use to avoid or share work. What a step computes belongs in that step.
"""
