-- Works as rules (0001_guards.sql): a version for each changing transaction, told to the guards; ended
-- once, and otherwise never changed. Fingerprints and matches are only ever added.

INSERT INTO public.screening_worksetversion (id, version) VALUES (1, 0);

CREATE FUNCTION public.redress_work_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(NEW) - '{version,ended_at,ended_reason}'::text[]
           <> to_jsonb(OLD) - '{version,ended_at,ended_reason}'::text[]
    ) THEN
        RAISE EXCEPTION 'Redress: a work can only be ended, once.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT version INTO NEW.version FROM public.screening_worksetversion
        WHERE id = 1 AND xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        UPDATE public.screening_worksetversion SET version = version + 1 WHERE id = 1
            RETURNING version INTO STRICT NEW.version;
    END IF;
    PERFORM pg_notify('redress_works', NEW.version::text);
    RETURN NEW;
END $$;

CREATE TRIGGER work_changed BEFORE INSERT OR UPDATE ON public.screening_work
    FOR EACH ROW EXECUTE FUNCTION public.redress_work_changed();
CREATE TRIGGER work_keeps_rows BEFORE DELETE ON public.screening_work
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER work_keeps_all BEFORE TRUNCATE ON public.screening_work
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER print_keeps_rows BEFORE UPDATE OR DELETE ON public.screening_fingerprint
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER print_keeps_all BEFORE TRUNCATE ON public.screening_fingerprint
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER match_keeps_rows BEFORE UPDATE OR DELETE ON public.screening_outputmatch
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER match_keeps_all BEFORE TRUNCATE ON public.screening_outputmatch
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();

REVOKE ALL ON public.screening_worksetversion, public.screening_work, public.screening_fingerprint,
    public.screening_outputmatch FROM PUBLIC, redress_app;
GRANT SELECT ON public.screening_worksetversion TO redress_app;
GRANT SELECT, INSERT ON public.screening_work, public.screening_fingerprint,
    public.screening_outputmatch TO redress_app;
GRANT UPDATE (ended_at, ended_reason) ON public.screening_work TO redress_app;
