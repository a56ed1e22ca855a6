import type { PullProgress } from '../../../../../shared/contract/backend';
import type { Problem } from '../../../../../shared/problem';
import type { PullEvent } from '../../containers/container-engine';

type ImageProgress = PullProgress['images'][number];
type Layer = ImageProgress['layers'][number];

/** The speed is the mean of this long. */
const windowMs = 3_000;

/** Adds up what the engine tells of the pulls of several images. */
export class PullMeter {
  private readonly images: Map<
    string,
    { state: ImageProgress['state']; layers: Map<string, Layer>; problem?: Problem }
  >;
  /** Bytes that came, with their times, of the last window. */
  private readonly received: { at: number; bytes: number }[] = [];

  constructor(
    images: readonly string[],
    private readonly now: () => number,
  ) {
    this.images = new Map(images.map((image) => [image, { state: 'waiting', layers: new Map() }]));
  }

  add(image: string, event: PullEvent): void {
    const entry = this.images.get(image)!;
    entry.state = 'pulling';
    delete entry.problem;
    const before = entry.layers.get(event.layer);
    // While a layer is extracted the engine counts again from zero: what was downloaded stays downloaded.
    const extracting = event.state === 'extracting' || event.state === 'done';
    const totalBytes = Math.max(before?.totalBytes ?? 0, event.total);
    const currentBytes = extracting ? totalBytes : event.current;
    const bytes = currentBytes - (before?.currentBytes ?? 0);
    entry.layers.set(event.layer, { id: event.layer, state: event.state, currentBytes, totalBytes });
    if (bytes > 0 && event.state === 'downloading') this.received.push({ at: this.now(), bytes });
  }

  present(image: string): void {
    const entry = this.images.get(image)!;
    entry.state = 'present';
    delete entry.problem;
  }

  /** `state`: the engine repeats it, it waits for its next try, or it is given up. */
  fail(image: string, problem: Problem, state: 'pulling' | 'waiting' | 'failed'): void {
    const entry = this.images.get(image)!;
    entry.state = state;
    entry.problem = problem;
  }

  read(): PullProgress {
    const images = [...this.images].map(([image, { state, layers, problem }]) => {
      const list = [...layers.values()];
      return {
        image,
        state,
        currentBytes: sum(list, 'currentBytes'),
        totalBytes: sum(list, 'totalBytes'),
        layers: list,
        ...(problem && { problem }),
      };
    });
    const since = this.now() - windowMs;
    while (this.received[0] && this.received[0].at <= since) this.received.shift();
    const inWindow = this.received.reduce((total, { bytes }) => total + bytes, 0);
    return {
      images,
      currentBytes: sum(images, 'currentBytes'),
      totalBytes: sum(images, 'totalBytes'),
      bytesPerSecond: Math.round((inWindow * 1_000) / windowMs),
    };
  }
}

function sum<Key extends string>(list: readonly Record<Key, number>[], key: Key): number {
  return list.reduce((total, entry) => total + entry[key], 0);
}
