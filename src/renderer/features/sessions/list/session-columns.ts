/** Columns of the list of sessions, for its head and its rows. */
export const sessionColumns = {
  row: 'flex items-center gap-3 pr-4 pl-3',
  name: 'min-w-36 flex-[2]',
  repository: 'hidden min-w-0 flex-1 basis-24 min-[1200px]:block',
  started: 'hidden w-20 shrink-0 text-right min-[800px]:block',
  last: 'w-20 shrink-0 text-right',
  prompts: 'hidden w-14 shrink-0 text-right min-[700px]:block',
  tools: 'w-14 shrink-0 text-right',
  failed: 'w-12 shrink-0 text-right',
  tokens: 'w-16 shrink-0 text-right',
  cost: 'w-36 shrink-0 whitespace-nowrap text-right',
} as const;
