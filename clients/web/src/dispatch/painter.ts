import type { Position } from '../map/geometry';
import type { Place } from '../map/place';
import type { Mark } from './marks';

const ARROW = new Path2D('M0 -9.5 7.5 8 0 4.2 -7.5 8Z');
const PIN = new Path2D('M0 0C0 0 15 -16.5 15 -28.500A15 15 0 0 0 -15 -28.500C-15 -16.5 0 0 0 0Z');
const EXCLAMATION = new Path2D('M-1.800 -36.500h3.600l-.55 10.200h-2.500Z M-2.1 -22.4a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0 -4.2 0Z');
const COLOURS = ['text', 'quiet', 'raised', 'accent', 'on-accent', 'good', 'alert', 'on-alert'] as const;
/** How far beyond the edge something may stand of which a part is seen. */
const MARGIN = 48;
/** What the buttons of the map cover. */
const RIGHT_EDGE = 64;
const TURN = Math.PI * 2;

type Colours = Record<(typeof COLOURS)[number], string>;

/** Draws marks on a canvas that covers the map. */
export class BoardPainter {
  private colours: Colours | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** The colours of the page have changed. */
  restyle(): void {
    this.colours = null;
  }

  paint(marks: readonly Mark[], placeOf: (position: Position) => Place, hovered: string | null): void {
    const context = this.canvas.getContext('2d')!;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = window.devicePixelRatio;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const colours = (this.colours ??= coloursOf(this.canvas));
    const labels: (() => void)[] = [];
    for (const mark of marks) {
      const place = placeOf(mark.position);
      if (mark.from) {
        line(context, colours, placeOf(mark.from), place);
      }
      if (place.x > -MARGIN && place.y > -MARGIN && place.x < width + MARGIN && place.y < height + MARGIN) {
        context.save();
        context.translate(place.x, place.y);
        SHAPES[mark.kind](context, colours, mark);
        context.restore();
        if (mark.label && mark.kind !== 'vendor' && (mark.selected || mark.jobId === hovered)) {
          labels.push(() => label(context, colours, place, mark.label!));
        }
      }
    }
    labels.forEach((draw) => draw());
  }
}

type Draw = (context: CanvasRenderingContext2D, colours: Colours, mark: Mark) => void;

const SHAPES: Record<Mark['kind'], Draw> = {
  vehicle: (context, colours, mark) => vehicle(context, colours, mark, colours.accent, colours['on-accent']),
  stale: (context, colours, mark) => vehicle(context, colours, mark, colours.quiet, colours.raised),
  waiting: (context, colours, mark) => pin(context, colours, mark, colours.alert, colours['on-alert']),
  draft: (context, colours, mark) => pin(context, colours, mark, colours.text, colours.raised),
  goal: (context, colours, { selected }) => {
    disc(context, selected ? 9 : 6, colours.text, colours.raised);
    disc(context, selected ? 3 : 2, colours.raised, colours.raised);
  },
  vendor: (context, colours, { label: rank }) => {
    disc(context, 11, colours.good, colours.raised);
    context.fillStyle = colours.raised;
    context.font = '700 12px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(rank ?? '', 0, 0.5);
  },
};

function vehicle(context: CanvasRenderingContext2D, colours: Colours, { headingDegrees, selected }: Mark, body: string, nose: string): void {
  const scale = selected ? 1 : 0.75;
  context.scale(scale, scale);
  if (selected) {
    context.globalAlpha = 0.25;
    disc(context, 24, body, 'transparent');
    context.globalAlpha = 1;
  }
  disc(context, 15, body, colours.raised);
  context.fillStyle = nose;
  if (headingDegrees === null || headingDegrees === undefined) {
    disc(context, 5, nose, 'transparent');
  } else {
    context.rotate((headingDegrees / 360) * TURN);
    context.fill(ARROW);
  }
}

function pin(context: CanvasRenderingContext2D, colours: Colours, { selected }: Mark, body: string, mark: string): void {
  const scale = selected ? 1 : 0.72;
  context.scale(scale, scale);
  context.fillStyle = body;
  context.strokeStyle = colours.raised;
  context.lineWidth = 2.5;
  context.fill(PIN);
  context.stroke(PIN);
  context.fillStyle = mark;
  context.fill(EXCLAMATION);
}

function disc(context: CanvasRenderingContext2D, radius: number, fill: string, stroke: string): void {
  context.beginPath();
  context.arc(0, 0, radius, 0, TURN);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = stroke;
  context.lineWidth = 2.5;
  context.stroke();
}

function line(context: CanvasRenderingContext2D, colours: Colours, from: Place, to: Place): void {
  context.save();
  context.beginPath();
  context.setLineDash([3, 6]);
  context.lineWidth = 2;
  context.strokeStyle = colours.quiet;
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.restore();
}

function label(context: CanvasRenderingContext2D, colours: Colours, { x, y }: Place, text: string): void {
  context.font = '600 13px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const wide = context.measureText(text).width + 18;
  const fits = x + 22 + wide < context.canvas.clientWidth - RIGHT_EDGE;
  const left = fits ? x + 22 : x - 22 - wide;
  context.beginPath();
  context.roundRect(left, y - 12, wide, 24, 8);
  context.fillStyle = colours.raised;
  context.fill();
  context.fillStyle = colours.text;
  context.fillText(text, left + 9, y + 0.5);
}

/** `light-dark()` and variables as what they are now. */
function coloursOf(canvas: HTMLCanvasElement): Colours {
  const colours = COLOURS.map((name) => {
    canvas.style.color = `var(--${name})`;
    return [name, getComputedStyle(canvas).color];
  });
  return Object.fromEntries(colours) as Colours;
}
