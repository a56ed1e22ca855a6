import type { Problem } from '../../shared/problem';
import type { JournalPressure } from './journal-writer-port';

/** Tells the user why the journal takes nothing, or what happened to it, and when that is over. */
export class JournalWatch {
  private readonly shown = new Set<string>();

  constructor(
    private readonly onProblem: (id: string, problem: Problem) => void,
    private readonly onSolved: (id: string) => void,
  ) {}

  /** To be told now and then, also when nothing arrives. */
  look(pressure: JournalPressure | null): void {
    this.show('journal-disk-full', pressure?.cause === 'disk-full' ? diskFull() : null);
    this.show('journal-unwritable', pressure?.cause === 'unwritable' ? unwritable(pressure.message) : null);
  }

  removed(isRemoved: boolean): void {
    this.show('journal-removed', isRemoved ? removed() : null);
  }

  private show(id: string, problem: Problem | null): void {
    if (this.shown.has(id) === (problem !== null)) return;
    if (problem) {
      this.shown.add(id);
      this.onProblem(id, problem);
    } else {
      this.shown.delete(id);
      this.onSolved(id);
    }
  }
}

function diskFull(): Problem {
  return {
    kind: 'disk-full',
    message: 'The disk is full: what arrives is refused, as 128 MiB are kept free for the database.',
    hint: 'Free some space; telemetry is then taken again by itself.',
  };
}

function unwritable(message: string): Problem {
  return {
    kind: 'journal-unwritable',
    message: 'What arrives is refused: the journal cannot be written.',
    hint: 'Check the disk and the rights of the data folder; it is tried again by itself.',
    details: message,
  };
}

function removed(): Problem {
  return {
    kind: 'journal-removed',
    message: 'Files of the journal were removed while the engine runs; it goes on with a new one.',
    hint: 'Use "watchtower clean" to free space: the journal holds what is not in the database yet.',
  };
}
