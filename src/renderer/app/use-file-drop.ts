import { useEffect, useRef, useState } from 'react';

/** Whether files are held over the page; `onFiles` gets those that are dropped, wherever on it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const ended = new AbortController();
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files')) handle(event);
        },
        { signal: ended.signal },
      );
    listen('dragenter', () => setOver(true));
    listen('dragover', (event) => {
      // Otherwise the browser opens the file in place of the panel.
      event.preventDefault();
      event.dataTransfer!.dropEffect = 'copy';
    });
    // Of the window itself alone: leaving one element enters another.
    listen('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false));
    listen('drop', (event) => {
      event.preventDefault();
      setOver(false);
      take.current([...event.dataTransfer!.files]);
    });
    return () => ended.abort();
  }, []);
  return over;
}
