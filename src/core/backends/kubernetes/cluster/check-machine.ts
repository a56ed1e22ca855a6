import { homedir } from 'node:os';
import { z } from 'zod';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';

const gib = 1024 ** 3;
/** A Docker Desktop that was given 8 GB says a little less. */
const leastMemory = 7.2 * gib;
/** Node image and the other images unpacked, about 6 GB, and what the volumes may come to hold. */
const leastDisk = 20 * gib;

/** Without an engine the command answers all the same, with a memory of 0. */
const EngineInfo = z.object({ MemTotal: z.number().positive(), DockerRootDir: z.string().optional() });

/** Asks before a cluster is made on an engine with little memory or a disk that is nearly full. */
export async function checkMachine(session: Session): Promise<Failure | null> {
  const { code, stdout, stderr } = await session.run('docker', ['info', '--format', '{{json .}}']);
  const info = code === 0 ? EngineInfo.safeParse(parseJson(stdout)) : null;
  if (!info?.success) {
    return {
      message: 'The container engine does not answer.',
      hint: 'Start Docker (Docker Desktop, or: sudo systemctl start docker), or choose another engine: docker context use NAME.',
      details: stderr.trim(),
    };
  }
  const { MemTotal: memory, DockerRootDir: folder } = info.data;
  const doubts: string[] = [];
  if (memory < leastMemory) {
    doubts.push(
      `The container engine has ${inGib(memory)} of memory; the stack may use 7 GiB, and with less its pods stay Pending or are ended.`,
    );
  }
  const free = await freeBytes(session, folder);
  if (free !== null && free < leastDisk) {
    doubts.push(
      `The disk of the container engine has ${inGib(free)} free; images and volumes need up to ${inGib(leastDisk)}.`,
    );
  }
  if (doubts.length === 0) return null;
  for (const doubt of doubts) session.say(doubt);
  if (await session.ask('Make the cluster all the same?')) return null;
  return {
    message: `Nothing was made. ${doubts.join(' ')}`,
    hint: 'Give Docker more (Docker Desktop: Settings, Resources), free some space (docker system df), or insist: YES=1.',
  };
}

/** Of the engine's folder, or where that is inside a virtual machine, of the home folder, which holds the machine's disk. */
async function freeBytes({ machine }: Session, folder: string | undefined): Promise<number | null> {
  const ofEngine = folder === undefined ? null : await machine.freeBytes(folder);
  return ofEngine ?? machine.freeBytes(homedir());
}

function inGib(bytes: number): string {
  return `${(bytes / gib).toFixed(1)} GiB`;
}
