/** Of `--agent`. */
export const agentHelp = 'of the runs of this coding agent alone: its id, or me for the one that asks';
