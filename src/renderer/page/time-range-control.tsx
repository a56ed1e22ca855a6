import { CalendarClock, ChevronLeft, ChevronRight, RadioTower, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { formatDateTime } from '../client/format-time';
import { Button } from '../ui/controls/button';
import { IconButton } from '../ui/controls/icon-button';
import { Input } from '../ui/controls/input';
import { Popover } from '../ui/overlays/popover';
import { defaultSince, relativeChoices, resolveTimeRange, type TimeRange, widen } from './time-window';
import { useTimeRange } from './use-time-range';

/** The time window of the page; its state is the URL. */
export function TimeRangeControl() {
  const { range, setRange } = useTimeRange();
  const [open, setOpen] = useState(false);
  const choose = (next: TimeRange) => {
    setRange(next);
    setOpen(false);
  };
  const shift = (direction: 1 | -1) => {
    const { from, to } = resolveTimeRange(range, Date.now());
    const by = (direction * (to - from)) / 2;
    setRange({ from: Math.round(from + by), to: Math.round(to + by) });
  };
  return (
    <div className="flex items-center">
      <IconButton label="Earlier by half a window" size="sm" onClick={() => shift(-1)}>
        <ChevronLeft size={15} />
      </IconButton>
      <Popover
        open={open}
        onOpenChange={setOpen}
        align="end"
        className="w-80"
        trigger={
          <Button className="tabular">
            <CalendarClock size={14} className="text-faint" aria-hidden />
            <span className="sr-only">Time window: </span>
            {describeRange(range)}
          </Button>
        }
      >
        <div className="grid grid-cols-5 gap-1">
          {relativeChoices.map((since) => (
            <Button
              key={since}
              size="sm"
              tone={'since' in range && range.since === since ? 'primary' : 'quiet'}
              onClick={() => choose({ since })}
            >
              {since}
            </Button>
          ))}
        </div>
        <AbsoluteForm range={range} onChoose={choose} />
      </Popover>
      <IconButton label="Later by half a window" size="sm" disabled={'since' in range} onClick={() => shift(1)}>
        <ChevronRight size={15} />
      </IconButton>
      <IconButton label="Zoom out: twice the window" size="sm" onClick={() => setRange(widen(range, Date.now()))}>
        <ZoomOut size={14} />
      </IconButton>
      {'from' in range && (
        <IconButton label="Back to now" size="sm" onClick={() => setRange({ since: defaultSince })}>
          <RadioTower size={14} />
        </IconButton>
      )}
    </div>
  );
}

function AbsoluteForm({ range, onChoose }: { range: TimeRange; onChoose: (range: TimeRange) => void }) {
  const [window] = useState(() => resolveTimeRange(range, Date.now()));
  const [from, setFrom] = useState(formatDateTime(window.from));
  const [to, setTo] = useState(formatDateTime(window.to));
  const fromMs = parseLocal(from);
  const toMs = parseLocal(to);
  const valid = fromMs < toMs;
  return (
    <form
      className="mt-3 grid grid-cols-[auto_1fr] items-center gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onChoose({ from: fromMs, to: toMs });
      }}
    >
      <label htmlFor="range-from" className="text-xs text-muted">
        From
      </label>
      <Input
        id="range-from"
        mono
        value={from}
        invalid={Number.isNaN(fromMs)}
        onChange={(event) => setFrom(event.target.value)}
      />
      <label htmlFor="range-to" className="text-xs text-muted">
        To
      </label>
      <Input
        id="range-to"
        mono
        value={to}
        invalid={Number.isNaN(toMs) || !valid}
        onChange={(event) => setTo(event.target.value)}
      />
      <span className="col-span-2 flex items-center justify-between">
        <span className="text-xs text-faint">Local time</span>
        <Button type="submit" size="sm" tone="primary" disabled={!valid}>
          Show
        </Button>
      </span>
    </form>
  );
}

const localDate = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/** Unix milliseconds of `2026-08-14 14:03:07`, or of its beginning without a time, in local time; NaN when it is no date. */
function parseLocal(text: string): number {
  const [year, month, day, hour = 0, minute = 0, second = 0] = (localDate.exec(text.trim())?.slice(1) ?? []).map(
    (part) => Number(part ?? 0),
  );
  if (year === undefined || month === undefined) return Number.NaN;
  const date = new Date(year, month - 1, day, hour, minute, second);
  // What does not exist, such as 31 February, would be another day.
  return date.getMonth() === month - 1 && date.getDate() === day && minute < 60 ? date.getTime() : Number.NaN;
}

function describeRange(range: TimeRange): string {
  if ('since' in range) return `Last ${range.since}`;
  const from = formatDateTime(range.from);
  const to = formatDateTime(range.to);
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`;
}
