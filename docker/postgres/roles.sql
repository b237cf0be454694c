-- The two roles of Redress and what each may do, in the database this file is run in.
-- Run as superuser, by the embedded launcher at each start and by docker/compose.yaml once;
-- running it again changes nothing.
--   redress_owner  owns the database and its tables; only migrations use it
--   redress_app    owns nothing; web, guard, worker and beat use it

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'redress_owner') THEN
        CREATE ROLE redress_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'redress_app') THEN
        CREATE ROLE redress_app LOGIN;
    END IF;
    EXECUTE format('ALTER DATABASE %I OWNER TO redress_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO redress_app', current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone TO ''UTC''', current_database());
END
$$;

ALTER SCHEMA public OWNER TO redress_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO redress_app;

ALTER DEFAULT PRIVILEGES FOR ROLE redress_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO redress_app;
ALTER DEFAULT PRIVILEGES FOR ROLE redress_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO redress_app;
ALTER DEFAULT PRIVILEGES FOR ROLE redress_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO redress_app;
