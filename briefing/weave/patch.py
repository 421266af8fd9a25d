"""A patch of one record into the last site, so that a preview can show its page before the full build."""

from __future__ import annotations

from briefing.model.addresses import HOME, address_of
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.values import dataclass
from briefing.weave.addresses import sort_records
from briefing.weave.backlinks import find_backlinks
from briefing.weave.pages.records import record_page
from briefing.weave.site_index import SiteIndex


@dataclass(frozen=True, slots=True)
class SitePatch:
    """A site, and the ids of the records that were replaced in it since it was indexed."""

    index: SiteIndex
    replaced: frozenset[str] = frozenset()

    def replace(self, record: Record) -> tuple[SitePatch, PagePlan] | None:
        """Replace the brief or page with the id of `record`; return the new site and the plan of the record's page.

        The plan is the one that weaving the whole site would make. Returns None if more than the record's words
        changed, or if something that it refers to does not exist: the problem may be in any file, so only a full build
        can report it.
        """
        index, kinds = self.index, self.index.catalogue.kinds
        before, kind = index.catalogue.records.get(record.id), kinds[record.kind]
        if before is None or not kind.own_file or address_of(record, kind) == HOME:
            return None
        if record.edition_of or before.edition_of or record.id in {one.edition_of for one in index.editions}:
            return None  # an edition is planned with all others, and its original shows them
        if (before.path, before.kind, before.draft) != (record.path, record.kind, record.draft):
            return None
        catalogue = index.catalogue.with_record(record)
        resolver = index.resolver.with_catalogue(catalogue, index.words)
        mentioning = {mention.link.id for part in index.mentions.get(record.id, ()) for mention in part.items}
        mentioning |= self.replaced - {record.id}
        catalogue.update_summaries(resolver.summary, mentioning)  # a summary may show this record's title
        named = sort_records((catalogue.records[name] for name in mentioning), kinds.values(), index.words)
        found = find_backlinks(named, resolver)
        mentions = {**index.mentions, record.id: found.get(record.id, ())}
        records = [one for one in catalogue.records.values() if not one.edition_of]
        new = SiteIndex(index.site, records, resolver, mentions, index.now, index.editions, days=index.days)
        plan = record_page(new, record)
        return None if resolver.problems else (SitePatch(new, self.replaced | {record.id}), plan)
