import { spawn } from 'node:child_process';
import type { DemoSent } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { CliRuntime } from '../cli-runtime';

/** Requests to the imaginary shop a second. */
const rate = 10;
const longestMs = 60_000;

/** Sends the telemetry of `watchtower generate` from a process of its own: its SDK is large, and the host stays small. */
export class DemoSender {
  #child: ReturnType<typeof spawn> | null = null;

  constructor(
    private readonly self: CliRuntime['self'],
    private readonly seconds = 10,
  ) {}

  /** Sends to an OTLP endpoint, `http://HOST:PORT`, and answers when all is taken; one at a time. */
  async send(endpoint: string, protocol: 'grpc' | 'http'): Promise<DemoSent | { problem: Problem }> {
    if (this.#child) {
      return {
        problem: {
          kind: 'demo-running',
          message: 'Demo data is being sent already.',
          hint: `It takes ${this.seconds} seconds; look at Traces or Logs meanwhile.`,
        },
      };
    }
    const { command, args } = this.self;
    const own = ['generate', '--json', '--rate', String(rate), '--duration', String(this.seconds)];
    const child = spawn(command, [...args, ...own, '--endpoint', endpoint, '--protocol', protocol], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const timer = setTimeout(() => child.kill(), longestMs);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    const code = await new Promise<number | string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (status, signal) => resolve(status ?? signal ?? 'an unknown end'));
    });
    clearTimeout(timer);
    this.#child = null;
    if (code === 0) return JSON.parse(output.stdout) as DemoSent;
    return {
      problem: {
        kind: 'demo-failed',
        message: 'The demo data could not be sent.',
        hint: 'See whether the backend runs, on the Stack page, and send it again.',
        details: `${output.stderr.trim()}\n(ended with ${code})`.trim(),
      },
    };
  }

  /** Ends what is being sent. */
  close(): void {
    this.#child?.kill();
  }
}
