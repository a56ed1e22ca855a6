import type { Problem } from '../../../shared/problem';
import type { JournalDamage, JournalGap } from '../../journal/journal-reader';
import type { JournalPosition } from '../../journal/journal-writer-port';

/** What applying the journal has found, one problem for each segment that is damaged and for what is missing. */
export class JournalProblems {
  private readonly damaged = new Map<number, { bytes: number; places: number }>();
  private readonly missing: string[] = [];

  /** `ended` as of `Lineage`. */
  constructor(
    private readonly onProblem: (id: string, problem: Problem) => void,
    private readonly ended: JournalPosition | undefined,
  ) {}

  damage({ segment, from, to }: JournalDamage, kept: string): void {
    const before = this.damaged.get(segment) ?? { bytes: 0, places: 0 };
    const { bytes, places } = { bytes: before.bytes + to - from, places: before.places + 1 };
    this.damaged.set(segment, { bytes, places });
    const where = places === 1 ? '' : ` at ${places} places`;
    this.onProblem(`journal-damaged-${segment}`, {
      kind: 'journal-damaged',
      message: `${bytes} bytes of the journal, in segment ${segment}${where}, could not be read back: that telemetry is not in the store.`,
      hint: `They are kept in ${kept}; check the disk, and send the telemetry again if it matters.`,
      lifetime: 'until-seen',
    });
  }

  gap(gap: JournalGap): void {
    if (this.isApplied(gap)) {
      this.deleted();
      return;
    }
    const { first, last, position } = gap;
    const segments = first === last ? `Segment ${first}` : `Segments ${first} to ${last}`;
    const behind = position > 0 ? ` (of ${first} what came after its byte ${position})` : '';
    this.missing.push(`${segments}${behind}`);
    this.onProblem('telemetry-missing', {
      kind: 'telemetry-missing',
      message: `${this.missing.join('; ')} of the journal cannot be found: telemetry that the database did not have from there is missing.`,
      hint: 'This happens when the journal or the database is damaged, deleted or put back from a copy; newer telemetry is complete.',
      lifetime: 'until-seen',
    });
  }

  /** Of the one segment that is gone, the database has everything to where its writer closed it. */
  private isApplied({ first, last, position }: JournalGap): boolean {
    const { ended } = this;
    return ended !== undefined && first === last && last === ended.segment && position >= ended.position;
  }

  private deleted(): void {
    this.onProblem('journal-deleted', {
      kind: 'journal-deleted',
      message: 'Files of the journal were deleted while the engine was down. The database has all that they held.',
      hint: 'What they still held for a destination is not sent. Use "watchtower clean" to free space.',
      lifetime: 'until-seen',
    });
  }

  replaced(): void {
    this.onProblem('journal-replaced', {
      kind: 'journal-replaced',
      message:
        'The journal is another than the one the database was filled from: what that one held and the database did not have yet is missing.',
      hint: 'This happens when the journal was deleted, or the database put there from elsewhere. All that the journal has now is stored.',
      lifetime: 'until-seen',
    });
  }
}
