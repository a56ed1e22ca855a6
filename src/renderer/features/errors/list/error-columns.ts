/** Columns of the list of errors, for its head and its rows. They follow the width of the list, which a pane may stand beside. */
export const errorColumns = {
  row: 'flex items-center gap-3 px-4',
  what: 'min-w-40 flex-1',
  services: 'hidden w-40 shrink-0 @min-[46rem]:block @min-[90rem]:w-72',
  versions: 'hidden w-28 shrink-0 truncate @min-[80rem]:block',
  handling: 'hidden w-20 shrink-0 @min-[80rem]:block',
  first: 'hidden w-24 shrink-0 text-right @min-[64rem]:block',
  spark: 'ml-3 hidden w-[132px] shrink-0 @min-[38rem]:block',
  last: 'hidden w-20 shrink-0 text-right @min-[28rem]:block',
  count: 'w-14 shrink-0 text-right',
} as const;
