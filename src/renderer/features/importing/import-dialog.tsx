import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { Button } from '../../ui/controls/button';
import { ProgressBar } from '../../ui/marks/progress-bar';
import { Spinner } from '../../ui/marks/spinner';
import { Dialog } from '../../ui/overlays/dialog';
import { FileReport } from './file-report';
import { type FileOutcome, sendFile } from './send-file';

interface ImportDialogProps {
  /** In the order in which they are imported; more may be added at the end. */
  files: readonly File[];
  onAdd: (files: readonly File[]) => void;
  onClose: () => void;
}

/** Imports files one after the other, and says of each what came of it. */
export function ImportDialog({ files, onAdd, onClose }: ImportDialogProps) {
  const [outcomes, setOutcomes] = useState<readonly FileOutcome[]>([]);
  const [share, setShare] = useState<number | null>(0);
  const input = useRef<HTMLInputElement>(null);
  const current = files[outcomes.length];
  useEffect(() => {
    if (!current) return;
    const closing = new AbortController();
    setShare(0);
    void sendFile(current, setShare, closing.signal).then((outcome) => {
      if (!closing.signal.aborted) setOutcomes((before) => [...before, outcome]);
    });
    return () => closing.abort();
  }, [current]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Import telemetry"
      description="Files of OTLP JSON, one request or one a line: what Export of a trace and the command watchtower export write, up to 64 MiB each. The same file twice adds nothing: what is there already is kept once."
      className="w-[min(40rem,92vw)]"
      actions={
        <>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            aria-label="Files to import"
            onChange={({ target }) => {
              onAdd([...(target.files ?? [])]);
              target.value = '';
            }}
          />
          <Button onClick={() => input.current?.click()}>
            <FileUp size={14} aria-hidden /> {files.length === 0 ? 'Choose files' : 'Choose more'}
          </Button>
          <Button onClick={onClose}>{current ? 'Stop' : 'Close'}</Button>
        </>
      }
    >
      <ul aria-label="Files" className="grid gap-2">
        {files.map((file, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: files are only added at the end
          <li key={at} className="min-w-0 rounded-md border border-line p-3">
            <h3 className="truncate font-mono text-sm">{showPlainText(file.name)}</h3>
            {outcomes[at] ? (
              <FileReport outcome={outcomes[at]} onLeave={onClose} />
            ) : at > outcomes.length ? (
              <p className="text-sm text-muted">Waits for the files before it.</p>
            ) : share === null ? (
              <Spinner label="Storing it" />
            ) : (
              <ProgressBar label="Handing it over" share={share} text={`${Math.round(share * 100)} %`} />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
