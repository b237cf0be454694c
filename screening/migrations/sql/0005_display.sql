-- Texts as rules (0001_guards.sql): a version for each changing transaction, told to the guards. What a text
-- says never changes; it is approved or refused once, and ended once. Proofs are only ever added.

INSERT INTO public.screening_displaysetversion (id, version) VALUES (1, 0);

CREATE FUNCTION public.redress_text_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    free text[] := '{version,state}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'proposed' THEN
            free := free || '{decided_by_id,decided_at,refused_because,in_force_from}';
        ELSIF OLD.state = 'standing' THEN
            free := free || '{ended_at,ended_reason}';
        END IF;
        IF OLD.state = NEW.state OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
            RAISE EXCEPTION 'Redress: a text that is shown is never changed: write its next version.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    SELECT version INTO NEW.version FROM public.screening_displaysetversion
        WHERE id = 1 AND xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        UPDATE public.screening_displaysetversion SET version = version + 1 WHERE id = 1
            RETURNING version INTO STRICT NEW.version;
    END IF;
    PERFORM pg_notify('redress_texts', NEW.version::text);
    RETURN NEW;
END $$;

-- By name, the guard of states comes before the trigger that changes the version.
CREATE TRIGGER display_text_guard_state BEFORE INSERT OR UPDATE OF state ON public.screening_displaytext
    FOR EACH ROW EXECUTE FUNCTION public.redress_guard_state('display_text');
CREATE TRIGGER text_changed BEFORE INSERT OR UPDATE ON public.screening_displaytext
    FOR EACH ROW EXECUTE FUNCTION public.redress_text_changed();
CREATE TRIGGER text_keeps_rows BEFORE DELETE ON public.screening_displaytext
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER text_keeps_all BEFORE TRUNCATE ON public.screening_displaytext
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER proof_keeps_rows BEFORE UPDATE OR DELETE ON public.screening_displayproof
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER proof_keeps_all BEFORE TRUNCATE ON public.screening_displayproof
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();

REVOKE ALL ON public.screening_displaysetversion, public.screening_displaytext,
    public.screening_displayproof FROM PUBLIC, redress_app;
GRANT SELECT ON public.screening_displaysetversion TO redress_app;
GRANT SELECT, INSERT ON public.screening_displaytext, public.screening_displayproof TO redress_app;
GRANT UPDATE (state, decided_by_id, decided_at, refused_because, in_force_from, ended_at, ended_reason)
    ON public.screening_displaytext TO redress_app;
