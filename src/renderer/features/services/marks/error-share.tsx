import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { describeErrorShare } from '../../../ui/marks/describe-error-share';
import { HealthMark } from '../../../ui/marks/health-mark';

const tones = { bad: 'text-bad', warn: 'text-warn' } as Record<string, string>;

/** Which share of so many failed: by colour and shape from where it is worth a look. */
export function ErrorShare({ failed, of, what }: { failed: number; of: number; what: string }) {
  if (of === 0) return <span className="text-faint">–</span>;
  const { health, text } = describeErrorShare(failed / of);
  return (
    <span
      title={`${formatCount(failed)} of ${formatCount(of)} ${what}`}
      className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap', tones[health] ?? 'text-muted')}
    >
      {health !== 'off' && <HealthMark health={health} size={9} />}
      {text}
    </span>
  );
}
