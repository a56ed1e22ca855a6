import { EngineFailure, type PullEvent } from './container-engine';

interface PullMessage {
  id?: string;
  status?: string;
  progressDetail?: { current?: number; total?: number };
  error?: string;
  errorDetail?: { code?: number; message?: string };
}

const states: Readonly<Record<string, PullEvent['state']>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Verifying Checksum': 'downloading',
  'Download complete': 'downloading',
  Extracting: 'extracting',
  'Pull complete': 'done',
  'Already exists': 'done',
};

/**
 * One line of the answer to `POST /images/create`. Null where it tells nothing of a layer. `sizes` keeps the bytes of each
 * layer over the lines, since the engine counts each phase anew. Throws an `EngineFailure` for the registry's refusal.
 */
export function readPullLine(line: string, sizes: Map<string, number>): PullEvent | null {
  if (line.trim() === '') return null;
  const message = JSON.parse(line) as PullMessage;
  if (message.error ?? message.errorDetail) {
    throw new EngineFailure(message.errorDetail?.code ?? 502, message.errorDetail?.message ?? message.error ?? '');
  }
  const { id, status = '', progressDetail = {} } = message;
  if (!id) return null;
  if (status.startsWith('Retrying')) {
    return { layer: id, state: 'waiting', current: 0, total: sizes.get(id) ?? 0, trouble: status };
  }
  const state = states[status];
  if (!state) return null;
  if (progressDetail.total) sizes.set(id, progressDetail.total);
  const total = sizes.get(id) ?? 0;
  const current = status === 'Downloading' ? (progressDetail.current ?? 0) : state === 'waiting' ? 0 : total;
  return { layer: id, state, current, total };
}
