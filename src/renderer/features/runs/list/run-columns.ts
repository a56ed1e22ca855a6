/** Columns of the list of runs, for its head and its rows. */
export const runColumns = {
  row: 'flex items-center gap-3 pr-4 pl-3',
  choose: 'w-5 shrink-0',
  name: 'min-w-28 flex-[3]',
  revision: 'hidden min-w-0 flex-1 basis-32 min-[1100px]:block',
  end: 'w-16 shrink-0',
  verdict: 'hidden w-28 shrink-0 overflow-hidden min-[600px]:block',
  errors: 'w-14 shrink-0 text-right',
  findings: 'w-16 shrink-0 text-right',
  started: 'hidden w-20 shrink-0 text-right min-[800px]:block',
  duration: 'w-18 shrink-0 text-right',
  acts: 'hidden w-21 shrink-0 min-[900px]:flex',
} as const;
