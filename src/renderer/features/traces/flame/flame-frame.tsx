import { memo } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { MergedPath } from '../../../../shared/trace-paths/merge-paths';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { HealthMark } from '../../../ui/marks/health-mark';
import { serviceColour } from '../../../ui/marks/service-colour';
import { showTemplate } from '../../../ui/text/show-template';

interface FlameFrameProps {
  path: MergedPath;
  /** 0 to 1 of what is shown. */
  left: number;
  right: number;
  /** Pixels. */
  top: number;
  chosen: boolean;
  dim: boolean;
  found: boolean;
  onChoose: () => void;
  onZoom: () => void;
}

/** Narrower frames have no room for a word. */
const leastNamed = 0.02;

/** One path: its name, how often, and how much of its work it did itself (the part that is not shaded). */
export const FlameFrame = memo(function FlameFrame(props: FlameFrameProps) {
  const { path, left, right, top, chosen, dim, found, onChoose, onZoom } = props;
  const { name, service, spans, failed, work, own } = path;
  const colour = serviceColour(service);
  const label = `${showPlainText(service)} ${showTemplate(name)}`;
  const count = spans.length === 1 ? '' : `${formatCount(spans.length)} × `;
  const isNamed = right - left >= leastNamed;
  return (
    <div
      role="treeitem"
      aria-level={path.depth + 1}
      aria-selected={chosen}
      aria-label={isNamed ? undefined : `${count}${label}, ${formatDuration(work)} of work, ${formatDuration(own)} own`}
      title={`${count}${label}\n${formatDuration(work)} of work with all below · ${formatDuration(own)} own${failed > 0 ? ` · ${formatCount(failed)} failed` : ''}`}
      tabIndex={-1}
      className={classNames(
        'absolute flex h-5.5 cursor-pointer items-center gap-1 overflow-hidden rounded-xs border-l-2 text-xs whitespace-nowrap text-ink',
        chosen && 'z-10 outline-2 outline-accent',
        dim && 'opacity-35',
        isNamed && 'px-1',
      )}
      style={{
        top,
        left: `${left * 100}%`,
        width: `max(1px, calc(${(right - left) * 100}% - 1px))`,
        borderColor: failed > 0 ? 'var(--color-bad)' : colour,
        background: `color-mix(in srgb, ${colour} ${found ? 55 : 28}%, var(--color-surface))`,
      }}
      onClick={onChoose}
      onDoubleClick={onZoom}
      onKeyDown={(event) => event.key === 'Enter' && onZoom()}
    >
      {isNamed && (
        <>
          {failed > 0 && <HealthMark health="bad" label="Error" size={10} />}
          <span className="truncate">
            {count}
            {showTemplate(name)}
          </span>
          <span className={right - left > 0.12 ? 'ml-auto shrink-0 pl-2 font-mono text-2xs' : 'sr-only'}>
            {formatDuration(work)}
          </span>
          <span className="sr-only">
            of work, {formatDuration(own)} own, {showPlainText(service)}
          </span>
        </>
      )}
    </div>
  );
});
