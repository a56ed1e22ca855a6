import type { ColumnWidths } from '../../../ui/list/use-column-widths';

/**
 * Columns of the trace list, for its head and its rows: time, what began it, the attributes that the query selects, services,
 * spans, duration. The widths are those of the cells between the two that grow. They follow the width of the list, beside which
 * facets and what differs may stand.
 */
export const traceColumns = {
  row: 'flex items-center gap-3 pr-4 pl-6',
  time: 'w-24 shrink-0',
  name: 'min-w-36 flex-[3] @min-[46rem]:min-w-48 @min-[60rem]:min-w-60',
  route: 'min-w-0 flex-[1.2] basis-24',
  status: 'w-14 shrink-0',
  attribute: 'min-w-0 flex-1 basis-20',
  /** Those that the reader chose, from a width on that has room for any. */
  chosen: 'hidden @min-[44rem]:block',
  standing: 'hidden @min-[64rem]:block',
  services: 'hidden w-32 shrink-0 @min-[78rem]:block',
  spans: 'hidden w-16 shrink-0 text-right @min-[36rem]:block',
  errors: 'w-16 shrink-0',
  bar: 'hidden w-[clamp(5rem,11cqw,24rem)] shrink-0 @min-[46rem]:block',
  duration: 'w-20 shrink-0 text-right',
} as const;

/** What a width that the reader chose makes of a column; without one it grows and shrinks as its classes say. */
export function chosenWidth(
  widths: ColumnWidths,
  name: string,
): { width: number; flex: string; minWidth: number } | undefined {
  const width = widths.of(name);
  return width === null ? undefined : { width, flex: 'none', minWidth: 0 };
}
