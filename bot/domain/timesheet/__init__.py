"""Exports of time trackers, read as days and minutes: tables and WakaTime's daily dump (product rules, "Import")."""
