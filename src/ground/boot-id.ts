import { readFileSync } from 'node:fs';

/** Names the time since this machine was started, another one after each start; empty where the system tells none. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}
