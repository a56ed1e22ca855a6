import type { SpanIndexReader, StoreReader } from '../../store/reader/reader';
import type { TimeSpan } from '../counting/run-scope';
import type { LookLimits } from '../looking/choose-traces';
import { type LiveFindings, WindowFollower } from './window-follower';

interface Followed {
  readonly follower: WindowFollower;
  readonly opened: SpanIndexReader;
  lastStartNs: bigint;
  /** One answer after the other. */
  answering: Promise<unknown>;
  expiry: NodeJS.Timeout | undefined;
}

/** Windows of different lengths at a time. */
const MOST_WINDOWS = 3;
/** Nobody asks any more. */
const FORGET_MS = 60_000;
/** About a kilobyte each is kept of them. */
const LIMITS: LookLimits = { spans: 40_000, ofMore: 40_000, ofTrace: 8000 };

/** Windows that end now and are asked for again and again, by their length. */
export class FollowedWindows {
  private readonly windows = new Map<bigint, Followed>();

  constructor(
    private readonly reader: StoreReader,
    private readonly limits = LIMITS,
  ) {}

  /** The findings of a window that ends now. Whoever asks for the same length later is answered from what is known already. */
  async findings(range: TimeSpan, signal: AbortSignal): Promise<LiveFindings> {
    const length = range.endNs - range.startNs;
    const known = this.windows.get(length);
    // What is left behind is forgotten: nothing leads back to an earlier window.
    const followed = known && this.goesOn(known, range) ? known : this.begin();
    this.windows.delete(length);
    this.windows.set(length, followed);
    for (const oldest of this.windows.keys()) if (this.windows.size > MOST_WINDOWS) this.windows.delete(oldest);
    clearTimeout(followed.expiry);
    const forget = () => {
      if (this.windows.get(length) === followed) this.windows.delete(length);
    };
    followed.lastStartNs = range.startNs;
    const answer = followed.answering.then(() => followed.follower.findings(range, signal));
    followed.answering = answer.catch(forget);
    try {
      return await answer;
    } finally {
      clearTimeout(followed.expiry);
      followed.expiry = setTimeout(forget, FORGET_MS).unref();
    }
  }

  private begin(): Followed {
    return {
      ...{ follower: new WindowFollower(this.reader, this.limits), opened: this.reader.spanIndex() },
      ...{ lastStartNs: 0n, answering: Promise.resolve(), expiry: undefined },
    };
  }

  private goesOn({ opened, lastStartNs }: Followed, { startNs }: TimeSpan): boolean {
    return opened === this.reader.spanIndex() && startNs >= lastStartNs;
  }
}
