import { hashText } from '../shapes/hash-text';
import type { Sighting } from './sighting';

/** 16 hex digits, the same in every run and on every machine. */
export function fingerprintOf({ rule, service, key }: Pick<Sighting, 'rule' | 'service' | 'key'>): string {
  return hashText([rule, service, ...key].join('\u0000'));
}
