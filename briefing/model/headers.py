"""The headers that a server should send with every file of a site; the preview sends them too."""

from __future__ import annotations

HEADERS = (
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
"""No page of another origin can embed, frame or hold on to anything of the site. Each page names its own policy too."""
