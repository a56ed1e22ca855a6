import type { WireReader } from '../../../wire/wire-reader';
import { decodeKeyValue } from '../../dictionary/attribute-value';
import { plainDoubles } from '../../reader/plain-doubles';
import { sortMembers } from './sort-members';

/** Kinds of attributes that are JSON. */
const ARRAY = 5;
const MAP = 6;

export interface TextAttribute {
  readonly key: string;
  readonly text: string;
}

/** Decodes the protobuf KeyValue message at [start, end) to the text that a label has of it. */
export function readTextAttribute(reader: WireReader, start: number, end: number): TextAttribute {
  const { key, kind, text } = decodeKeyValue(reader, start, end);
  return { key, text: kind === ARRAY || kind === MAP ? plainDoubles(sortMembers(text)) : text };
}
