import { Progress as Base } from '@base-ui/react/progress';
import { classNames } from '../class-names';

interface ProgressBarProps {
  label: string;
  /** 0 to 1; null while the end is not known. */
  share: number | null;
  text: string;
  tone?: 'accent' | 'ok' | 'bad';
}

const tones = { accent: 'bg-accent', ok: 'bg-ok', bad: 'bg-bad' };

/** How far something is that comes to an end by itself. */
export function ProgressBar({ label, share, text, tone = 'accent' }: ProgressBarProps) {
  return (
    <Base.Root
      value={share === null ? null : Math.min(100, Math.max(0, share * 100))}
      aria-label={label}
      getAriaValueText={() => text}
    >
      <Base.Track className="block h-1.5 overflow-hidden rounded-full bg-hover">
        <Base.Indicator
          className={classNames(
            'block h-full rounded-full transition-[width]',
            tones[tone],
            'data-[indeterminate]:w-1/4 data-[indeterminate]:animate-pulse',
          )}
        />
      </Base.Track>
    </Base.Root>
  );
}
