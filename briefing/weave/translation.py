"""The names of kinds, statuses and tiers in the language of the site."""

from __future__ import annotations

from dataclasses import replace

from briefing.locale.interface import interface
from briefing.model.site import Site
from briefing.model.vocabulary import AXES, Statuses, statuses_of


def translate(site: Site) -> Site:
    """Return a site whose kinds, statuses and tiers have names in its language."""
    say = interface(site.language, site.words).say
    return replace(
        site,
        kinds=tuple(
            replace(
                kind,
                singular=say(kind.singular),
                plural=say(kind.plural),
                about=say(kind.about),
                also=say(kind.also),
            )
            for kind in site.kinds
        ),
        statuses=Statuses(
            *[
                tuple(
                    replace(one, label=say(one.label), counted=say(one.counted), meaning=say(one.meaning))
                    for one in statuses_of(site.statuses, axis)
                )
                for axis in AXES
            ]
        ),
        tiers=tuple(replace(tier, label=say(tier.label), plural=say(tier.plural)) for tier in site.tiers),
    )
