import { type RefObject, useEffect, useState } from 'react';

/** Least width of a small chart, CSS pixels. */
const leastWidth = 330;

/** How many small charts stand beside each other in an element. */
export function useColumnCount(element: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(3);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setColumns(Math.max(1, Math.floor(current.clientWidth / leastWidth)));
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(current);
    return () => resized.disconnect();
  }, [element]);
  return columns;
}
