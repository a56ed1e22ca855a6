import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { takeLock } from '../../ground/take-lock';
import { type AgentId, agents } from '../../shared/agents/agents';
import type { AgentSetup, AgentTelemetry, SetupChange, SetupPlan } from '../../shared/contract/agents';
import type { Problem } from '../../shared/problem';
import { estimateTokens } from '../../shared/run-text/estimate-tokens';
import { type PlannedChange, planPut, planTake, type Target } from '../agent-files/change-file';
import { LedgerFile } from '../agent-files/ledger/ledger';
import { readTextFile } from '../agent-files/ledger/text-file';
import { type Places, placesOf } from '../agent-files/places';
import { readTelemetry } from '../agent-telemetry/read-telemetry';
import { type OtlpEndpoints, type TellingAgent, telemetryTargets } from '../agent-telemetry/telemetry-targets';
import type { CliRuntime } from '../cli-runtime';
import { findOwnCommand, findOwnWords } from '../demo/find-own-command';
import { findInstalled } from './find-installed';
import { findRepositoryCommands } from './repository-commands';
import { alwaysRead } from './rules';
import { type SetupFacts, setupTargets } from './setup-targets';

interface AgentSetupDependencies {
  /** Watchtower's, where it keeps what it wrote. */
  home: string;
  self: CliRuntime['self'];
  /** Where agents shall send to; null: that is not known, and the usual port is taken. */
  endpoint(): OtlpEndpoints | null;
  places?: (folder: string) => Places;
}

type Plan = (target: Target, ledger: LedgerFile) => Promise<PlannedChange>;

/** Sets coding agents up, takes that out again, and switches what they tell about themselves. */
export class AgentSetupBook {
  constructor(private readonly dependencies: AgentSetupDependencies) {}

  /** Every agent with what is there of it, in a repository. */
  async list(folder: string): Promise<{ folder: string; agents: AgentSetup[] } | { problem: Problem }> {
    const opened = await this.open(folder);
    if ('problem' in opened) return opened;
    const { places, facts, ledger } = opened;
    const listed = await Promise.all(
      agents.map(async ({ id, title }): Promise<AgentSetup> => {
        const { targets, notes } = setupTargets(id, places, facts);
        const changes = await Promise.all(targets.map(async (target) => (await planPut(target, ledger)).change));
        const done = changes.filter(({ action, problem }) => action === 'none' && !problem).length;
        const found = findInstalled(id, places);
        return {
          id,
          title,
          found,
          setUp: done === changes.length ? 'full' : done > 0 || (await isOurs(targets, ledger)) ? 'part' : 'none',
          changes,
          tokens: targets.reduce((sum, target) => sum + tokensOf(target), 0),
          notes: [...notes, ...notesOf(facts)],
          telemetry: id === 'opencode' ? null : await readTelemetry(id, places, this.dependencies.endpoint()),
        };
      }),
    );
    return { folder: places.folder, agents: listed };
  }

  /** Those that are found on this machine or in the repository. */
  async found(folder: string): Promise<AgentId[]> {
    const places = this.placesOf(folder);
    return agents.map(({ id }) => id).filter((id) => findInstalled(id, places).length > 0);
  }

  init(folder: string, chosen: readonly AgentId[], dryRun: boolean): Promise<SetupPlan | { problem: Problem }> {
    return this.change(folder, chosen, dryRun, planPut);
  }

  remove(folder: string, chosen: readonly AgentId[], dryRun: boolean): Promise<SetupPlan | { problem: Problem }> {
    return this.change(folder, chosen, dryRun, planTake);
  }

  async telemetry(agent: TellingAgent, folder = this.dependencies.home): Promise<AgentTelemetry> {
    return readTelemetry(agent, this.placesOf(folder), this.dependencies.endpoint());
  }

  async switchTelemetry(
    agent: AgentId,
    { on, content, dryRun }: { on: boolean; content: boolean; dryRun: boolean },
  ): Promise<{ telemetry: AgentTelemetry; changes: SetupChange[] } | { problem: Problem }> {
    if (agent === 'opencode') return { problem: tellsNothing() };
    const opened = await this.open(this.dependencies.home);
    if ('problem' in opened) return opened;
    const endpoint = this.dependencies.endpoint() ?? { http: 'http://localhost:4318' };
    const { places, facts } = opened;
    const targets = (withContent: boolean) =>
      telemetryTargets(agent, places, { endpoint, words: facts.words, content: withContent });
    // Off takes out whichever of the two is there.
    const wanted = on ? targets(content) : [...targets(true), ...targets(false)];
    const changes = await this.carryOut(wanted, dryRun, on ? planPut : planTake);
    if ('problem' in changes) return changes;
    const told =
      changes.find(({ action }) => action !== 'none') ??
      changes.find(({ problem }) => problem) ??
      changes.slice(0, 1)[0];
    const telemetry = await this.telemetry(agent);
    const stays = !on && !dryRun && (telemetry.state === 'on' || telemetry.state === 'elsewhere');
    if (stays)
      telemetry.notes.unshift(`It goes on: not Watchtower switched it on. ${telemetry.shown} says where it sends to.`);
    return { telemetry, changes: told ? [told] : [] };
  }

