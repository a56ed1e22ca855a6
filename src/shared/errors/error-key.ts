import type { ErrorKind } from '../contract/errors';
import { hashText } from '../shapes/hash-text';
import { normalizeName } from '../shapes/normalize-name';
import { findOwnFrame } from './find-own-frame';
import { messageTemplate } from './message-template';

/** One telling of an error. */
export interface ToldError {
  readonly kind: ErrorKind;
  readonly type: string;
  readonly message: string;
  /** Empty where none came. */
  readonly stack: string;
  /** Of a span that failed its name, of a line its service; of an exception nothing. */
  readonly place: string;
}

/** What errors that are one have in common; its texts make the id. */
export interface ErrorKey {
  readonly id: string;
  readonly kind: ErrorKind;
  readonly type: string;
  readonly template: string;
  readonly frame: string;
}

const mostCharacters = 200;

/** Which group an error is of. The id is the same in every home and on every machine. */
export function errorKey({ kind, type, message, stack, place }: ToldError): ErrorKey {
  const known = type.trim().slice(0, mostCharacters);
  const template = messageTemplate(known, message);
  const frame = kind === 'exception' ? findOwnFrame(stack) : kind === 'status' ? normalizeName(place) : '';
  const where = kind === 'line' ? place : frame;
  return { id: hashText([kind, known, template, where].join('\u0000')), kind, type: known, template, frame };
}
