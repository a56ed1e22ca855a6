import { identifyProcess, type ProcessIdentity } from '../../ground/identify-process';
import { isSameStart } from '../../ground/process-start';
import type { RunBegin } from '../../shared/contract/runs';
import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';
import type { RunSummary } from '../../shared/runs/run-summary';
import { createRunId } from './create-run-id';
import { findRun, lastRun } from './find-run';
import { type Found, type KeptRun, RunFiles } from './run-files';

type Answer<Value> = Value | { problem: Problem };

export interface RunBookOptions {
  home: string;
  /** So many runs are kept; those that are pinned, or still run, are not counted out. */
  most?: number;
  now?(): number;
  /** Null when no such process runs. */
  identify?(pid: number): Promise<ProcessIdentity | null>;
  onUnkept(reason: Error): void;
  /** How often it is looked whether those that run are still there, milliseconds. */
  lookMs?: number;
}

const usualMost = 500;
const usualLookMs = 2_000;

/**
 * The runs of a home, newest first, each in a file of its own: what one write loses by a crash is that write alone. A run
 * whose process is gone without a word is `lost`.
 */
export class RunBook {
  readonly #files: RunFiles;
  readonly #kept = new Map<string, KeptRun>();
  /** Files that are left as they are, and why. */
  readonly #strange = new Map<string, Exclude<Found<KeptRun>, { state: 'read' | 'absent' }>>();
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  readonly #identify: (pid: number) => Promise<ProcessIdentity | null>;
  #writing: Promise<unknown> = Promise.resolve();
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(private readonly options: RunBookOptions) {
    this.#files = new RunFiles(options.home);
    this.#now = options.now ?? Date.now;
    this.#identify = options.identify ?? identifyProcess;
  }

  static async open(options: RunBookOptions): Promise<RunBook> {
    const book = new RunBook(options);
    try {
      for (const [id, found] of await book.#files.readAll()) {
        if (found.state === 'read') book.#kept.set(id, found.content);
        else if (found.state !== 'absent') book.#strange.set(id, found);
      }
    } catch (error) {
      options.onUnkept(error as Error);
    }
    await book.lookAfter();
    return book;
  }

  /** Newest first. */
  list(): Run[] {
    return [...this.#kept.values()].map(({ run }) => run).sort((one, other) => other.startedAt - one.startedAt);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** `before`: among the runs that began before this one. */
  find(ref: string, before?: Run): Answer<Run> {
    const strange = this.#strange.get(ref);
    const runs = this.list().filter(({ startedAt }) => !before || startedAt < before.startedAt);
    return strange ? { problem: describeStrange(ref, strange) } : findRun(runs, ref);
  }

  async begin({ pid, ...begun }: RunBegin): Promise<Answer<Run>> {
    if (begun.name === lastRun || !/^[^~\p{Cc}]{1,100}$/u.test(begun.name))
      return { problem: describeName(begun.name) };
    const id = createRunId((taken) => this.#kept.has(taken) || this.#strange.has(taken));
    const run: Run = {
      ...begun,
      id,
      startedAt: this.#afterAll(),
      endedAt: null,
      exitCode: null,
      state: 'running',
      pinned: false,
    };
    const process = (await this.#identify(pid)) ?? { pid, started: '' };
    const refused = await this.#keep({ run, process });
    void this.lookAfter();
    return refused ?? run;
  }

  /** What its end told; also of a run that was taken for lost. */
  async end(
    id: string,
    told: Pick<Run, 'exitCode' | 'signal' | 'outcome'>,
    endedAt = this.#now(),
  ): Promise<Answer<Run>> {
    return this.#change(id, (run) => ({
      ...run,
      ...told,
      // A clock that was set meanwhile makes no run end before it began, nor later than now.
      endedAt: run.state === 'ended' ? run.endedAt : Math.max(Math.min(endedAt, this.#now()), run.startedAt),
      state: 'ended',
    }));
  }

  label(id: string, label: string): Promise<Answer<Run>> {
    return this.#change(id, ({ label: _old, ...run }) => ({ ...run, ...(label !== '' && { label }) }));
  }

  pin(id: string, pinned: boolean): Promise<Answer<Run>> {
    return this.#change(id, (run) => ({ ...run, pinned }));
  }

  async delete(id: string): Promise<Problem | null> {
    if (this.#kept.get(id)?.run.state === 'running')
      return { kind: 'run-not-ended', message: `The run ${id} is still running.`, hint: 'End its command first.' };
    return this.#inTurn(async () => {
      await this.#files.delete(id);
      this.#kept.delete(id);
      this.#tell();
    });
  }

  async keepSummary(summary: RunSummary): Promise<Problem | null> {
    return this.#inTurn(() => this.#files.writeSummary(summary));
  }

  /** Keeps what an ended run came to, and its summary: the disk is waited for once. */
  async finish(id: string, outcome: Run['outcome'], summary: RunSummary): Promise<Answer<Run>> {
    return this.#change(id, (run) => ({ ...run, outcome }), summary);
  }

  async summaryOf(run: Run): Promise<Answer<RunSummary> | null> {
    const found = await this.#files.readSummary(run.id);
    if (found.state === 'read') return found.content;
    return found.state === 'absent' ? null : { problem: describeStrange(run.id, found) };
  }

  /** Looks which of those that run are still there; while there are some, again and again. */
  async lookAfter(): Promise<void> {
    await Promise.all(this.#running().map((kept) => this.#lookAfter(kept)));
    if (this.#looking || this.#closed || this.#running().length === 0) return;
    // Nobody waits for it, and an idle host is not woken.
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      void this.lookAfter();
    }, this.options.lookMs ?? usualLookMs).unref();
  }

  #running(): KeptRun[] {
    return [...this.#kept.values()].filter(({ run }) => run.state === 'running');
  }

  async #lookAfter({ run, process }: KeptRun): Promise<void> {
    const there = await this.#identify(process.pid);
    if (there && (process.started === '' || isSameStart(process.started, there.started))) {
      await this.#files.touch(run.id, this.#now());
      return;
    }
    const seen = (await this.#files.lastSeen(run.id)) ?? this.#now();
    await this.#change(run.id, (current) =>
      current.state === 'running' ? { ...current, state: 'lost', endedAt: Math.max(seen, run.startedAt) } : current,
    );
  }

  /** Resolves when everything that was asked for is written, or could not be. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#looking);
    await this.#writing;
  }

  /** The order of starts is what `last` goes by: none begins before one that is there, whatever the clock says. */
  #afterAll(): number {
    const newest = this.list()[0]?.startedAt ?? 0;
    const now = this.#now();
    // Only where the clock was set back a little: a run of next year must not carry this one there.
    return newest >= now && newest - now < 3_600_000 ? newest + 1 : now;
  }

