import type { PageKey } from './page-keys';

/**
 * Keys that step through the rows of a page (`data-list-row`) by moving the focus. A row is what opens it itself, or something
 * around it: there the first link in it. `what` is one row, as it stands in the list of keys.
 */
export function rowKeys(what: string): PageKey[] {
  return [
    { key: 'j', label: `Next ${what}`, run: () => step(1) },
    { key: 'k', label: `Previous ${what}`, run: () => step(-1) },
    { key: 'Enter', label: `Open the ${what} that has the focus`, run: openFocused },
  ];
}

/** From the first where none has the focus, or from the last where it goes back. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-list-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next]?.focus();
}

/** A control that has the focus takes the key itself. */
function openFocused(): void {
  document.activeElement?.closest('main [data-list-row]')?.querySelector('a')?.click();
}
