"""What can be read: functions for a page, each of an element."""

#: Texts below an element whose contrast is below that of WCAG 2.2, 1.4.3 (AA): 4.5 to 1.
CONTRASTS = """root => {
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
  const low = [];
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
#: Parts below an element that reach beyond its right edge.
OVERHANGS = """root => {
  const edge = root.getBoundingClientRect().right + 1;
  return [...root.querySelectorAll('*')].filter(
    part => part.checkVisibility() && part.getBoundingClientRect().right > edge
  ).map(part => part.className || part.tagName);
}"""
