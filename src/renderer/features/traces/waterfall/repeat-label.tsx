import { memo, useMemo } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat } from '../../../../shared/trace-paths/find-repeats';
import { formatCount } from '../../../client/format-number';
import { HealthMark } from '../../../ui/marks/health-mark';
import { serviceColour } from '../../../ui/marks/service-colour';
import { showTemplate } from '../../../ui/text/show-template';
import { FindingMark, FoldButton, indentOf, LevelMark } from './label-marks';
import { countBehind, sumRepeat } from './repeat-sums';

interface RepeatLabelProps {
  layout: TraceLayout;
  repeat: Repeat;
  depth: number;
  open: boolean;
  /** Positions that the search inside the trace found. */
  found: ReadonlySet<number>;
  entersService: boolean;
  finding: { readonly name: string; readonly sentence: string } | undefined;
  onToggle: () => void;
}

/** `17 × SELECT order_items`: what the siblings do, how many failed, were found, and what a rule says of them. */
export const RepeatLabel = memo(function RepeatLabel(props: RepeatLabelProps) {
  const { layout, repeat, depth, open, found, entersService, finding, onToggle } = props;
  const { failed } = useMemo(() => sumRepeat(layout, repeat), [layout, repeat]);
  const matches = useMemo(() => countBehind(layout, repeat, found), [layout, repeat, found]);
  return (
    <span className="flex h-full min-w-0 items-center gap-1.5 pr-2" style={{ paddingLeft: indentOf(depth) }}>
      <FoldButton folded={!open} hides="each of them" onToggle={onToggle} />
      <span aria-hidden className="flex shrink-0 flex-col gap-px">
        {[0, 1, 2].map((line) => (
          <span key={line} className="h-1 w-1 rounded-xs" style={{ background: serviceColour(repeat.service) }} />
        ))}
      </span>
      <LevelMark depth={depth} />
      {entersService && (
        <span className="max-w-[45%] min-w-6 shrink truncate text-xs text-muted" title={showPlainText(repeat.service)}>
          {showPlainText(repeat.service)}
        </span>
      )}
      <span className="shrink-0 font-medium tabular">{formatCount(repeat.positions.length)} ×</span>
      <span title={showTemplate(repeat.name)} className="min-w-8 flex-[1_1_5rem] truncate">
        {showTemplate(repeat.name)}
      </span>
      {finding && <FindingMark {...finding} />}
      {failed > 0 && (
        <span className="inline-flex shrink-0 items-center gap-1 text-2xs text-bad tabular">
          <HealthMark health="bad" label="Error" size={10} /> {formatCount(failed)} failed
        </span>
      )}
      {!open && matches > 0 && (
        <span className="shrink-0 rounded bg-warn-soft px-1 text-2xs tabular">{formatCount(matches)} found</span>
      )}
    </span>
  );
});
