import type { z } from 'zod';
import type {
  ErrorDetail,
  ErrorGroup,
  ErrorList,
  ErrorsInput as ErrorsInputSchema,
} from '../../shared/contract/errors';
import type { TimeWindow } from '../../shared/contract/telemetry';
import type { ToldGroup } from '../../shared/errors/told-errors';
import type { Problem } from '../../shared/problem';
import type { ErrorPage, ErrorSource } from './error-source';
import type { MuteBook } from './mute-book';
import { type Moments, resolveSince, resolveWindow } from './resolve-errors';

export interface InboxParts {
  /** Those of an engine that groups them itself, and what is made of the APIs of another backend. */
  readonly engine: ErrorSource;
  readonly searched: ErrorSource;
  readonly groups: () => boolean;
  readonly mutes: MuteBook;
  readonly moments: Moments;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export type ReadErrorsInput = z.output<typeof ErrorsInputSchema>;
type Refusal = { problem: Problem };

/** The errors of applications, without those that a person muted. */
export class ErrorInbox {
  constructor(private readonly parts: InboxParts) {}

  async list(input: ReadErrorsInput, signal?: AbortSignal): Promise<ErrorList | Refusal> {
    return (await this.listWithVersion(input, signal)).answer;
  }

  /** `version`: another one when there are other errors, or other ones are muted. */
  async listWithVersion(
    input: ReadErrorsInput,
    signal?: AbortSignal,
  ): Promise<{ answer: ErrorList | Refusal; version: unknown }> {
    const { moments, mutes, now = Date.now } = this.parts;
    const asked = resolveWindow(input, moments, now());
    if ('problem' in asked) return { answer: asked, version: null };
    const { window, runIds } = asked;
    const since = resolveSince(input.newSince, window, moments);
    if ('problem' in since) return { answer: since, version: null };
    const { service, buckets } = input;
    const told = await this.source().list({ window, buckets, service, runIds }, signal);
    const isKept = told.keptSince !== null && told.keptSince < since.at;
    const found = told.groups
      .map((group) => this.judge(group, isKept ? since.at : null))
      .filter((group) => fits(group, input));
    const visible = found.filter(({ muting }) => muting === null);
    const muted = found.length - visible.length;
    const shown =
      input.muted === 'show' ? found : input.muted === 'only' ? found.filter((each) => each.muting) : visible;
    const answer: ErrorList = {
      window,
      groups: shown.sort(orders[input.sort]).slice(0, input.limit),
      total: shown.length,
      occurrences: shown.reduce((sum, { count }) => sum + count, 0),
      newGroups: shown.filter(({ isNew }) => isNew).length,
      muted,
      services: [...told.services],
      newSince: isKept ? since : null,
      partial: !this.parts.groups(),
      leftOut: [...told.leftOut],
    };
    return { answer, version: `${told.version}/${mutes.version}` };
  }

  async group(
    {
      id,
      window,
      run,
      runs,
      buckets,
      ...page
    }: { id: string; window?: TimeWindow; run?: string; runs?: string[]; buckets: number } & ErrorPage,
    signal?: AbortSignal,
  ): Promise<ErrorDetail | Refusal> {
    const { moments, now = Date.now } = this.parts;
    const asked = resolveWindow({ window, run, runs }, moments, now());
    if ('problem' in asked) return asked;
    const { from } = asked.window;
    const request = { window: asked.window, buckets, runIds: asked.runIds };
    const { group, keptSince, occurrences, next, leftOut } = await this.source().find(id, request, page, signal);
    return {
      window: asked.window,
      group: group && this.judge(group, keptSince !== null && keptSince < from ? from : null),
      occurrences: [...occurrences],
      next,
      partial: !this.parts.groups(),
      leftOut: [...leftOut],
    };
  }

  private source(): ErrorSource {
    return this.parts.groups() ? this.parts.engine : this.parts.searched;
  }

  private judge(group: ToldGroup, newSince: number | null): ErrorGroup {
    const muted = this.parts.mutes.find(group.id);
    const cameAgain = muted !== undefined && group.lastKept > muted.at;
    const isOver = muted === undefined || (muted.how !== 'muted' && cameAgain);
    return {
      ...group,
      isNew: newSince !== null && group.firstKept >= newSince,
      muting: isOver ? null : { how: muted.how, at: muted.at },
      cameBack: muted?.how === 'resolved' && cameAgain,
    };
  }
}

const orders: Record<ReadErrorsInput['sort'], (a: ErrorGroup, b: ErrorGroup) => number> = {
  last: (a, b) => b.lastSeen - a.lastSeen || byId(a, b),
  first: (a, b) => b.firstKept - a.firstKept || byId(a, b),
  count: (a, b) => b.count - a.count || byId(a, b),
};

function byId(a: ErrorGroup, b: ErrorGroup): number {
  return a.id < b.id ? -1 : 1;
}

function fits({ isNew, type, template, example, frame, services }: ErrorGroup, input: ReadErrorsInput): boolean {
  if (input.onlyNew && !isNew) return false;
  const words = (input.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [type, template, example, frame, ...services.map(({ name }) => name)].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
