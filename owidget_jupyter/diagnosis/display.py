"""A diagnosis as a table that takes its colours from the notebook, in light and dark."""

from __future__ import annotations

from html import escape

from owidget_jupyter.diagnosis.report import SHAPES, Diagnosis, Finding

# The class is named three times to outweigh what notebooks say of every table. The colours are
# JupyterLab's own where it has them; elsewhere the page's ink on the page's paper.
_STYLE = """
.NAME { color: var(--jp-ui-font-color1, inherit); max-width: 56em; overflow-x: auto;
  font: 13px / 1.45 var(--jp-ui-font-family, system-ui, sans-serif); }
.NAME table { border-collapse: collapse; margin: 0; width: 100%; min-width: 22em;
  font-size: inherit; color: inherit; background: none; table-layout: auto; }
.NAME caption { caption-side: top; text-align: left; padding: 2px 8px 6px; font-weight: 600;
  color: inherit; }
.NAME tr, .NAME tbody tr:nth-child(n), .NAME tbody tr:hover { background: none; }
.NAME th, .NAME td { text-align: left; vertical-align: top; padding: 2px 8px; border: 0;
  white-space: normal; overflow-wrap: anywhere; max-width: none; color: inherit;
  border-top: 1px solid
    var(--jp-border-color2, color-mix(in srgb, currentColor 25%, transparent)); }
.NAME tbody th { font-weight: 600; background: var(--jp-layout-color2, transparent); }
.NAME td:nth-child(1) { white-space: nowrap; width: 6.5em; }
.NAME td:nth-child(2) { width: 13em; }
.NAME .o-sign { display: inline-block; padding: 0 6px; border: 1px solid transparent;
  border-radius: 3px; }
.NAME .o-notice .o-sign { border: 1px dashed currentColor; }
.NAME .o-problem .o-sign { border: 1px solid currentColor; font-weight: 700; }
.NAME p { margin: 1px 0 2px; padding-left: 10px; border-left: 2px solid currentColor; }
""".replace("NAME", "owidget-diagnosis" + 2 * ".owidget-diagnosis")


def html(diagnosis: Diagnosis) -> str:
    """Return the table, with all that was found escaped."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("grade", "what", "found"))
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="3">{escape(topic)}</th></tr>'
        f"{''.join(map(_row, found))}</tbody>"
        for topic, found in diagnosis.topics
    )
    return (
        f'<div class="owidget-diagnosis"><style>{_STYLE}</style><table>'
        f"<caption>{escape(diagnosis.title)}</caption><thead><tr>{head}</tr></thead>"
        f"{bodies}</table></div>"
    )


def _row(finding: Finding) -> str:
    sign = (
        f'<span class="o-sign"><span aria-hidden="true">{SHAPES[finding.grade]}</span> '
        f"{finding.grade}</span>"
    )
    advice = f"<p>{escape(finding.advice)}</p>" if finding.advice else ""
    return (
        f'<tr class="o-{finding.grade}"><td>{sign}</td><td>{escape(finding.what)}</td>'
        f"<td>{escape(finding.value)}{advice}</td></tr>"
    )
