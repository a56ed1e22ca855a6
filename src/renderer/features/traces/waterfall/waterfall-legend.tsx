import { CircleHelp, Lightbulb, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button';
import { HealthMark } from '../../../ui/marks/health-mark';
import { Popover } from '../../../ui/overlays/popover';

const bar = 'var(--color-service-0)';

/** What the marks of the waterfall mean, each drawn as it is there. */
export function WaterfallLegend() {
  return (
    <Popover
      align="end"
      className="w-96"
      trigger={
        <Button size="sm" tone="quiet">
          <CircleHelp size={13} aria-hidden /> Legend
        </Button>
      }
    >
      <ul aria-label="Legend" className="grid gap-2 text-sm">
        <Entry mark={<Sample left="0%" width="100%" className="h-3" />}>
          The span’s own work, in its service’s colour
        </Entry>
        <Entry mark={<Sample left="0%" width="100%" className="h-3 opacity-35" />}>
          Waits for what stands below it
        </Entry>
        <Entry mark={<Sample left="0%" width="100%" className="h-0.5" colour="var(--color-ink)" />}>
          On the critical path: what the whole trace waited for
        </Entry>
        <Entry mark={<Sample left="50%" width="2px" className="h-4" colour="var(--color-ink)" />}>
          An event of the span
        </Entry>
        <Entry mark={<Sample left="50%" width="4px" className="h-1 rounded-full" colour="var(--color-accent)" />}>
          A log line of the span
        </Entry>
        <Entry mark={<Sample left="0%" width="100%" className="h-3" colour="var(--color-bad)" />}>
          <span className="inline-flex items-center gap-1.5">
            A span that failed <HealthMark health="bad" label="Error" size={11} />
          </span>
        </Entry>
        <Entry mark={<span className="text-xs font-medium tabular">17 ×</span>}>
          Siblings that do the same in one line; its button, or →, shows each
        </Entry>
        <Entry mark={<Lightbulb size={12} className="text-warn" />}>A rule found something here; hover for what</Entry>
        <Entry mark={<Unlink size={12} className="text-warn" />}>Its parent span was not received</Entry>
        <Entry mark={<span className="rounded bg-hover px-1 text-2xs text-muted">18</span>}>
          Its level, where it is deeper than the indentation shows
        </Entry>
      </ul>
    </Popover>
  );
}

function Entry({ mark, children }: { mark: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-3">
      <span className="relative flex h-4 w-14 shrink-0 items-center justify-center" aria-hidden>
        {mark}
      </span>
      <span>{children}</span>
    </li>
  );
}

interface SampleProps {
  left: string;
  width: string;
  className: string;
  colour?: string;
}

function Sample({ left, width, className, colour = bar }: SampleProps) {
  return <span className={`absolute rounded-xs ${className}`} style={{ left, width, background: colour }} />;
}
