import type { Rejection } from './rejection';

/** What the sender is told; empty where there is nothing to tell. */
export function describeRejections(items: number, rejected: number, rejections: readonly Rejection[]): string {
  if (rejections.length === 0) return '';
  const reasons = rejections.map(({ reason, count, metric }) => {
    const where = metric === '' ? '' : `, first of ${JSON.stringify(metric)}`;
    return rejections.length === 1 && metric === '' ? reason : `${reason} (${count}${where})`;
  });
  const joined = reasons.join('; ');
  return rejected > 0 ? `${rejected} of ${items} rejected: ${joined}` : joined;
}
