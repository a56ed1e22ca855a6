import { nameFrame } from './name-frame';
import { parseStack } from './parse-stack';

/** The innermost frame of one's own code, as `nameFrame` calls it; empty where there is none. */
export function findOwnFrame(stack: string): string {
  const own = parseStack(stack).find((frame) => frame.own && (frame.function !== '' || frame.file !== ''));
  return own ? nameFrame(own) : '';
}
