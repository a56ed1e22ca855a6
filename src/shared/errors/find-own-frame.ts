import { remembered } from '../shapes/remembered';
import { nameFrame } from './name-frame';
import { parseStack } from './parse-stack';

/** The innermost frame of one's own code, as `nameFrame` calls it; empty where there is none. */
export function findOwnFrame(stack: string): string {
  return ofFrames(withoutMessage(stack));
}

const ofFrames = remembered((stack) => {
  const own = parseStack(stack).find((frame) => frame.own && (frame.function !== '' || frame.file !== ''));
  return own ? nameFrame(own) : '';
}, 8000);

/** Frames repeat themselves, messages do not: they stand above the frames, and Python's below them. */
function withoutMessage(stack: string): string {
  const first = stack.indexOf('\n');
  if (first === -1) return stack;
  if (stack.startsWith('Traceback (most recent call last)')) {
    const last = stack.trimEnd().lastIndexOf('\n');
    return /^\S/.test(stack.slice(last + 1)) ? stack.slice(0, last) : stack;
  }
  return /^\s+at /.test(stack.slice(first + 1, first + 40)) ? stack.slice(first + 1) : stack;
}
