import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { Popover } from '../../../ui/overlays/popover';
import { saveFile } from '../../../ui/text/save-file';
import { collectLines, mostSaved, type SavedAs } from './collect-lines';

interface DownloadLinesProps {
  query: string;
  resolveWindow: () => TimeWindow;
  /** Lines of the window; 0 while it is not known. */
  total: number;
}

/** Saves the lines of the query and window as a file, and says how many they are and what is left out. */
export function DownloadLines({ query, resolveWindow, total }: DownloadLinesProps) {
  const [state, setState] = useState<{ lines: number } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);

  const save = async (as: SavedAs) => {
    const controller = new AbortController();
    abort.current = controller;
    setSaid(null);
    setState({ lines: 0 });
    const page = async (window: TimeWindow, limit: number) =>
      (await client.logs.query({ query, window, limit, direction: 'backward' }, { signal: controller.signal })).records;
    try {
      const window = resolveWindow();
      const { parts, lines, isCut } = await collectLines(page, window, as, (count) => setState({ lines: count }));
      const name = `logs-${new Date(window.to).toISOString().replaceAll(/[:.]/g, '-')}.${as}`;
      if (lines > 0) saveFile(name, as === 'txt' ? 'text/plain' : 'application/x-ndjson', parts.toReversed());
      setSaid(
        lines === 0
          ? 'No line matches: nothing was saved.'
          : isCut
            ? `The newest ${formatCount(lines)} lines${total > lines ? ` of ${formatCount(total)}` : ''} were saved as ${name}; older ones of the window are not in it.`
            : `All ${formatCount(lines)} lines of the window were saved as ${name}.`,
      );
    } catch (error) {
      setSaid(controller.signal.aborted ? 'Stopped: nothing was saved.' : describeError(error).message);
    }
    setState(null);
  };
  return (
    <Popover
      align="end"
      trigger={
        <button
          type="button"
          aria-label="Save the lines"
          title="Save the lines"
          className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <Download size={15} aria-hidden />
        </button>
      }
    >
      <div className="w-72 text-sm">
        <p className="mb-2 text-muted">
          The lines of this query and window as a file, the oldest first
          {total > mostSaved && `: the newest ${formatCount(mostSaved)} of ${formatCount(total)}`}.
        </p>
        {state ? (
          <div className="flex items-center gap-2">
            <span role="status" className="flex-1 tabular">
              {formatCount(state.lines)} lines …
            </span>
            <Button size="sm" onClick={() => abort.current?.abort()}>
              Stop
            </Button>
          </div>
        ) : (
          <div className="flex gap-2">
            <Button size="sm" onClick={() => void save('txt')}>
              As text
            </Button>
            <Button size="sm" onClick={() => void save('jsonl')}>
              As JSON lines
            </Button>
          </div>
        )}
        {said && (
          <p role="status" className="mt-2 text-xs wrap-anywhere text-muted">
            {said}
          </p>
        )}
      </div>
    </Popover>
  );
}
