import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import {
  type Cell,
  type CellRectangle,
  cellsBetween,
  countIn,
  type HeatCells,
  type HeatRectangle,
  rectangleOf,
} from './heat-cells';

interface HeatSelection {
  /** The cell under the pointer, or at which the keyboard's cursor stands. */
  at: Cell | null;
  /** Being drawn. */
  drawn: CellRectangle | null;
  /** Whether the keyboard drew it. */
  byKeys: boolean;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
    onPointerLeave: () => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    onBlur: () => void;
  };
}

/**
 * A rectangle of cells, drawn by dragging, or with the arrow keys: they move a cursor, with shift they draw, Enter selects, Escape
 * gives up what is drawn, else what is selected. A click selects a cell, and on an empty one nothing.
 */
export function useHeatSelection(
  cells: HeatCells,
  selected: boolean,
  onSelect: ((rectangle: HeatRectangle | null) => void) | undefined,
): HeatSelection {
  const [at, setAt] = useState<Cell | null>(null);
  const [anchor, setAnchor] = useState<Cell | null>(null);
  const [byKeys, setByKeys] = useState(false);
  const dragging = useRef(false);
  const [width, height] = [cells.columns.length, cells.ys.length - 1];

  const select = (from: Cell, to: Cell) => {
    const drawn = cellsBetween(from, to);
    onSelect?.(countIn(cells, drawn) > 0 ? rectangleOf(drawn, cells) : null);
  };
  const giveUp = () => {
    dragging.current = false;
    setAnchor(null);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || width === 0) return;
    const here = at ?? { x: width - 1, y: Math.floor(height / 2) };
    const moved = moves[event.key]?.(at ? here : null, { x: width - 1, y: height - 1 }) ?? null;
    if (moved) {
      setAnchor(event.shiftKey ? (anchor ?? here) : null);
      setAt(moved);
      setByKeys(true);
    } else if (event.key === 'Enter' && at) {
      select(anchor ?? at, at);
      giveUp();
    } else if (event.key === 'Escape' && (anchor || selected)) {
      if (!anchor) onSelect?.(null);
      giveUp();
    } else return;
    event.preventDefault();
  };
  return {
    at,
    drawn: anchor && at ? cellsBetween(anchor, at) : null,
    byKeys,
    handlers: {
      onPointerDown: (event) => {
        const cell = cellUnder(event, width, height);
        if (!cell || event.button !== 0 || !onSelect) return;
        event.currentTarget.setPointerCapture?.(event.pointerId);
        dragging.current = true;
        setByKeys(false);
        setAnchor(cell);
        setAt(cell);
      },
      onPointerMove: (event) => {
        setByKeys(false);
        setAt(cellUnder(event, width, height));
      },
      onPointerUp: (event) => {
        const cell = cellUnder(event, width, height);
        if (dragging.current && anchor && cell) select(anchor, cell);
        giveUp();
      },
      onPointerCancel: giveUp,
      onPointerLeave: () => {
        if (!dragging.current && !byKeys) setAt(null);
      },
      onKeyDown: press,
      onBlur: () => {
        giveUp();
        setAt(null);
      },
    },
  };
}

/** From no cell, an arrow leads to where the cursor begins. */
const moves: Readonly<Record<string, (from: Cell | null, last: Cell) => Cell>> = {
  ArrowLeft: (from, last) => step(from, last, -1, 0),
  ArrowRight: (from, last) => step(from, last, 1, 0),
  ArrowUp: (from, last) => step(from, last, 0, 1),
  ArrowDown: (from, last) => step(from, last, 0, -1),
  Home: (from, last) => ({ x: 0, y: from?.y ?? last.y >> 1 }),
  End: (from, last) => ({ x: last.x, y: from?.y ?? last.y >> 1 }),
};

function step(from: Cell | null, last: Cell, x: number, y: number): Cell {
  if (!from) return { x: last.x, y: last.y >> 1 };
  return { x: Math.max(0, Math.min(last.x, from.x + x)), y: Math.max(0, Math.min(last.y, from.y + y)) };
}

function cellUnder(event: PointerEvent<HTMLElement>, width: number, height: number): Cell | null {
  const box = event.currentTarget.getBoundingClientRect();
  if (width === 0 || height === 0 || box.width === 0 || box.height === 0) return null;
  const x = Math.floor(((event.clientX - box.left) / box.width) * width);
  const y = Math.floor((1 - (event.clientY - box.top) / box.height) * height);
  return { x: Math.max(0, Math.min(width - 1, x)), y: Math.max(0, Math.min(height - 1, y)) };
}
