"""Tests of single parts, without a browser."""
