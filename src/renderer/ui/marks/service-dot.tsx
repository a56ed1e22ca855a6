import { showPlainText } from '../../../shared/show-plain-text';
import { classNames } from '../class-names';
import { serviceColour } from './service-colour';

/** A service's colour, with its name unless `bare`. */
export function ServiceDot({ service, bare, className }: { service: string; bare?: boolean; className?: string }) {
  const dot = (
    <span
      aria-hidden
      className="inline-block size-2 shrink-0 rounded-sm"
      style={{ background: serviceColour(service) }}
    />
  );
  if (bare) return dot;
  return (
    <span className={classNames('inline-flex min-w-0 items-center gap-1.5 normal-nums', className)}>
      {dot}
      <span className="truncate">{showPlainText(service) || 'unknown service'}</span>
    </span>
  );
}
