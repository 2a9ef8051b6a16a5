const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 64;
const RIGHT = 150;
const TOP = 26;
const BOTTOM = 40;
const COLORS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b"];

/**
 * A line chart as SVG, without scripts, so that a report is one file.
 *
 * @param {object} chart
 * @param {string} chart.title for people who cannot see it
 * @param {string} chart.x label of the horizontal axis
 * @param {string} chart.y label of the vertical axis
 * @param {Record<string, [number, number][]>} chart.lines points by the name of a line, ascending by the first value
 * @param {boolean} [chart.isLogarithmic] the vertical axis; values of 0 are drawn at its bottom
 * @param {{at: number, label: string}[]} [chart.marks] of the horizontal axis; else five even ones
 * @returns {string}
 */
export function lineChart({ title, x, y, lines, isLogarithmic = false, marks }) {
  const points = Object.values(lines).flat();
  const [lowX, highX] = range(points.map((point) => point[0]));
  const values = points.map((point) => point[1]).filter((value) => !isLogarithmic || value > 0);
  const highY = Math.max(...values, isLogarithmic ? 1 : 0) || 1;
  const lowY = isLogarithmic ? 10 ** Math.floor(Math.log10(Math.min(...values, highY))) : 0;
  const scale = isLogarithmic ? Math.log10 : Number;
  const atX = (value) => LEFT + ((value - lowX) / (highX - lowX || 1)) * (WIDTH - LEFT - RIGHT);
  const atY = (value) => {
    const share = (scale(Math.max(value, lowY)) - scale(lowY)) / (scale(highY) - scale(lowY) || 1);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  };
  const xMarks = marks ?? even(lowX, highX).map((at) => ({ at, label: plain(at) }));
  const yMarks = isLogarithmic ? decades(lowY, highY) : even(0, highY);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    ...yMarks.map((at) => grid(atY(at), plain(at))),
    ...xMarks.map(({ at, label }) => text(atX(at), HEIGHT - BOTTOM + 16, label, "middle")),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, x, "middle"),
    text(4, 12, y, "start"),
    ...Object.entries(lines).map(([name, line], i) => {
      const path = line.map(([px, py]) => `${atX(px).toFixed(1)},${atY(py).toFixed(1)}`).join(" ");
      const color = COLORS[i % COLORS.length];
      return (
        `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>` +
        `<text x="${WIDTH - RIGHT + 10}" y="${TOP + 12 + 16 * i}" fill="${color}">${escape(name)}</text>`
      );
    }),
    "</svg>",
  ].join("\n");
}

/** @param {unknown} value @returns {string} for HTML and SVG */
export function escape(value) {
  return String(value).replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function grid(y, label) {
  return (
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#ddd"/>` +
    text(LEFT - 6, y + 4, label, "end")
  );
}

function text(x, y, content, anchor) {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

function range(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}

function even(low, high) {
  return [0, 1, 2, 3, 4].map((i) => low + ((high - low) * i) / 4);
}

function decades(low, high) {
  const found = [];
  for (let at = low; at <= high * 1.0001; at *= 10) {
    found.push(at);
  }
  return found;
}

function plain(number) {
  return Number(number.toPrecision(3)).toString();
}
