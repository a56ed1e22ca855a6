/** By what costs of sessions are told. */
export const costGroupings = ['session', 'model', 'repo', 'tool', 'agent'] as const;
