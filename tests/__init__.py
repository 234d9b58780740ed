"""Tests of owidget_jupyter."""
