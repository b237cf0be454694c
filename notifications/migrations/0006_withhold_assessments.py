"""What the house thinks of its own liability is nobody's event: no endpoint is told that a sheet was recorded."""

from django.db import migrations

QUEUE = """
CREATE OR REPLACE FUNCTION public.redress_webhook_queue() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO public.notifications_webhookdelivery
        (id, endpoint_id, entry_id, event, chain_kind, chain_id, sequence, state, queued_at, next_try,
         attempts, failures, resent)
    SELECT gen_random_uuid(), e.id, w.id, w.event, w.chain_kind, w.chain_id, w.sequence,
           'waiting', t.now, t.now, 0, 0, false
      FROM written w
      JOIN public.notifications_webhookendpoint e
        ON e.state <> 'removed' AND (e.events = '{}' OR w.event = ANY (e.events))
     CROSS JOIN LATERAL (SELECT public.redress_now() AS now) t
     WHERE %s;
    RETURN NULL;
END $$;
"""
CHAINS = "w.chain_kind IN ('case', 'rule', 'pack', 'calendar')"
WITHHELD = f"{CHAINS} AND NOT starts_with(w.event, 'assessment.')"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_webhook_guards")]

    operations = [migrations.RunSQL(QUEUE % WITHHELD, QUEUE % CHAINS)]
