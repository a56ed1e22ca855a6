import type { DeepestFailure } from './deepest-failures';
import { quoted } from './place-of';

/** `: TypeError: no price`, or nothing where nothing is told. */
export function describeFailure({ type, message }: DeepestFailure): string {
  const what = [type, message].filter(Boolean).join(': ');
  return what === '' ? '' : `: ${quoted(what, 160)}`;
}
