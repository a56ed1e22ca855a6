export const SERVICES = ['api-gateway', 'order-service', 'payment-service'] as const;
export type Service = (typeof SERVICES)[number];

type Attributes = Record<string, string | number | boolean>;

interface LogLine {
  /** Milliseconds after the start of its step. */
  at: number;
  level: 'debug' | 'info' | 'warn' | 'error';
  body: string;
  attributes: Attributes;
}

/** One span of a story with its logs and children; times in milliseconds, `start` counted from the parent's start. */
export interface Step {
  service: Service;
  name: string;
  kind: 'server' | 'client' | 'internal';
  start: number;
  duration: number;
  attributes: Attributes;
  error?: { type: string; message: string };
  logs: LogLine[];
  children: Step[];
}

/** Puts `children` one after another into `parent`, a small gap between them, and stretches the parent around them. */
export function runInSequence(parent: Step, children: readonly Step[], gap = 0.4): Step {
  let cursor = parent.duration;
  for (const child of children) {
    child.start = cursor + gap;
    cursor = child.start + child.duration;
    parent.children.push(child);
  }
  parent.duration = cursor + gap;
  return parent;
}
