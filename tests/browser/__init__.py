"""Tests that run in a real JupyterLab, with a real kernel, in headless Chromium."""
