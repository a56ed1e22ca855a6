import { useState } from 'react';

const usualWidth = 140;
const [least, most] = [60, 900];
/** More columns leave no room for the lines. */
const mostColumns = 12;

export interface ShownColumn {
  name: string;
  /** CSS pixels. */
  width: number;
}

/** Columns as the address names them, one a line, with the widths that this browser keeps. */
export function useColumns(named: string | undefined) {
  const names = (named ?? '')
    .split('\n')
    .filter((name) => name !== '')
    .slice(0, mostColumns);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const columns = names.map((name): ShownColumn => ({ name, width: widths[name] ?? keptWidth(name) }));
  const setWidth = (name: string, wanted: number) => {
    const width = Math.round(Math.max(least, Math.min(most, wanted)));
    setWidths((before) => ({ ...before, [name]: width }));
    localStorage.setItem(keyOf(name), String(width));
  };
  /** The columns with this one, or without it where it is one. */
  const toggled = (name: string) =>
    (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]).join('\n') || undefined;
  return { columns, setWidth, toggled };
}

function keptWidth(name: string): number {
  const kept = Number(localStorage.getItem(keyOf(name)));
  return kept >= least && kept <= most ? kept : usualWidth;
}

function keyOf(name: string): string {
  return `logs.column:${name}`;
}
