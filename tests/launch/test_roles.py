"""What the two roles may do: the owner everything in its own database, the application no more than rows."""

from collections.abc import Callable

import psycopg
import pytest

from launch.postgres import APP, DATABASE, OWNER, ROLES, SUPERUSER, Cluster

Query = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def house(cluster: Cluster) -> Cluster:
    """With a table and a guard on it, made by the owner as a migration makes them."""
    statements = """
        CREATE TABLE entry (id bigserial PRIMARY KEY, text text);
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
        CREATE TRIGGER guard BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse();
    """
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as connection:
        connection.execute(statements)
    return cluster


def test_the_application_reads_and_writes_rows(house: Cluster, query: Query) -> None:
    written = query(house.url(APP), "INSERT INTO entry (text) VALUES ('a') RETURNING text")
    assert written == [("a",)]
    query(house.url(APP), "UPDATE entry SET text = 'b'")
    assert query(house.url(APP), "SELECT DISTINCT text FROM entry") == [("b",)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE EXTENSION pg_trgm",
        "ALTER TABLE entry ADD COLUMN mine int",
        "ALTER TABLE entry DISABLE TRIGGER guard",
        "ALTER TABLE entry OWNER TO redress_app",
        "DROP TABLE entry",
        "TRUNCATE entry",
        "DROP TRIGGER guard ON entry",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "CREATE TRIGGER mine BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse()",
        "SET session_replication_role = replica",
        "SET ROLE redress_owner",
        "SET SESSION AUTHORIZATION postgres",
        "GRANT redress_owner TO redress_app",
        "ALTER ROLE redress_app SUPERUSER",
        "COPY entry TO '/tmp/mine'",
        "COPY entry TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_application_may_do_nothing_else(house: Cluster, query: Query, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(house.url(APP), statement)


def test_the_application_owns_nothing(house: Cluster, query: Query) -> None:
    owned = f"""
        SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE r.rolname = '{APP}' AND d.deptype = 'o'
    """
    assert query(house.url(SUPERUSER), owned) == [(0,)]


def test_neither_role_is_more_than_a_login(house: Cluster, query: Query) -> None:
    powers = f"""
        SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
        FROM pg_roles WHERE rolname IN ('{APP}', '{OWNER}')
    """
    assert query(house.url(SUPERUSER), powers) == [(False,)]


def test_the_roles_file_may_be_run_again(house: Cluster) -> None:
    house.ensure_database(DATABASE)
    house.ensure_database("another")
    assert house.sql(ROLES.read_text(), "another") == ""
