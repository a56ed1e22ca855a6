import { useState } from 'react';

const [least, most] = [48, 900];

export interface ColumnWidths {
  /** CSS pixels; null where the reader chose none. */
  of: (name: string) => number | null;
  /** Null gives the choice up. */
  set: (name: string, width: number | null) => void;
}

/** The widths that a reader gave to columns, which this browser keeps; `place` names whose columns they are. */
export function useColumnWidths(place: string): ColumnWidths {
  const [chosen, setChosen] = useState<Readonly<Record<string, number | null>>>({});
  const keyOf = (name: string) => `${place}:${name}`;
  const keptWidth = (name: string): number | null => {
    const kept = Number(localStorage.getItem(keyOf(name)));
    return kept >= least && kept <= most ? kept : null;
  };
  return {
    of: (name) => {
      const width = chosen[name];
      return width === undefined ? keptWidth(name) : width;
    },
    set: (name, wanted) => {
      const width = wanted === null ? null : Math.round(Math.max(least, Math.min(most, wanted)));
      setChosen((before) => ({ ...before, [name]: width }));
      if (width === null) localStorage.removeItem(keyOf(name));
      else localStorage.setItem(keyOf(name), String(width));
    },
  };
}
