import type { LogPattern } from '../../../../shared/contract/log-patterns';
import { formatCount } from '../../../client/format-number';
import { Badge } from '../../../ui/marks/badge';

const looks = {
  new: { mark: '✚', label: 'new' },
  more: { mark: '▲', label: 'more' },
  gone: { mark: '✕', label: 'gone' },
  fewer: { mark: '▼', label: 'rarer' },
} as const;

/** How a pattern differs from the other window; nothing where by no more than chance makes. */
export function ChangeMark({ against }: { against: LogPattern['against'] }) {
  if (!against?.change) return <span className="text-faint">–</span>;
  const { mark, label } = looks[against.change];
  return (
    <span
      title={`${formatCount(against.count)} lines in the other window`}
      className="inline-flex items-center gap-1 whitespace-nowrap"
    >
      <Badge tone={against.change === 'new' || against.change === 'more' ? 'warn' : 'neutral'}>
        <span aria-hidden>{mark}</span> {label}
        {against.ratio !== null && ` ${describeRatio(against.ratio)}`}
      </Badge>
    </span>
  );
}

function describeRatio(ratio: number): string {
  const times = ratio >= 1 ? ratio : 1 / ratio;
  return `${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))}×`;
}
