import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ErrorOccurrence } from '../../../../shared/contract/errors';
import { parseStack } from '../../../../shared/errors/parse-stack';
import { showPlainText } from '../../../../shared/show-plain-text';
import { classNames } from '../../../ui/class-names';
import { Tabs } from '../../../ui/controls/tabs';
import { CopyButton } from '../../../ui/text/copy-button';
import { ExceptionBlock } from '../../../ui/text/exception-block';
import { type FrameRow, foldFrames } from './fold-frames';

/** An occurrence's message and stack trace: frames of one's own code, those of libraries folded, or the whole as it came. */
export function StackTrace({ occurrence, type }: { occurrence: ErrorOccurrence; type: string }) {
  const { message, stack } = occurrence;
  const rows = useMemo(() => foldFrames(parseStack(stack)), [stack]);
  const [raw, setRaw] = useState(false);
  if (message === '' && stack === '') return null;
  if (rows.length === 0 || raw) {
    return (
      <div className="space-y-1.5">
        {rows.length > 0 && <Choice raw={raw} onChange={setRaw} />}
        <ExceptionBlock type={type} message={message} stack={stack} />
      </div>
    );
  }
  return (
    <div className="space-y-1.5">
      <Choice raw={raw} onChange={setRaw} />
      <section aria-label="Stack trace" className="overflow-hidden rounded-md border border-bad/40">
        <div className="flex items-start gap-2 bg-bad-soft px-2.5 py-1.5">
          <p className="min-w-0 flex-1 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
            {type && <b className="font-semibold text-bad">{showPlainText(type)}</b>}
            {type && message && ': '}
            {showPlainText(message.slice(0, 2000))}
          </p>
          <CopyButton text={stack} what="the whole stack trace" />
        </div>
        <ol className="max-h-[50vh] overflow-auto py-1 font-mono text-xs leading-5">
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: frames are known by their place, and may be alike
            <Frames key={at} row={row} />
          ))}
        </ol>
      </section>
    </div>
  );
}

function Choice({ raw, onChange }: { raw: boolean; onChange: (raw: boolean) => void }) {
  return (
    <div className="flex">
      <Tabs
        label="Stack trace"
        look="segment"
        value={raw ? 'raw' : 'frames'}
        onChange={(value) => onChange(value === 'raw')}
        tabs={[
          { value: 'frames', label: 'Own frames' },
          { value: 'raw', label: 'As it came' },
        ]}
      />
    </div>
  );
}

function Frames({ row }: { row: FrameRow }) {
  const [open, setOpen] = useState(false);
  const count = row.frames.length;
  if (!row.own && !open) {
    return (
      <li>
        <button
          type="button"
          aria-expanded={false}
          className="flex w-full items-center gap-1 px-2 text-left text-faint hover:bg-hover hover:text-ink"
          onClick={() => setOpen(true)}
        >
          <ChevronRight size={12} aria-hidden /> {count} {count === 1 ? 'frame' : 'frames'} of libraries
        </button>
      </li>
    );
  }
  return row.frames.map((frame, at) => (
    <li
      // biome-ignore lint/suspicious/noArrayIndexKey: frames are known by their place, and may be alike
      key={at}
      className={classNames('flex gap-1 px-2.5 wrap-anywhere', row.own ? 'font-medium text-ink' : 'pl-6 text-muted')}
    >
      {!row.own && at === 0 && (
        <button
          type="button"
          aria-expanded
          aria-label="Fold the frames of libraries"
          className="-ml-4 shrink-0 text-faint"
          onClick={() => setOpen(false)}
        >
          <ChevronDown size={12} aria-hidden />
        </button>
      )}
      <span className="min-w-0">{showPlainText(frame.text)}</span>
    </li>
  ));
}
