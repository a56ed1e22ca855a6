#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { spawnEngineFrom } from '../core/backends/embedded/spawn-engine';
import { runProgram } from './run-program';

void runProgram(process.argv.slice(2), {
  spawnEngine: spawnEngineFrom,
  self: { command: process.execPath, args: [fileURLToPath(import.meta.url)] },
});
