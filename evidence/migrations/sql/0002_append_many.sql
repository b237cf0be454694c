-- Append one entry each to many chains in one round trip: the same canonical form, the same hash and the
-- same triggers as redress_ledger_append, without payloads. The caller holds the locks of all the
-- chains and gives the facts in canonical form. A chain may be named more than once: its entries follow
-- each other in the order given, one turn of the loop each.

CREATE FUNCTION public.redress_ledger_append_many(
    p_kind text, p_at timestamptz, p_actor text, p_event text,
    p_ids uuid[], p_chains uuid[], p_facts text[]
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    v_turn bigint := 0;
    v_begin text := concat(
        '{"actor":', to_json(p_actor),
        ',"at":"', to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        '","chain_id":"');
    v_middle text := concat(
        '","chain_kind":', to_json(p_kind), ',"event":', to_json(p_event), ',"facts":');
BEGIN
    LOOP
        v_turn := v_turn + 1;
        INSERT INTO public.evidence_ledgerentry (id, chain_kind, chain_id, sequence, at, actor, event,
                                                 facts, payload_sha256, previous, hash)
        SELECT n.id, p_kind, n.chain, n.sequence, p_at, p_actor, p_event,
               n.facts::jsonb, '', n.previous,
               encode(sha256(convert_to(concat(
                   v_begin, n.chain, v_middle, n.facts, ',"id":"', n.id,
                   '","payload_sha256":"","previous":"', n.previous,
                   '","sequence":', n.sequence, '}'), 'UTF8')), 'hex')
          FROM (SELECT g.id, g.chain, g.facts, coalesce(l.sequence, 0) + 1 AS sequence,
                       coalesce(l.hash, repeat('0', 64)) AS previous
                  FROM (SELECT u.id, u.chain, u.facts,
                               row_number() OVER (PARTITION BY u.chain ORDER BY u.place) AS turn
                          FROM unnest(p_ids, p_chains, p_facts)
                               WITH ORDINALITY AS u (id, chain, facts, place)) g
                  LEFT JOIN LATERAL (
                       SELECT e.sequence, e.hash FROM public.evidence_ledgerentry e
                        WHERE e.chain_kind = p_kind AND e.chain_id = g.chain
                        ORDER BY e.sequence DESC LIMIT 1) l ON true
                 WHERE g.turn = v_turn) n;
        EXIT WHEN NOT FOUND;
    END LOOP;
END $$;
