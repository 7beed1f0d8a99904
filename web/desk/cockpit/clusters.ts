export interface Dot {
  no: string;
  /** pixels of the map at its present zoom */
  x: number;
  y: number;
  urgent: boolean;
}

export interface Cluster {
  /** the middle of its dots */
  x: number;
  y: number;
  nos: string[];
  urgent: boolean;
}

/** Dots that fall into one cell of a raster become one; the raster moves with the map, so panning changes nothing. */
export function clustersOf(dots: readonly Dot[], cellPx: number): Cluster[] {
  const cells = new Map<string, Dot[]>();
  for (const dot of dots) {
    const key = `${Math.floor(dot.x / cellPx)} ${Math.floor(dot.y / cellPx)}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [dot]);
    else cell.push(dot);
  }
  return [...cells.values()].map((some) => ({
    x: some.reduce((sum, { x }) => sum + x, 0) / some.length,
    y: some.reduce((sum, { y }) => sum + y, 0) / some.length,
    nos: some.map(({ no }) => no),
    urgent: some.some(({ urgent }) => urgent),
  }));
}

/** Which of the steps of a scale a number falls on: 0 for nothing, the last for the most. */
export function stepOf(count: number, most: number, steps: number): number {
  if (count <= 0 || most <= 0) return 0;
  return Math.min(steps - 1, Math.ceil((count / most) * (steps - 1)));
}
