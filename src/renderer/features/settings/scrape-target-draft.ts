import type { Settings } from '../../../shared/contract/host';

type ScrapeTarget = Settings['pipeline']['scrapeTargets'][number];

/** A target while it is edited. */
export interface ScrapeTargetDraft extends ScrapeTarget {
  /** Of the row, for React. */
  id: number;
}

const address = /^[^\s/:]+:\d+$/;
const maxPort = 65_535;

/** What keeps a draft from being a target, in words; null when nothing does. */
export function checkScrapeTarget(draft: ScrapeTargetDraft): string | null {
  if (draft.job.trim() === '') return 'Give the job a name: it becomes the label "job".';
  if (/^https?:/i.test(draft.address)) return 'Give HOST:PORT alone, without http:// and without a path.';
  if (!address.test(draft.address) || Number(draft.address.split(':')[1]) > maxPort) {
    return 'The address is HOST:PORT, such as host.docker.internal:8080.';
  }
  if (/^(localhost|127\.)/i.test(draft.address)) {
    return 'Inside its container, Alloy is localhost itself: use host.docker.internal for this machine.';
  }
  return draft.path.startsWith('/') ? null : 'The path begins with a slash.';
}

export function scrapeTargetOf({ job, address: target, path }: ScrapeTargetDraft): ScrapeTarget {
  return { job: job.trim(), address: target, path };
}
