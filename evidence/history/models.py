"""Who made a change, and at which address: written with the change itself, and as lasting."""

from __future__ import annotations

import pgtrigger
from pghistory.models import Context


class Trace(Context):
    """Who was at work, and where, in one request. All changes made in it point here."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Protect(name="a_trace_stands", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_trace_is_only_added_to",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # A request writes its trace anew in each of its transactions, and learns on the way who is at work.
                func="""
                    IF OLD.id::text IS DISTINCT FROM current_setting('pghistory.context_id', true)
                        OR (NEW.id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.created_at)
                    THEN
                        RAISE EXCEPTION 'Who made a change, and where, is not rewritten.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    NEW.metadata := NEW.metadata || jsonb_strip_nulls(OLD.metadata);
                    RETURN NEW;
                """,
            ),
        )
