import { type RefObject, useLayoutEffect, useState } from 'react';

/** Where a side part stands: beside the main one, below it, or over it where there is room for one of them only. */
export type PaneFit = 'beside' | 'below' | 'over';

/** Narrower, two parts side by side are both too narrow to read. */
const leastWidth = 760;
/** Lower, two parts one above the other are both too low. */
const leastHeight = 520;

/** How two parts fit into the frame; where it has no size yet, beside each other. */
export function usePaneFit(frame: RefObject<HTMLElement | null>): PaneFit {
  const [fit, setFit] = useState<PaneFit>('beside');
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      setFit(width === 0 || width >= leastWidth ? 'beside' : height >= leastHeight ? 'below' : 'over');
    };
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => resized.disconnect();
  }, [frame]);
  return fit;
}
