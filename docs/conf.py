"""Settings of Sphinx, which makes the documentation's pages; `make docs` calls it."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_extensions"), str(HERE.parent)]

project = "owidget-jupyter"
author = "the owidget-jupyter contributors"
project_copyright = author
version = release = version_of("owidget-jupyter")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "bench",
    "members",
    "output",
    "traits",
]
exclude_patterns = ["_extensions"]
nitpicky = False  # docstrings name what belongs to traitlets, pandas and the vendor's page, too

# Docstrings are in Google's style; single backticks hold a name of this package, if it is one.
default_role = "py:obj"
napoleon_numpy_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "alphabetical"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = f"owidget-jupyter {release}"
html_show_sourcelink = False
html_copy_source = False
html_static_path = ["_static"]
html_theme_options = {"navigation_with_keys": False}
