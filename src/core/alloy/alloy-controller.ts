import type { Problem } from '../../shared/problem';
import { compileRedaction } from '../../shared/redaction/compile-redaction';
import type { HostLog } from '../log/host-log';
import { inBackground } from '../log/in-background';
import { reloadAlloy, verifyAlloy } from './alloy-api';
import type { AlloyFile, AlloyHost } from './alloy-host';
import { type AlloyPipeline, localOnly } from './render/alloy-pipeline';
import { alloyPaths } from './render/name-components';
import { renderConfig } from './render/render-config';
import { renderFiles, secretsOnlyIn } from './render-files';
import type { SwitchCommand, SwitchEvent, SwitchState } from './state';
import { transition } from './transition';

const validateMs = 10_000;
const verifyMs = 5_000;
/** Alloy starts from nothing here. */
const verifyAfterRestartMs = 30_000;

export interface AlloyControllerOptions {
  /** The running Alloy; null while there is none. */
  connect(): AlloyHost | null;
  /** Masks known secrets in a text that will be shown. */
  maskSecrets(text: string): string;
  log: HostLog;
  /** What Alloy is to run with from the start. */
  pipeline?: AlloyPipeline;
  now?: () => number;
}

type Asker = (problem: Problem | null) => void;

/**
 * Changes what a running Alloy does, without restarting it: write beside, validate, put in place, reload, verify, else
 * put the old files back. What happens when is decided by `transition`; here its commands are run, one at a time.
 */
export class AlloyController {
  state: SwitchState;
  private askers: Asker[] = [];
  private waiting: Asker[] = [];
  /** What stood in the container before the switch under way; empty when it put nothing in place yet. */
  private replaced: AlloyFile[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: AlloyControllerOptions) {
    this.state = { name: 'steady', inForce: options.pipeline ?? localOnly, problem: null };
  }

  /** Told of every change of `state`. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What belongs into a new container of Alloy. Holds secrets. */
  containerFiles(): AlloyFile[] {
    return renderFiles(this.state.inForce);
  }

  /**
   * Resolves to null when Alloy runs with it and was checked, else to why the old setting is still in force. While a
   * switch is under way the newest one asked for waits, and those it replaces share its outcome. Without a running
   * Alloy it is kept for the next start.
   */
  async apply(pipeline: AlloyPipeline): Promise<Problem | null> {
    const redaction = compileRedaction(pipeline.redaction, () => '');
    if ('kind' in redaction) return redaction;
    if (this.state.name === 'steady' && !this.options.connect()) {
      this.state = { name: 'steady', inForce: pipeline, problem: null };
      this.changed();
      return null;
    }
    return new Promise((resolve) => {
      (this.state.name === 'steady' ? this.askers : this.waiting).push(resolve);
      this.dispatch({ type: 'want', pipeline });
    });
  }

  /** To be called when Alloy became ready: an adopted one, or one of an earlier host, may run with something else. */
  async reconcile(): Promise<Problem | null> {
    const host = this.options.connect();
    if (!host || this.state.name !== 'steady') return null;
    const { inForce } = this.state;
    const missing = await this.differsFrom(host, inForce).catch(() => true);
    // Meanwhile another one may have been asked for: that is what it is to run with.
    if (this.state.name !== 'steady' || this.state.inForce !== inForce) return null;
    return missing ? this.apply(inForce) : null;
  }

  private async differsFrom(host: AlloyHost, pipeline: AlloyPipeline): Promise<boolean> {
    for (const { path, content } of renderFiles(pipeline)) {
      if ((await host.readFile(path)) !== content) return true;
    }
    return false;
  }

  private dispatch(event: SwitchEvent): void {
    const before = this.state.name;
    const { state, commands } = transition(this.state, event);
    this.state = state;
    if (state.name !== before) this.options.log.info({ state: state.name }, 'alloy');
    for (const command of commands) inBackground(`alloy: ${command.do}`, this.run(command), this.options.log);
    this.changed();
  }

  private async run(command: SwitchCommand): Promise<void> {
    if (command.do === 'report') return this.report(command.problem);
    const host = this.options.connect();
    const problem = host ? await this.perform(command, host).catch(asProblem) : gone;
    this.dispatch(problem ? { type: 'failed', problem: this.masked(problem) } : { type: 'done' });
  }

  private async perform(command: Exclude<SwitchCommand, { do: 'report' }>, host: AlloyHost): Promise<Problem | null> {
    switch (command.do) {
      case 'validate':
        return this.validate(host, command.target);
      case 'install':
        return this.install(host, renderFiles(command.target));
      case 'verify':
        return (await this.verify(host, verifyMs)) ?? (await this.forgetSecrets(host, command.target));
      case 'put-back':
        if (this.replaced.length > 0) await host.putFiles(this.replaced);
        return (await reloadAlloy(host)) ?? this.verify(host, verifyMs);
      case 'restart':
        await host.restart();
        return this.verify(host, verifyAfterRestartMs);
    }
  }

  private async validate(host: AlloyHost, target: AlloyPipeline): Promise<Problem | null> {
    this.replaced = [];
    await host.putFiles([{ path: alloyPaths.candidate, content: renderConfig(target), mode: 0o644 }]);
    const command = ['alloy', 'validate', alloyPaths.candidate];
    const { exitCode, output } = await host.exec(command, { timeoutMs: validateMs });
    if (exitCode === 0) return null;
    return {
      kind: 'alloy-config-invalid',
      message: 'Alloy finds the new configuration invalid; the old one stays in force.',
      hint: 'The reason stands below; the destinations and redaction rules are what differs.',
      details: output.trim().slice(0, 2_000),
    };
  }

  private async install(host: AlloyHost, files: readonly AlloyFile[]): Promise<Problem | null> {
    const before = await Promise.all(files.map(async (file) => ({ ...file, content: await host.readFile(file.path) })));
    this.replaced = before.filter((file): file is AlloyFile => file.content !== null);
    await host.putFiles(files);
    return reloadAlloy(host);
  }

  private verify(host: AlloyHost, limitMs: number): Promise<Problem | null> {
    return verifyAlloy(host, limitMs, this.options.now ?? Date.now);
  }

  /** Empties the files of destinations that are no longer used. */
  private async forgetSecrets(host: AlloyHost, target: AlloyPipeline): Promise<null> {
    const before = this.replaced.find(({ path }) => path === alloyPaths.config)?.content ?? '';
    const unused = secretsOnlyIn(before, renderConfig(target));
    if (unused.length > 0) await host.putFiles(unused.map((path) => ({ path, content: '', mode: 0o600 })));
    return null;
  }

  private report(problem: Problem | null): void {
    if (problem) this.options.log.warn({ problem }, 'alloy was not switched');
    const askers = this.askers;
    this.askers = this.waiting;
    this.waiting = [];
    this.replaced = [];
    for (const tell of askers) tell(problem);
  }

  private masked(problem: Problem): Problem {
    const { message, details } = problem;
    const mask = this.options.maskSecrets;
    return { ...problem, message: mask(message), ...(details !== undefined && { details: mask(details) }) };
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

const gone: Problem = {
  kind: 'alloy-not-running',
  message: 'Alloy stopped while it was being switched.',
  hint: 'Start the stack again.',
};

function asProblem(error: unknown): Problem {
  return {
    kind: 'alloy-not-reached',
    message: 'The container of Alloy could not be worked on.',
    hint: 'See whether the container engine answers and the service alloy runs.',
    details: (error as Error).message,
  };
}
