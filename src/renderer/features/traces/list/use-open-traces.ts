import { useCallback, useState } from 'react';

/** Which traces of a list show what is below them, and how many rows that is. */
export function useOpenTraces() {
  const [open, setOpen] = useState<ReadonlyMap<string, number>>(new Map());
  const toggle = useCallback((traceId: string) => {
    setOpen((before) => {
      const next = new Map(before);
      if (!next.delete(traceId)) next.set(traceId, 1);
      return next;
    });
  }, []);
  const setRows = useCallback((traceId: string, rows: number) => {
    setOpen((before) =>
      before.get(traceId) === rows || !before.has(traceId) ? before : new Map(before).set(traceId, rows),
    );
  }, []);
  return { open, toggle, setRows };
}
