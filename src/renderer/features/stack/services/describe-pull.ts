import type { PullProgress } from '../../../../shared/contract/backend';
import { formatBytes } from '../../../../shared/format-bytes';
import { formatDuration } from '../../../../shared/format-duration';

type PullImage = PullProgress['images'][number];

/** Below this nothing useful can be said about the time left. */
const leastBytesPerSecond = 1024;
const coarseSeconds = 10;

/** `share` 0 to 1, null while no size is known. Sizes grow while layers become known, so the time left is "about". */
export function describePull(pull: Pick<PullProgress, 'currentBytes' | 'totalBytes' | 'bytesPerSecond'>): {
  share: number | null;
  amount: string;
  speed: string;
  left: string;
} {
  const { currentBytes, totalBytes, bytesPerSecond } = pull;
  const moving = bytesPerSecond >= leastBytesPerSecond;
  const seconds = (totalBytes - currentBytes) / bytesPerSecond;
  return {
    share: totalBytes > 0 ? currentBytes / totalBytes : null,
    amount: totalBytes > 0 ? `${formatBytes(currentBytes)} of ${formatBytes(totalBytes)}` : 'asking for the sizes',
    speed: moving ? `${formatBytes(bytesPerSecond)}/s` : '',
    left: moving && totalBytes > currentBytes ? `about ${formatDuration(round(seconds) * 1e9)} left` : '',
  };
}

export function describePullImage(image: Pick<PullImage, 'state' | 'currentBytes' | 'totalBytes' | 'layers'>): {
  share: number | null;
  text: string;
} {
  if (image.state === 'present') return { share: 1, text: 'here' };
  if (image.state === 'waiting') return { share: 0, text: 'waits for its turn' };
  const share = image.totalBytes > 0 ? image.currentBytes / image.totalBytes : null;
  if (image.state === 'failed') return { share, text: 'failed' };
  const downloading = image.layers.some(({ state }) => state === 'downloading' || state === 'waiting');
  if (image.layers.length > 0 && !downloading) return { share, text: 'unpacking' };
  return { share, text: share === null ? 'starting' : `${Math.floor(share * 100)} %` };
}

function round(seconds: number): number {
  return seconds < coarseSeconds ? Math.ceil(seconds) : Math.ceil(seconds / coarseSeconds) * coarseSeconds;
}
