import { join } from 'node:path';

export function databasePath(dataDir: string): string {
  return join(dataDir, 'telemetry.duckdb');
}
