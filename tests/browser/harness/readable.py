"""What can be read: functions for a page, each of an element."""

_TOOLS = """\
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const paint = (...colours) => {  // each over the one before it, as the browser would
    for (const colour of ['#fff', ...colours]) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(part => part / 255).map(
      part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = part => part
    ? [...backgrounds(part.parentElement), getComputedStyle(part).backgroundColor] : [];
"""

#: Texts below an element whose contrast is below that of WCAG 2.2, 1.4.3 (AA): 4.5 to 1.
CONTRASTS = (
    """root => {
"""
    + _TOOLS
    + """  const low = [];
  const texts = 'span, p, summary, button, strong, li, time, h1, label';
  for (const part of root.querySelectorAll(texts)) {
    if (!part.checkVisibility() || !part.textContent.trim()) continue;
    const behind = backgrounds(part);
    const [one, two] = [
      paint(...behind), paint(...behind, getComputedStyle(part).color),
    ].map(luminance);
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) low.push(`${part.className || part.tagName}: ${ratio.toFixed(2)}`);
  }
  return low;
}"""
)
#: Shapes below an element, and edges of what can be pressed, whose contrast is below that of
#: WCAG 2.2, 1.4.11 (AA): 3 to 1; and the ring of what has the focus, if something has.
SHAPES = (
    """root => {
"""
    + _TOOLS
    + """  const low = [];
  const look = (part, colour, what, beside = part) => {
    const behind = backgrounds(beside);
    const [one, two] = [paint(...behind), paint(...behind, colour)].map(luminance);
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 3) low.push(`${what} of ${part.className || part.tagName}: ${ratio.toFixed(2)}`);
  };
  for (const shape of root.querySelectorAll('.owidget-shape')) {
    const style = getComputedStyle(shape.querySelector('svg'));
    if (shape.checkVisibility()) look(shape, style.stroke, 'the stroke');
  }
  for (const button of root.querySelectorAll('button, .owidget-handle')) {
    if (!button.checkVisibility() || button.offsetHeight < 2) continue;
    const grip = button.matches('button') ? null : '::after';
    const around = grip ? button : button.parentElement;
    look(button, getComputedStyle(button, grip).borderTopColor, 'the edge', around);
  }
  const focused = root.querySelector(':focus-visible');
  if (focused) look(focused, getComputedStyle(focused).outlineColor, 'the ring', root);
  return low;
}"""
)
#: Parts below an element that reach beyond its right edge.
OVERHANGS = """root => {
  const edge = root.getBoundingClientRect().right + 1;
  return [...root.querySelectorAll('*')].filter(
    part => part.checkVisibility() && part.getBoundingClientRect().right > edge
  ).map(part => part.className || part.tagName);
}"""
