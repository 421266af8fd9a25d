"""A site as it stands, on which one text is put in place of another and its page woven before the rest is."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.kinds import BY_NAME
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.addresses import sort_records
from briefing.weave.backlinks import find_backlinks
from briefing.weave.pages.records import weave_record
from briefing.weave.site_index import SiteIndex


@dataclass(frozen=True, slots=True)
class SitePatch:
    """A whole site, and the ids of the records that were put in place since it was surveyed."""

    index: SiteIndex
    since: frozenset[str] = frozenset()

    def put(self, record: Record) -> tuple[SitePatch, PagePlan] | None:
        """Put a brief or page in place of the one of its id, and weave its page as weaving everything would.

        Gives nothing where more is different than what it says, or where something leads nowhere: a fault may lie
        anywhere on the site, and finding it takes a look at all of it.
        """
        index = self.index
        before = index.catalogue.records.get(record.id)
        if before is None or not BY_NAME[record.kind].own_file or record.id == "index":
            return None
        if (before.path, before.kind, before.draft) != (record.path, record.kind, record.draft):
            return None
        catalogue = index.catalogue.replacing(record)
        resolver = index.resolver.with_catalogue(catalogue)
        speaking = {mention.link.id for part in index.mentions.get(record.id, ()) for mention in part.items}
        speaking |= self.since - {record.id}
        catalogue.summarise(resolver.summary, speaking)  # a line that names this record by its title
        found = find_backlinks(sort_records(catalogue.records[name] for name in speaking), resolver)
        mentions = {**index.mentions, record.id: found.get(record.id, ())}
        new = SiteIndex(index.site, list(catalogue.records.values()), resolver, mentions, index.now)
        plan = weave_record(new, record)
        return None if resolver.problems else (SitePatch(new, self.since | {record.id}), plan)
