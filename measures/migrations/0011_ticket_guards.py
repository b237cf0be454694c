"""What the database itself sees to: runs of probes never change, and no ticket is done but by its suites."""

from django.db import migrations

INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"
REOPENED = ("measure.model_optimisation", "done", "in_progress")

# Evidence: written once. `redress_refuse_change` comes with the evidence room.
KEPT = (
    "measures_proberun",
    "measures_proberesult",
    "measures_probeopinion",
    "measures_roletest",
)
KEEP = "".join(
    f"""
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
REVOKE ALL ON {table} FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON {table} TO redress_app;
"""
    for table in KEPT
)
FORGET = "".join(
    f"""
DROP TRIGGER {table}_keeps_rows ON {table};
DROP TRIGGER {table}_keeps_all ON {table};
"""
    for table in KEPT
)

# Done is what the latest run of every suite shows of every model's current build, and nothing somebody says.
BY_PROBES = """
CREATE FUNCTION redress_suite_holds(suite uuid, model uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT run.verdict = 'passed' AND run.build = m.build AND run.suite_version = s.version
           AND (run.similar + (SELECT count(*) FROM measures_probeopinion o
                JOIN measures_proberesult r ON r.id = o.result_id WHERE r.run_id = run.id)) * 100
               <= s.allowed_percent * run.asked
        FROM measures_proberun run, measures_probesuite s, measures_ticketmodel m
        WHERE run.suite_id = suite AND run.model_id = model AND s.id = suite AND m.id = model
        ORDER BY run.at DESC LIMIT 1), false)
$$;
CREATE FUNCTION redress_done_by_probes() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.family = 'model_optimisation' AND NEW.state = 'done' AND OLD.state <> 'done' AND (
        NOT EXISTS (SELECT FROM measures_probesuite s JOIN measures_probe p ON p.suite_id = s.id
            WHERE s.ticket_id = NEW.id AND s.kind = 'normal' AND p.state = 'in_use')
        OR NOT EXISTS (SELECT FROM measures_ticketmodel m WHERE m.ticket_id = NEW.id)
        OR EXISTS (SELECT FROM measures_probesuite s, measures_ticketmodel m
            WHERE s.ticket_id = NEW.id AND m.ticket_id = NEW.id
              AND EXISTS (SELECT FROM measures_probe p WHERE p.suite_id = s.id AND p.state = 'in_use')
              AND NOT redress_suite_holds(s.id, m.id))
    ) THEN
        RAISE EXCEPTION 'ticket of measure % is not done: its probe suites do not hold', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measure_done_by_probes BEFORE UPDATE OF state ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION redress_done_by_probes();
"""
BY_WORD = """
DROP TRIGGER measure_done_by_probes ON measures_measure;
DROP FUNCTION redress_done_by_probes();
DROP FUNCTION redress_suite_holds(uuid, uuid);
"""
# Tickets from before there were tickets: with their model, and the probes that were ordered with them.
CATCH_UP = """
INSERT INTO measures_ticket (measure_id, stage, mitigation, upstream, trained_by, issue_url)
    SELECT id, 'new', '', false, '', '' FROM measures_measure
    WHERE family = 'model_optimisation' ORDER BY ordered_at, id;
INSERT INTO measures_ticketmodel (id, ticket_id, artefact_id, build, look_at, misses, last_error)
    SELECT gen_random_uuid(), id, artefact_id, '', redress_now(), 0, '' FROM measures_measure
    WHERE family = 'model_optimisation';
INSERT INTO measures_probesuite (id, ticket_id, kind, allowed_percent, version)
    SELECT gen_random_uuid(), m.id, k.kind, k.allowed, 1 FROM measures_measure m,
        (VALUES ('normal', 0), ('adversarial', 10)) AS k (kind, allowed)
    WHERE m.family = 'model_optimisation';
INSERT INTO measures_probe (id, suite_id, number, prompt, seed, state, added_at, reason)
    SELECT gen_random_uuid(), s.id, row_number() OVER (PARTITION BY s.id ORDER BY told.prompt),
        told.prompt, 11, 'in_use', m.ordered_at, ''
    FROM measures_measure m JOIN measures_probesuite s ON s.ticket_id = m.id,
        LATERAL (SELECT DISTINCT one->>'prompt' AS prompt
            FROM jsonb_array_elements(coalesce(m.parameters->'probes', '[]')) AS one
            WHERE one->>'suite' = s.kind) AS told
    WHERE m.family = 'model_optimisation';
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0010_tickets")]

    operations = [
        migrations.RunSQL([(INSERT, REOPENED)], [(DELETE, REOPENED)]),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(BY_PROBES, BY_WORD),
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
    ]
