"""Exports of time trackers, read as days and minutes: tables of several kinds and WakaTime's daily dump."""
