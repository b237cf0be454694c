-- 1. The outbox. The row of a delivery is written in the transaction of the ledger's entry: it commits when
--    the entry does, however late that is, and is gone when the entry is. Writers of one chain hold its lock
--    to the end, so the events of a chain become visible in their order (docs/decisions/0006).
--    Accounts and keys of people, and what is done to endpoints, are nobody's event.

CREATE FUNCTION public.redress_webhook_queue() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    v_now timestamptz;
BEGIN
    IF NEW.chain_kind NOT IN ('case', 'rule', 'pack', 'calendar') THEN
        RETURN NULL;
    END IF;
    v_now := public.redress_now();
    INSERT INTO public.notifications_webhookdelivery
        (id, endpoint_id, entry_id, event, chain_kind, chain_id, sequence, state, queued_at, next_try,
         attempts, failures, resent)
    SELECT gen_random_uuid(), e.id, NEW.id, NEW.event, NEW.chain_kind, NEW.chain_id, NEW.sequence,
           'waiting', v_now, v_now, 0, 0, false
      FROM public.notifications_webhookendpoint e
     WHERE e.state <> 'removed' AND (e.events = '{}' OR NEW.event = ANY (e.events));
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_tells_webhooks AFTER INSERT ON public.evidence_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION public.redress_webhook_queue();

-- 2. States.

CREATE TRIGGER webhook_endpoint_guard_state
    BEFORE INSERT OR UPDATE OF state ON public.notifications_webhookendpoint
    FOR EACH ROW EXECUTE FUNCTION public.redress_guard_state('webhook_endpoint');
CREATE TRIGGER webhook_delivery_guard_state
    BEFORE INSERT OR UPDATE OF state ON public.notifications_webhookdelivery
    FOR EACH ROW EXECUTE FUNCTION public.redress_guard_state('webhook_delivery');

-- 3. Tries are written once. Endpoints, secrets and deliveries are never deleted.

CREATE TRIGGER webhook_attempt_keeps_rows BEFORE UPDATE OR DELETE ON public.notifications_webhookattempt
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER webhook_attempt_keeps_all BEFORE TRUNCATE ON public.notifications_webhookattempt
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
REVOKE ALL ON public.notifications_webhookattempt FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON public.notifications_webhookattempt TO redress_app;
REVOKE DELETE, TRUNCATE ON public.notifications_webhookendpoint, public.notifications_webhooksecret,
    public.notifications_webhookdelivery FROM PUBLIC, redress_app;
