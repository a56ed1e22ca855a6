import { showPlainText } from '../../../shared/show-plain-text';
import { classNames } from '../class-names';
import { MiddleCut } from './middle-cut';
import { serviceColour } from './service-colour';

interface ServiceDotProps {
  service: string;
  bare?: boolean;
  /** Where names stand below each other, which begin alike. */
  cut?: 'end' | 'middle';
  className?: string;
}

/** A service's colour, with its name unless `bare`. */
export function ServiceDot({ service, bare, cut = 'end', className }: ServiceDotProps) {
  const dot = (
    <span
      aria-hidden
      className="inline-block size-2 shrink-0 rounded-sm"
      style={{ background: serviceColour(service) }}
    />
  );
  if (bare) return dot;
  const name = showPlainText(service) || 'unknown service';
  return (
    <span className={classNames('inline-flex min-w-0 items-center gap-1.5 align-bottom normal-nums', className)}>
      {dot}
      {cut === 'middle' ? (
        <span className="flex min-w-0" title={name}>
          <MiddleCut name={name} />
        </span>
      ) : (
        <span className="truncate">{name}</span>
      )}
    </span>
  );
}
