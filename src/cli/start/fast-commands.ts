/** What the entry runs from the bundle `fast.cjs`, whose compiled code is kept. */
export const fastCommands: readonly string[] = ['run', 'hook'];
