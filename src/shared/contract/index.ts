import { host } from './host';
import { snippets } from './snippets';
import { logs, metrics, traces } from './telemetry';

/**
 * Every procedure and live feed of Watchtower, declared once. Served over loopback HTTP and WebSocket to the browser,
 * the CLI and MCP, and over a MessagePort to the Electron window, from the same handlers (`src/core/api`).
 */
export const contract = { host, traces, logs, metrics, snippets };
export type Contract = typeof contract;