  private async change(
    folder: string,
    chosen: readonly AgentId[],
    dryRun: boolean,
    plan: Plan,
  ): Promise<SetupPlan | { problem: Problem }> {
    const opened = await this.open(folder);
    if ('problem' in opened) return opened;
    const { places, facts } = opened;
    const wanted = chosen.map((id) => setupTargets(id, places, facts));
    const changes = await this.carryOut(await joinTargets(wanted.flatMap(({ targets }) => targets)), dryRun, plan);
    if ('problem' in changes) return changes;
    const notes = plan === planPut ? [...wanted.flatMap((one) => one.notes), ...notesOf(facts)] : [];
    return { folder: places.folder, changes, notes: [...new Set(notes)] };
  }

  /** One after the other: two may be in one file. A single process at a time. */
  private async carryOut(
    targets: readonly Target[],
    dryRun: boolean,
    plan: Plan,
  ): Promise<SetupChange[] | { problem: Problem }> {
    const lock = dryRun ? null : await takeLock(join(this.dependencies.home, 'agent-setup.lock'));
    if (lock && 'holder' in lock) return { problem: isBusy(lock.holder.pid) };
    try {
      const ledger = await LedgerFile.open(this.dependencies.home);
      if ('problem' in ledger) return ledger;
      const changes: SetupChange[] = [];
      for (const target of targets) {
        const { change, carryOut } = await plan(target, ledger);
        const problem = dryRun ? null : await carryOut();
        changes.push(problem && !change.problem ? { ...change, action: 'none', diff: '', problem } : change);
      }
      return changes;
    } finally {
      lock?.release();
    }
  }

  private async open(
    folder: string,
  ): Promise<{ places: Places; facts: SetupFacts; ledger: LedgerFile } | { problem: Problem }> {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isAbsolute(folder) || !isFolder) return { problem: noFolder(folder) };
    const ledger = await LedgerFile.open(this.dependencies.home);
    if ('problem' in ledger) return ledger;
    const places = this.placesOf(folder);
    const { self } = this.dependencies;
    const facts: SetupFacts = {
      command: findOwnCommand(self),
      words: findOwnWords(self),
      // The desktop app's own binary, which Windows gives no standard input.
      hasInput: !(places.platform === 'win32' && self.args.includes('--cli')),
      repository: findRepositoryCommands(places.folder),
    };
    return { places, facts, ledger };
  }

  private placesOf(folder: string): Places {
    return (this.dependencies.places ?? placesOf)(folder);
  }
}

/** Two agents that read one file share a change: also where one name of it is a link to another. */
async function joinTargets(targets: readonly Target[]): Promise<Target[]> {
  const joined = new Map<string, Target>();
  for (const target of targets) {
    const { path } = await readTextFile(target.path);
    const key = `${path}\0${target.part}\0${target.edit.kind}`;
    const before = joined.get(key);
    joined.set(key, before ? { ...before, agents: [...before.agents, ...target.agents] } : target);
  }
  return [...joined.values()];
}

async function isOurs(targets: readonly Target[], ledger: LedgerFile): Promise<boolean> {
  const paths = await Promise.all(targets.map(async ({ path }) => (await readTextFile(path)).path));
  return paths.some((path, index) => {
    const parts = ledger.get(path)?.layers ?? [];
    return parts.some(
      ({ part, agents: theirs }) => part === targets[index]!.part && theirs.includes(targets[index]!.agents[0]!),
    );
  });
}

function tokensOf({ edit }: Target): number {
  return edit.kind === 'block' || edit.kind === 'whole' ? estimateTokens(alwaysRead(edit.text)) : 0;
}

function notesOf({ words, hasInput }: SetupFacts): string[] {
  if (!hasInput)
    return [
      'The installed app has no standard input on Windows: connect over HTTP, as docs/agents.md says under Windows.',
    ];
  if (words.length === 1 && words[0] === 'watchtower') return [];
  return [
    `The entries name ${words.join(' ')} on this machine: put \`watchtower\` on the PATH before you commit them for others.`,
  ];
}

function noFolder(folder: string): Problem {
  return {
    kind: 'agent-folder-missing',
    message: `${folder} is no folder of this machine.`,
    hint: 'Give the absolute path of a folder in the repository.',
  };
}

function isBusy(pid: number): Problem {
  return {
    kind: 'agent-file-changed',
    message: `Another Watchtower (pid ${pid}) changes agents' files just now. Nothing was touched.`,
    hint: 'Try again in a moment.',
  };
}

function tellsNothing(): Problem {
  return {
    kind: 'agent-no-telemetry',
    message: 'OpenCode sends nothing about itself.',
    hint: 'A plugin of it can: point that one at this machine with `watchtower env`.',
  };
}
