import type { ErrorKind } from '../../shared/contract/errors';
import { errorKey, type ToldError } from '../../shared/errors/error-key';
import { hashText } from '../../shared/shapes/hash-text';

export interface KnownGroup {
  readonly id: string;
  readonly kind: ErrorKind;
  readonly type: string;
  readonly template: string;
  readonly frame: string;
  /** The newest message, cut. */
  example: string;
}

/** Groups that are kept apart; what comes beyond them is counted in one. */
const MOST_GROUPS = 5000;
const EXAMPLE_CHARACTERS = 500;

/** What beyond `MOST_GROUPS` is counted in. */
export const OTHERS = 0;

/** Numbers for groups of errors. */
export class GroupTable {
  readonly groups: KnownGroup[] = [
    { id: hashText('other errors'), kind: 'line', type: '', template: 'other errors', frame: '', example: '' },
  ];
  private readonly byId = new Map<string, number>();

  numberOf(told: ToldError): number {
    const key = errorKey(told);
    const example = told.message.slice(0, EXAMPLE_CHARACTERS);
    const known = this.byId.get(key.id);
    if (known !== undefined) {
      this.groups[known]!.example = example;
      return known;
    }
    if (this.groups.length >= MOST_GROUPS) return OTHERS;
    const number = this.groups.push({ ...key, example }) - 1;
    this.byId.set(key.id, number);
    return number;
  }

  find(id: string): number | undefined {
    return id === this.groups[OTHERS]!.id ? OTHERS : this.byId.get(id);
  }

  /** Forgets groups that no row is of; answers the new number of each that stays. */
  forget(isUsed: (group: number) => boolean): Uint32Array {
    const moved = new Uint32Array(this.groups.length);
    const kept = this.groups.filter((_, number) => number === OTHERS || isUsed(number));
    const numbers = new Map(kept.map((group, number) => [group.id, number]));
    for (const [number, { id }] of this.groups.entries()) moved[number] = numbers.get(id) ?? OTHERS;
    this.groups.splice(0, this.groups.length, ...kept);
    this.byId.clear();
    for (const [id, number] of numbers) if (number !== OTHERS) this.byId.set(id, number);
    return moved;
  }
}
