import { useCallback, useRef, useState } from 'react';

/** What stands beside the text of a row: level mark, time, level, service, the way to the trace, and the gaps. */
export const besidePx = 370;
/** Of the monospaced font at the size of a row, when it could not be measured. */
const usualWidthPx = 7.2;
const fewestColumns = 20;

/**
 * How many characters of a log line fit beside each other in the element that is given to the second value. The font is
 * monospaced: one width holds for all. `beside`: CSS pixels of what stands beside it.
 */
export function useTextColumns(beside = besidePx): [number, (element: HTMLElement | null) => void] {
  const [columns, setColumns] = useState(100);
  const watched = useRef<ResizeObserver | null>(null);
  const watch = useCallback(
    (element: HTMLElement | null) => {
      watched.current?.disconnect();
      watched.current = null;
      if (!element) return;
      const width = characterWidth(element);
      watched.current = new ResizeObserver(() =>
        setColumns(Math.max(fewestColumns, Math.floor((element.clientWidth - beside) / width))),
      );
      watched.current.observe(element);
    },
    [beside],
  );
  return [columns, watch];
}

function characterWidth(element: HTMLElement): number {
  const probe = document.createElement('span');
  probe.className = 'invisible absolute font-mono text-xs';
  probe.textContent = '0'.repeat(100);
  element.append(probe);
  const width = probe.getBoundingClientRect().width / 100;
  probe.remove();
  return width || usualWidthPx;
}
