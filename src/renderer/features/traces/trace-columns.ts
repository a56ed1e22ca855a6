/**
 * Columns of the trace list, for its head and its rows: time, what began it, the attributes that the query selects, services,
 * spans, duration. The widths are those of the cells between the two that grow.
 */
export const traceColumns = {
  row: 'flex items-center gap-3 px-4',
  time: 'w-24 shrink-0',
  name: 'min-w-0 flex-[3]',
  selected: 'hidden min-w-0 flex-1 basis-24 md:block',
  services: 'hidden w-36 shrink-0 lg:block',
  spans: 'w-16 shrink-0 text-right',
  errors: 'w-16 shrink-0',
  bar: 'hidden w-[clamp(8rem,16vw,28rem)] shrink-0 md:block',
  duration: 'w-20 shrink-0 text-right',
} as const;
