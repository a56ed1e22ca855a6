import type Docker from 'dockerode';
import { readLines } from '../../../../ground/read-lines';
import { EngineFailure, type PullEvent } from './container-engine';
import { toEngineFailure } from './docker-api';
import { readPullLine } from './read-pull';

export interface PullOptions {
  /** Ends the pull: the engine stops it when its client has gone. */
  signal: AbortSignal;
  /** Milliseconds without a word from the engine, after which the pull is given up. */
  stallMs: number;
}

/** Pulls one image and tells of its layers. Rejects with an `EngineFailure`; ends quietly when it was cancelled. */
export async function* pullImage(
  docker: Docker,
  reference: string,
  { signal, stallMs }: PullOptions,
): AsyncGenerator<PullEvent> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const abortSignal = AbortSignal.any([signal, stalled.signal]);
  const sizes = new Map<string, number>();
  try {
    const stream = await docker.createImage({ fromImage: withTag(reference), abortSignal });
    for await (const line of readLines(stream as AsyncIterable<Buffer>)) {
      timer.refresh();
      const event = readPullLine(line, sizes);
      if (event) yield event;
    }
  } catch (error) {
    if (signal.aborted) return;
    if (stalled.signal.aborted) throw new EngineFailure(0, `The pull stalled: no word for ${stallMs / 1000} s.`);
    throw toEngineFailure(error);
  } finally {
    clearTimeout(timer);
    // Left early by its reader, the pull must not go on in the engine.
    stalled.abort();
  }
}

/** A name alone would pull every tag of the repository. */
export function withTag(reference: string): string {
  const lastPart = reference.slice(reference.lastIndexOf('/') + 1);
  return /[:@]/.test(lastPart) ? reference : `${reference}:latest`;
}
