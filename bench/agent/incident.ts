import type { Pod } from './world/pods';
import type { Call, RequestFacts } from './world/request';

/** A gauge or counter of each pod of a service. */
export interface PodMetric {
  readonly service: string;
  readonly name: string;
  readonly counter?: true;
  /** At a minute; of a counter, its increase a second. */
  value(minute: number, pod: Pod, random: () => number): number;
}

/** Asks one of the tools; answers its text. */
export type Ask = (tool: string, args: Readonly<Record<string, unknown>>) => Promise<string>;

/** A planted incident of a shop: what happens, how it is solved, and what the answers must show. */
export interface Incident {
  readonly id: string;
  /** What a person would say to an agent. */
  readonly task: string;
  /** One sentence: what it was. */
  readonly cause: string;
  /** Pods of a service at a minute, where they are others than usual. */
  podsAt?(service: string, minute: number): readonly Pod[] | undefined;
  /** What is otherwise than usual with a request. Changes the call. */
  alter(call: Call, facts: RequestFacts, podOf: (call: Call) => Pod): void;
  readonly metrics?: readonly PodMetric[];
  /** The shortest honest way: each question follows from the task and the answers before. */
  solve(ask: Ask): Promise<void>;
  /** Each must be in some answer. The first names the cause. */
  readonly evidence: readonly RegExp[];
  /** What an answer in a person's words has to name. */
  readonly named: readonly RegExp[];
  /** None may stand above the cause in the answer that names it first. */
  readonly distractors: readonly RegExp[];
}

/** When it begins, in minutes of 60. */
export const BEGINS = 45;
