import { formatDuration } from '../../../../shared/format-duration';

/** Nanoseconds, or that they are not known. */
export function Duration({ ns }: { ns: number | null }) {
  return ns === null ? <span className="text-faint">–</span> : <>{formatDuration(ns)}</>;
}
