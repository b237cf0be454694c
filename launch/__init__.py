"""Starts Redress on one machine: embedded servers, processes, and their end. Imports no room."""
