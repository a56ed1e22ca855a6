import { hashText } from '../shapes/hash-text';
import { remembered } from '../shapes/remembered';
import type { Sighting } from './sighting';

const hash = remembered(hashText);

/** 16 hex digits, the same in every run and on every machine. */
export function fingerprintOf({ rule, service, key }: Pick<Sighting, 'rule' | 'service' | 'key'>): string {
  return hash([rule, service, ...key].join('\u0000'));
}
