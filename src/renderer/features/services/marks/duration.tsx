import { formatDuration } from '../../../../shared/format-duration';

/** Nanoseconds, or that they are not known. */
export function Duration({ ns }: { ns: number | null }) {
  return <span className={ns === null ? 'text-faint' : ''}>{ns === null ? '–' : formatDuration(ns)}</span>;
}
