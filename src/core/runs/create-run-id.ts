import { randomBytes } from 'node:crypto';

/** Letters and digits that are told apart when they are read aloud or typed. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 8 characters, 40 bits: short enough to type, and none of the few hundred that are kept. */
export function createRunId(isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');
    if (!isTaken(id)) return id;
  }
}
