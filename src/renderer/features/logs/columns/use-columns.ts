import { useColumnWidths } from '../../../ui/list/use-column-widths';

const usualWidth = 140;
/** More columns leave no room for the lines. */
const mostColumns = 12;

export interface ShownColumn {
  name: string;
  /** CSS pixels. */
  width: number;
}

/** Columns as the address names them, one a line, with the widths that this browser keeps. */
export function useColumns(named: string | undefined) {
  const widths = useColumnWidths('logs.column');
  const names = (named ?? '')
    .split('\n')
    .filter((name) => name !== '')
    .slice(0, mostColumns);
  const columns = names.map((name): ShownColumn => ({ name, width: widths.of(name) ?? usualWidth }));
  /** The columns with this one, or without it where it is one. */
  const toggled = (name: string) =>
    (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]).join('\n') || undefined;
  return { columns, setWidth: widths.set, toggled };
}
