import type { ErrorKind } from '../../shared/contract/errors';
import { takeThrown } from '../../shared/errors/take-thrown';
import type { Described } from './error-rows';
import type { ExceptionTexts } from './exception-texts';
import type { GroupTable } from './group-table';
import { hash32 } from './hash-32';

const HASHED_CHARACTERS = 2000;

export type DescribedTelling = Described & { readonly kind: ErrorKind };

/** What was thrown, its type found in the stack trace where nothing else tells it. */
export function describeException(
  groups: GroupTable,
  { type, message, stack }: Pick<ExceptionTexts, 'type' | 'message' | 'stack'>,
): DescribedTelling {
  const thrown = type === '' ? takeThrown(stack) : null;
  const known = { type: type || (thrown?.type ?? ''), message: message || (thrown?.message ?? '') };
  const group = groups.numberOf({ kind: 'exception', ...known, stack, place: '' });
  return { kind: 'exception', group, ...hashes(known.type, known.message) };
}

/** A span that failed and recorded no exception. `type` is what its attributes call it, `504` or `timeout`. */
export function describeStatus(groups: GroupTable, name: string, type: string, message: string): DescribedTelling {
  const group = groups.numberOf({ kind: 'status', type, message, stack: '', place: name });
  return { kind: 'status', group, ...hashes('', message) };
}

/** A log line: an exception where a stack trace stands in it. */
export function describeLine(groups: GroupTable, service: string, line: string): DescribedTelling {
  const thrown = takeThrown(line);
  if (thrown) return describeException(groups, thrown);
  const group = groups.numberOf({ kind: 'line', type: '', message: line, stack: '', place: service });
  return { kind: 'line', group, ...hashes('', line) };
}

/** Of a type its last part: `builtins.KeyError` and `KeyError` are one. */
function hashes(type: string, message: string): Omit<Described, 'group'> {
  const plain = message.trim().slice(0, HASHED_CHARACTERS);
  const colon = plain.lastIndexOf(': ');
  return {
    typeHash: hash32(type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf(':')) + 1)),
    messageHash: hash32(plain),
    tailHash: colon === -1 ? 0 : hash32(plain.slice(colon + 2)),
  };
}
