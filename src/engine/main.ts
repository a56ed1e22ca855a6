import type { EngineConfig } from '../shared/engine-messages';
import { openParentChannel } from './parent-channel';
import { runEngine } from './run-engine';

// The engine's process: its first argument is the EngineConfig as JSON.
const argument = process.argv[2];
if (argument === undefined) throw new Error('usage: engine <EngineConfig as JSON>');
// Telemetry holds secrets: every file, the database's too, is for this user alone.
process.umask(0o077);
void runEngine(JSON.parse(argument) as EngineConfig, openParentChannel());
