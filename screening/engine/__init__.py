"""The matching engine: pure, no database, no framework. Text in, decision out.

Its modules import one another relatively: the Python client ships these very files as `redress_client.engine`.
"""
