import type { StackFrame } from '../../../../shared/errors/stack-frame';

/** Frames that stand together: those of one's own code, or a row of those of libraries. */
export interface FrameRow {
  readonly own: boolean;
  readonly frames: readonly StackFrame[];
}

/** In the order of the frames. */
export function foldFrames(frames: readonly StackFrame[]): FrameRow[] {
  const rows: { own: boolean; frames: StackFrame[] }[] = [];
  for (const frame of frames) {
    const last = rows.at(-1);
    if (last && last.own === frame.own) last.frames.push(frame);
    else rows.push({ own: frame.own, frames: [frame] });
  }
  return rows;
}
