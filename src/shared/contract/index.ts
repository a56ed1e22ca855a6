import { agents } from './agents';
import { asking } from './asking';
import { backend } from './backend';
import { completion } from './completion';
import { destinations } from './destinations';
import { errors } from './errors';
import { explain } from './explain';
import { host } from './host';
import { imports } from './imports';
import { marks } from './marks';
import { runs } from './runs';
import { searches } from './searches';
import { services } from './services';
import { sessions } from './sessions';
import { snippets } from './snippets';
import { logs, metrics, traces } from './telemetry';
import { volume } from './volume';

/**
 * Every procedure and live feed of Watchtower, declared once. Served over loopback HTTP and WebSocket to the browser,
 * the CLI and MCP, and over a MessagePort to the Electron window, from the same handlers (`src/core/api`).
 */
export const contract = {
  host,
  services,
  traces,
  logs,
  metrics,
  volume,
  snippets,
  backend,
  destinations,
  runs,
  explain,
  errors,
  agents,
  sessions,
  marks,
  asking,
  completion,
  searches,
  imports,
};
export type Contract = typeof contract;