  async #change(id: string, change: (run: Run) => Run, summary?: RunSummary): Promise<Answer<Run>> {
    const kept = this.#kept.get(id);
    if (!kept) return { problem: { kind: 'unknown-run', message: `There is no run ${id} any more.` } };
    const run = change(kept.run);
    return (await this.#keep({ ...kept, run }, summary)) ?? run;
  }

  async #keep(kept: KeptRun, summary?: RunSummary): Promise<{ problem: Problem } | null> {
    // At once, so that a second change goes on from the first, whose write still waits.
    this.#kept.set(kept.run.id, kept);
    this.#tell();
    const problem = await this.#inTurn(async () => {
      // Deleted while it waited.
      if (!this.#kept.has(kept.run.id)) return;
      await Promise.all([this.#files.write(kept), summary && this.#files.writeSummary(summary)]);
      await this.#forgetOldest();
    });
    return problem && { problem };
  }

  async #forgetOldest(): Promise<void> {
    const old = this.list().slice(this.options.most ?? usualMost);
    for (const { id, pinned, state } of old) {
      if (pinned || state === 'running') continue;
      await this.#files.delete(id);
      this.#kept.delete(id);
    }
  }

  #inTurn(work: () => Promise<void>): Promise<Problem | null> {
    const next = this.#writing.then(work).then(
      () => null,
      (error: Error) => {
        this.options.onUnkept(error);
        return describeUnkept(this.#files.folder, error);
      },
    );
    this.#writing = next;
    return next;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function describeStrange(
  id: string,
  found: { state: 'newer'; version: number } | { state: 'unreadable'; reason: string },
): Problem {
  if (found.state === 'newer')
    return {
      kind: 'run-newer',
      message: `The run ${id} was written by a newer Watchtower, in version ${found.version} of its format.`,
      hint: 'Read it with that Watchtower; it is left as it is.',
    };
  return {
    kind: 'run-unreadable',
    message: `What is kept of the run ${id} could not be read: ${found.reason}`,
    hint: 'Make its file in the folder `runs` of the Watchtower home readable, or delete it.',
  };
}

function describeName(name: string): Problem {
  return {
    kind: 'run-name-invalid',
    message: `A run cannot be called ${JSON.stringify(name.slice(0, 110))}.`,
    hint: `\`${lastRun}\` and \`NAME~1\` stand for other runs, and a name is one line of 1 to 100 characters: choose another with --name.`,
  };
}

function describeUnkept(folder: string, error: Error): Problem {
  return {
    kind: 'run-not-written',
    message: `The run could not be written to ${folder}: ${error.message}`,
    hint: 'Make room or make the folder writable, then try again.',
  };
}
