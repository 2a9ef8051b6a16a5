/** What marks need at the edges of a map, in CSS pixels: they stand upright on their positions, and the buttons cover the right edge. */
const WANTED = { top: 72, bottom: 56, left: 48, right: 88 };
/** Of the width or the height of a small map so much at most: the rest is for what lies between the marks. */
const PART = { top: 0.3, bottom: 0.18, left: 0.15, right: 0.25 };

export type Padding = Readonly<typeof WANTED>;

/** How far marks stay away from the edges of a map of that size, all in CSS pixels. */
export function paddingOf(width: number, height: number): Padding {
  return {
    top: Math.min(WANTED.top, height * PART.top),
    bottom: Math.min(WANTED.bottom, height * PART.bottom),
    left: Math.min(WANTED.left, width * PART.left),
    right: Math.min(WANTED.right, width * PART.right),
  };
}
