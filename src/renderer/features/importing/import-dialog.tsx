import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { Button } from '../../ui/controls/button';
import { ProgressBar } from '../../ui/marks/progress-bar';
import { Dialog } from '../../ui/overlays/dialog';
import { FileReport } from './file-report';
import { type FileOutcome, type FileProgress, sendFile } from './send-file';

const notBegun: FileProgress = { part: 'handing', share: 0 };

interface ImportDialogProps {
  /** In the order in which they are imported; more may be added at the end. */
  files: readonly File[];
  onAdd: (files: readonly File[]) => void;
  onClose: () => void;
}

/** Imports files one after the other, and says of each what came of it. */
export function ImportDialog({ files, onAdd, onClose }: ImportDialogProps) {
  const [outcomes, setOutcomes] = useState<readonly FileOutcome[]>([]);
  const [progress, setProgress] = useState<FileProgress>(notBegun);
  const input = useRef<HTMLInputElement>(null);
  const current = files[outcomes.length];
  useEffect(() => {
    if (!current) return;
    const closing = new AbortController();
    setProgress(notBegun);
    void sendFile(current, (next) => closing.signal.aborted || setProgress(next), closing.signal).then((outcome) => {
      if (!closing.signal.aborted) setOutcomes((before) => [...before, outcome]);
    });
    return () => closing.abort();
  }, [current]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Import telemetry"
      description="Files of OTLP JSON, laid out in any way, plain or gzip: what Export of a trace and the command watchtower export write, up to 64 MiB each. The same file twice adds nothing: what is there already is kept once."
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
            ) : (
              <Progress {...progress} />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Progress({ part, share }: FileProgress) {
  const label = part === 'storing' ? 'Storing it' : 'Handing it over';
  // A file of one request is stored at once: no part of it can be told before.
  const known = part === 'handing' || share > 0;
  const text = known ? `${Math.round(share * 100)} %` : '';
  return (
    <>
      <p className="mb-1 text-sm text-muted">
        {label} {text}
      </p>
      <ProgressBar label={label} share={known ? share : null} text={text} />
    </>
  );
}
