-- Every change of a rule gets the next version and is told to the guards. The row of the version is
-- locked until the change commits, so versions become visible in their order and a guard that asks
-- for everything newer than what it holds misses nothing.

INSERT INTO public.screening_rulesetversion (id, version) VALUES (1, 0);

CREATE FUNCTION public.redress_rule_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(NEW) - '{version,ended_at,ended_reason}'::text[]
           <> to_jsonb(OLD) - '{version,ended_at,ended_reason}'::text[]
    ) THEN
        RAISE EXCEPTION 'Redress: a prompt rule can only be ended, once.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- One transaction needs one version: a hundred thousand imported rules become visible together.
    SELECT version INTO NEW.version FROM public.screening_rulesetversion
        WHERE id = 1 AND xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        UPDATE public.screening_rulesetversion SET version = version + 1 WHERE id = 1
            RETURNING version INTO STRICT NEW.version;
    END IF;
    PERFORM pg_notify('redress_rules', NEW.version::text);
    RETURN NEW;
END $$;

CREATE TRIGGER rule_changed BEFORE INSERT OR UPDATE ON public.screening_promptrule
    FOR EACH ROW EXECUTE FUNCTION public.redress_rule_changed();
CREATE TRIGGER rule_keeps_rows BEFORE DELETE ON public.screening_promptrule
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER rule_keeps_all BEFORE TRUNCATE ON public.screening_promptrule
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();

REVOKE ALL ON public.screening_rulesetversion, public.screening_promptrule FROM PUBLIC, redress_app;
GRANT SELECT ON public.screening_rulesetversion TO redress_app;
GRANT SELECT, INSERT ON public.screening_promptrule TO redress_app;
GRANT UPDATE (ended_at, ended_reason) ON public.screening_promptrule TO redress_app;
