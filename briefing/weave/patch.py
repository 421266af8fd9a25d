"""A site as it stands, on which one text is put in place of another and its page woven before the rest is."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.records import Record
from briefing.model.steps import Shell
from briefing.weave.addresses import arrange
from briefing.weave.backlinks import gather
from briefing.weave.pages.records import weave_record
from briefing.weave.site_index import Whole


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole site, and the ids of the records that were put in place since it was surveyed."""

    whole: Whole
    since: frozenset[str] = frozenset()

    def put(self, record: Record) -> tuple[Standing, Shell] | None:
        """Put a brief or page in place of the one of its id, and weave its page as weaving everything would.

        Gives nothing where more is different than what it says, or where something leads nowhere: a fault may lie
        anywhere on the site, and finding it takes a look at all of it.
        """
        whole = self.whole
        before = whole.catalogue.records.get(record.id)
        if before is None or record.kind not in ("brief", "page") or record.id == "index":
            return None
        if (before.path, before.kind, before.draft) != (record.path, record.kind, record.draft):
            return None
        catalogue = whole.catalogue.replacing(record)
        lookup = whole.lookup.among(catalogue)
        speaking = {mention.link.id for part in whole.mentions.get(record.id, ()) for mention in part.items}
        speaking |= self.since - {record.id}
        catalogue.summarise(lookup.summary, speaking)  # a line that names this record by its title
        found = gather(arrange(catalogue.records[name] for name in speaking), lookup)
        mentions = {**whole.mentions, record.id: found.get(record.id, ())}
        new = Whole(whole.site, list(catalogue.records.values()), lookup, mentions, whole.now)
        shell = weave_record(new, record)
        return None if lookup.faults else (Standing(new, self.since | {record.id}), shell)
