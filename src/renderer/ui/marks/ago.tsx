import { formatAgo } from '../../../shared/format-ago';
import { useNow } from '../../client/use-now';

/** How long ago a moment was, in Unix milliseconds; renews itself, and nothing around it. */
export function Ago({ at }: { at: number }) {
  const now = useNow(Date.now() - at < 60_000 ? 1000 : 15_000);
  return formatAgo(at, now);
}
