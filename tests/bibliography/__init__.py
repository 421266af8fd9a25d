"""Tests of the room bibliography."""
