-- A check that is on record is never changed, but for its text, which may be wiped; it goes when its time is over.

CREATE FUNCTION public.redress_check_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.keep_until > redress_now() THEN
            RAISE EXCEPTION 'Redress: a prompt check is kept until %.', OLD.keep_until
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.prompt IS NOT NULL OR to_jsonb(NEW) - 'prompt' <> to_jsonb(OLD) - 'prompt' THEN
        RAISE EXCEPTION 'Redress: of a prompt check only the text can be wiped.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_kept BEFORE UPDATE OR DELETE ON public.screening_promptcheck
    FOR EACH ROW EXECUTE FUNCTION public.redress_check_kept();
CREATE TRIGGER check_keeps_all BEFORE TRUNCATE ON public.screening_promptcheck
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER loss_keeps_rows BEFORE UPDATE OR DELETE ON public.screening_lostchecks
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER loss_keeps_all BEFORE TRUNCATE ON public.screening_lostchecks
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();

REVOKE ALL ON public.screening_promptcheck, public.screening_lostchecks FROM PUBLIC, redress_app;
GRANT SELECT, INSERT, DELETE ON public.screening_promptcheck TO redress_app;
GRANT UPDATE (prompt) ON public.screening_promptcheck TO redress_app;
GRANT SELECT, INSERT ON public.screening_lostchecks TO redress_app;
