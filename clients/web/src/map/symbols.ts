const SVG = 'http://www.w3.org/2000/svg';

/** An arrow that points to the top, and a dot without it where `data-heading` is not `known`. */
export function vehicleArrow(label: string): HTMLElement {
  return symbol('vehicle', label, '0 0 48 48', [
    ['circle', { class: 'halo', cx: '24', cy: '24', r: '22' }],
    ['circle', { class: 'body', cx: '24', cy: '24', r: '15' }],
    ['path', { class: 'nose', d: 'M24 14.5 31.5 32 24 28.2 16.5 32Z' }],
    ['circle', { class: 'dot', cx: '24', cy: '24', r: '5.5' }],
  ]);
}

/** A pin whose tip is at the bottom. */
export function incidentPin(label: string): HTMLElement {
  return symbol('incident', label, '0 0 36 46', [
    ['path', { class: 'body', d: 'M18 45C18 45 33 28.500 33 16.500A15 15 0 0 0 3 16.500C3 28.500 18 45 18 45Z' }],
    ['path', { class: 'mark', d: 'M16.200 8.500h3.600l-.55 10.200h-2.500Z' }],
    ['circle', { class: 'mark', cx: '18', cy: '22.600', r: '2.100' }],
  ]);
}

function symbol(name: string, label: string, viewBox: string, shapes: readonly (readonly [string, Record<string, string>])[]): HTMLElement {
  const element = document.createElement('div');
  element.className = `symbol ${name}`;
  const svg = node('svg', { viewBox, 'aria-hidden': 'true' });
  svg.append(...shapes.map(([shape, attributes]) => node(shape, attributes)));
  element.append(svg);
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  return element;
}

function node(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
