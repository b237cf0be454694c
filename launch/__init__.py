"""Starts Redress on one machine: set-up, embedded servers, processes, and their end.

Imports no room, and nothing but the standard library: set-up runs before anything is installed.
"""
