import type { HeatCells } from './heat-cells';
import { heatColour, heatShade, heatShades } from './heat-shade';
import { readColour } from './read-colour';

/** From this width and height of a cell on, CSS pixels, cells stand apart. */
const apartFrom = 4;

/** Draws the cells over the whole canvas; empty ones leave it clear. `element` has the theme's colours. */
export function drawHeat(canvas: HTMLCanvasElement, element: HTMLElement, cells: HeatCells, most: number): void {
  const { clientWidth: width, clientHeight: height } = element;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  const rows = cells.ys.length - 1;
  if (!context || rows < 1 || cells.columns.length === 0) return;
  const [cellWidth, cellHeight] = [canvas.width / cells.columns.length, canvas.height / rows];
  const gap = Math.min(cellWidth, cellHeight) >= apartFrom * ratio ? Math.round(ratio) : 0;
  const colours = new Map<number, string>();
  const colourOf = (shade: number) => {
    const known = colours.get(shade);
    if (known) return known;
    const colour = readColour(element, heatColour(Math.min(shade, heatShades - 1)));
    colours.set(shade, colour);
    return colour;
  };
  for (const [x, column] of cells.columns.entries()) {
    const left = Math.round(x * cellWidth);
    const right = Math.round((x + 1) * cellWidth);
    for (let y = 0; y < rows; y++) {
      const shade = heatShade(column[y] ?? 0, most);
      if (shade < 0) continue;
      const top = Math.round(canvas.height - (y + 1) * cellHeight);
      const bottom = Math.round(canvas.height - y * cellHeight);
      context.fillStyle = colourOf(shade);
      context.fillRect(left, top, Math.max(1, right - left - gap), Math.max(1, bottom - top - gap));
    }
  }
}
