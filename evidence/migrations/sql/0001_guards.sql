-- What the database itself refuses, whoever asks. Every function pins its search path: a temporary
-- table of the same name must not be able to stand in for ours.

CREATE FUNCTION public.redress_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE AS 'SELECT pg_catalog.clock_timestamp()';

-- 1. Append-only, even for the owner, as long as the trigger stands; the owner alone can remove it.

CREATE FUNCTION public.redress_refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'Redress: % is append-only, % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_keeps_rows BEFORE UPDATE OR DELETE ON public.evidence_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER ledger_keeps_all BEFORE TRUNCATE ON public.evidence_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER sealed_keeps_rows BEFORE UPDATE OR DELETE ON public.evidence_sealedfile
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER sealed_keeps_all BEFORE TRUNCATE ON public.evidence_sealedfile
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER payload_keeps_rows BEFORE DELETE ON public.evidence_ledgerpayload
    FOR EACH ROW EXECUTE FUNCTION public.redress_refuse_change();
CREATE TRIGGER payload_keeps_all BEFORE TRUNCATE ON public.evidence_ledgerpayload
    FOR EACH STATEMENT EXECUTE FUNCTION public.redress_refuse_change();

-- 2. A new entry must be the next of its chain.

CREATE FUNCTION public.redress_ledger_link() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    last_sequence bigint := 0;
    last_hash text := repeat('0', 64);
BEGIN
    SELECT e.sequence, e.hash INTO last_sequence, last_hash FROM public.evidence_ledgerentry e
     WHERE e.chain_kind = NEW.chain_kind AND e.chain_id = NEW.chain_id
     ORDER BY e.sequence DESC LIMIT 1;
    IF NOT FOUND THEN
        last_sequence := 0;
        last_hash := repeat('0', 64);
    END IF;
    IF NEW.sequence <> last_sequence + 1 THEN
        RAISE EXCEPTION 'Redress: the next entry of this chain is %, not %.',
            last_sequence + 1, NEW.sequence USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.previous <> last_hash THEN
        RAISE EXCEPTION 'Redress: entry % does not follow the hash of the one before.',
            NEW.sequence USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_links BEFORE INSERT ON public.evidence_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION public.redress_ledger_link();

-- 3. A payload must be the one its entry was hashed with; all that can befall it is being erased, once.

CREATE FUNCTION public.redress_payload_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.body IS NULL OR NOT EXISTS (
        SELECT FROM public.evidence_ledgerentry e WHERE e.id = NEW.entry_id
           AND e.payload_sha256 = encode(sha256(NEW.salt || NEW.body), 'hex')
    ) THEN
        RAISE EXCEPTION 'Redress: this payload is not the one its entry was hashed with.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payload_fits BEFORE INSERT ON public.evidence_ledgerpayload
    FOR EACH ROW EXECUTE FUNCTION public.redress_payload_fits();

CREATE FUNCTION public.redress_payload_only_erased() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.body IS NULL OR NEW.entry_id <> OLD.entry_id OR NEW.body IS NOT NULL
       OR NEW.salt IS NOT NULL OR NEW.erased_at IS NULL OR NEW.erased_under = '' THEN
        RAISE EXCEPTION 'Redress: a payload can only be erased, once, naming the rule.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payload_only_erased BEFORE UPDATE ON public.evidence_ledgerpayload
    FOR EACH ROW EXECUTE FUNCTION public.redress_payload_only_erased();

-- 4. Append in one round trip. The caller holds the chain's lock and gives the facts in canonical
--    form; the hash input is made here from the very values that are stored (docs/ledger.md).

CREATE FUNCTION public.redress_ledger_append(
    p_id uuid, p_kind text, p_chain uuid, p_at timestamptz, p_actor text, p_event text,
    p_facts text, p_salt bytea, p_body bytea,
    OUT o_sequence bigint, OUT o_previous text, OUT o_hash text, OUT o_payload text
) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SELECT e.sequence, e.hash INTO o_sequence, o_previous FROM public.evidence_ledgerentry e
     WHERE e.chain_kind = p_kind AND e.chain_id = p_chain ORDER BY e.sequence DESC LIMIT 1;
    o_sequence := coalesce(o_sequence, 0) + 1;
    o_previous := coalesce(o_previous, repeat('0', 64));
    o_payload := coalesce(encode(sha256(p_salt || p_body), 'hex'), '');
    o_hash := encode(sha256(convert_to(concat(
        '{"actor":', to_json(p_actor),
        ',"at":"', to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        '","chain_id":"', p_chain, '","chain_kind":', to_json(p_kind),
        ',"event":', to_json(p_event), ',"facts":', p_facts, ',"id":"', p_id,
        '","payload_sha256":"', o_payload, '","previous":"', o_previous,
        '","sequence":', o_sequence, '}'), 'UTF8')), 'hex');
    INSERT INTO public.evidence_ledgerentry (id, chain_kind, chain_id, sequence, at, actor, event,
                                             facts, payload_sha256, previous, hash)
    VALUES (p_id, p_kind, p_chain, o_sequence, p_at, p_actor, p_event,
            p_facts::jsonb, o_payload, o_previous, o_hash);
    IF p_body IS NOT NULL THEN
        INSERT INTO public.evidence_ledgerpayload (entry_id, salt, body, erased_under)
        VALUES (p_id, p_salt, p_body, '');
    END IF;
END $$;

-- 5. State changes of every machine: only those listed. A room puts the trigger on its own table:
--    CREATE TRIGGER ... BEFORE INSERT OR UPDATE OF state ON <table> FOR EACH ROW
--    EXECUTE FUNCTION redress_guard_state('<machine>' [, '<column that completes its name>'])

CREATE FUNCTION public.redress_guard_state() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    machine_name text := TG_ARGV[0];
    old_state text := '';
BEGIN
    IF TG_NARGS > 1 THEN
        machine_name := machine_name || '.' || coalesce(to_jsonb(NEW) ->> TG_ARGV[1], '');
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF TG_NARGS > 1 AND to_jsonb(NEW) ->> TG_ARGV[1] IS DISTINCT FROM to_jsonb(OLD) ->> TG_ARGV[1]
        THEN
            RAISE EXCEPTION 'Redress: a row of % keeps its machine.', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        old_state := OLD.state;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.evidence_transition t
         WHERE t.machine = machine_name AND t.source = old_state AND t.target = NEW.state
    ) THEN
        RAISE EXCEPTION 'Redress: % may not go from "%" to "%".', machine_name, old_state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- 6. Roles. The default privileges of docker/postgres/roles.sql give redress_app the usual rights on new
--    tables; here they are taken back.

REVOKE ALL ON public.evidence_ledgerentry, public.evidence_ledgerpayload,
    public.evidence_sealedfile, public.evidence_transition FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON public.evidence_ledgerentry, public.evidence_ledgerpayload,
    public.evidence_sealedfile TO redress_app;
GRANT UPDATE (salt, body, erased_at, erased_under) ON public.evidence_ledgerpayload TO redress_app;
GRANT SELECT ON public.evidence_transition TO redress_app;
