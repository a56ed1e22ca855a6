import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import {
  type ContainerDetails,
  type ContainerEngine,
  type ContainerFile,
  type ContainerSpec,
  type ContainerSummary,
  type ContainerUsage,
  EngineFailure,
  type PullEvent,
} from './container-engine';
import { callEngine, getJson, openDockerApi, toEngineFailure } from './docker-api';
import type { EngineEndpoint } from './engine-endpoint';
import { packFiles, unpackFirstFile } from './pack-files';
import { pullImage } from './pull-image';
import { readContainerDetails, readContainerSummary } from './read-container';
import { type LogLine, readFrames, readLogLines } from './read-log-frames';
import { readUsage, readUsageSample, type UsageSample } from './read-usage';
import { refuseRealLabel, refuseRealProject } from './refuse-real-project';
import { toCreateOptions } from './to-create-options';
import { orNull, unlessAlready } from './tolerate-status';

const maxReadBytes = 1024 * 1024;
/** Sizes of volumes are counted by walking them: a big one is shown without. */
const volumeSizesLimitMs = 5_000;

/** `Size` is -1 where the engine cannot tell. */
interface SystemUsage {
  Volumes: { Name: string; UsageData?: { Size: number } | null }[] | null;
}

export interface DockerEngineOptions {
  /** A pull without a word from the engine for this long has stalled. */
  pullStallMs?: number;
  now?: () => number;
}

/** The Docker Engine API (or Podman's of the same form) of one endpoint, by dockerode. */
export class DockerEngine implements ContainerEngine {
  readonly endpoint: string;
  private readonly docker: Docker;
  private readonly usageBefore = new Map<string, UsageSample>();

  constructor(
    endpoint: EngineEndpoint,
    apiVersion: string,
    private readonly options: DockerEngineOptions = {},
  ) {
    this.endpoint = endpoint.url;
    this.docker = openDockerApi(endpoint, apiVersion);
  }

  async list(label: string | null): Promise<ContainerSummary[]> {
    if (label !== null) refuseRealLabel(label);
    const options = { all: true, ...(label !== null && { filters: { label: [label] } }) };
    const found = await callEngine((abortSignal) => this.docker.listContainers({ ...options, abortSignal }));
    return found.map(readContainerSummary);
  }

  async inspect(container: string): Promise<ContainerDetails | null> {
    const info = await orNull(
      callEngine((abortSignal) => this.docker.getContainer(container).inspect({ abortSignal })),
    );
    return info && readContainerDetails(info);
  }

  async create(spec: ContainerSpec): Promise<string> {
    refuseRealProject(spec.labels);
    const options = toCreateOptions(spec);
    const { id } = await callEngine((abortSignal) => this.docker.createContainer({ ...options, abortSignal }));
    return id;
  }

  async start(id: string): Promise<void> {
    await unlessAlready(
      304,
      callEngine((abortSignal) => this.docker.getContainer(id).start({ abortSignal }), 60_000),
    );
  }

  async stop(id: string, graceMs: number): Promise<void> {
    const t = Math.ceil(graceMs / 1000);
    await unlessAlready(
      304,
      callEngine((abortSignal) => this.docker.getContainer(id).stop({ t, abortSignal }), graceMs + 30_000),
    );
  }

  async restart(id: string, graceMs: number): Promise<void> {
    const t = Math.ceil(graceMs / 1000);
    await callEngine((abortSignal) => this.docker.getContainer(id).restart({ t, abortSignal }), graceMs + 60_000);
  }

  async remove(id: string, { force }: { force: boolean }): Promise<void> {
    this.usageBefore.delete(id);
    await unlessAlready(
      404,
      callEngine((abortSignal) => this.docker.getContainer(id).remove({ force, v: true, abortSignal }), 60_000),
    );
  }

  async putFiles(id: string, files: readonly ContainerFile[]): Promise<void> {
    const archive = packFiles(files, (this.options.now ?? Date.now)());
    await callEngine((abortSignal) => this.docker.getContainer(id).putArchive(archive, { path: '/', abortSignal }));
  }

  async readFile(id: string, path: string): Promise<string | null> {
    try {
      const archive = await callEngine(async (abortSignal) => {
        const stream = await this.docker.getContainer(id).getArchive({ path, abortSignal });
        return collect(stream as AsyncIterable<Buffer>, maxReadBytes);
      });
      return unpackFirstFile(archive);
    } catch (error) {
      if (error instanceof EngineFailure && error.status === 404 && !/no such container/i.test(error.message))
        return null;
      throw error;
    }
  }

  async exec(
    id: string,
    command: readonly string[],
    { timeoutMs }: { timeoutMs: number },
  ): Promise<{ exitCode: number; output: string }> {
    return callEngine(async (abortSignal) => {
      const exec = await this.docker
        .getContainer(id)
        .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, abortSignal });
      const stream = await exec.start({ abortSignal });
      const output: Buffer[] = [];
      for await (const { content } of readFrames(stream as AsyncIterable<Buffer>)) output.push(content);
      const { ExitCode } = await exec.inspect({ abortSignal });
      return { exitCode: ExitCode ?? -1, output: Buffer.concat(output).toString('utf8') };
    }, timeoutMs);
  }

  async *logs(
    id: string,
    { tail, follow, signal }: { tail: number; follow: boolean; signal: AbortSignal },
  ): AsyncGenerator<LogLine> {
    const options = { stdout: true, stderr: true, timestamps: true, tail };
    const container = this.docker.getContainer(id);
    try {
      const source = follow
        ? ((await container.logs({ ...options, follow: true, abortSignal: signal })) as Readable)
        : [await callEngine((abortSignal) => container.logs({ ...options, follow: false, abortSignal }))];
      yield* readLogLines(source);
    } catch (error) {
      if (!signal.aborted) throw toEngineFailure(error);
    }
  }

  async usage(id: string): Promise<ContainerUsage | null> {
    const before = this.usageBefore.get(id);
    // Without a sample of ours the engine takes two by itself, a second apart.
    const query = { stream: false, ...(before && { 'one-shot': true }) };
    const stats = await orNull(
      callEngine((signal) =>
        getJson<Docker.ContainerStats>(this.docker, `/containers/${encodeURIComponent(id)}/stats`, signal, query),
      ),
    );
    const now = stats && readUsageSample(stats);
    if (!now) {
      this.usageBefore.delete(id);
      return null;
    }
    this.usageBefore.set(id, now);
    return readUsage(
      stats,
      before ?? { cpuNanoseconds: stats.precpu_stats.cpu_usage.total_usage, at: Date.parse(stats.preread) },
    );
  }

  async image(reference: string): Promise<{ id: string; architecture: string; digests: readonly string[] } | null> {
    const image = this.docker.getImage(reference);
    const info = await orNull(
      callEngine((abortSignal) => image.inspect({ abortSignal } as Docker.ImageInspectOptions)),
    );
    return info && { id: info.Id, architecture: info.Architecture, digests: info.RepoDigests ?? [] };
  }

  pull(reference: string, signal: AbortSignal): AsyncIterable<PullEvent> {
    return pullImage(this.docker, reference, { signal, stallMs: this.options.pullStallMs ?? 20_000 });
  }

  async ensureNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    refuseRealProject(labels);
    const body = { Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: { ...labels } };
    await unlessAlready(
      409,
      callEngine((abortSignal) => this.docker.createNetwork({ ...body, abortSignal })),
    );
  }

  async removeNetwork(name: string): Promise<void> {
    await unlessAlready(
      404,
      callEngine((abortSignal) => this.docker.getNetwork(name).remove({ abortSignal })),
    );
  }

  async ensureVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    refuseRealProject(labels);
    // Creating a volume that is there answers with it.
    await callEngine((abortSignal) => this.docker.createVolume({ Name: name, Labels: { ...labels }, abortSignal }));
  }

  async volumes(
    label: string,
  ): Promise<{ name: string; labels: Readonly<Record<string, string>>; bytes: number | null }[]> {
    refuseRealLabel(label);
    const filters = { label: [label] };
    const { Volumes } = await callEngine((abortSignal) => this.docker.listVolumes({ filters, abortSignal }));
    if (!Volumes?.length) return [];
    const sizes = await this.volumeSizes();
    return Volumes.map(({ Name, Labels }) => ({ name: Name, labels: Labels ?? {}, bytes: sizes.get(Name) ?? null }));
  }

  async removeVolume(name: string): Promise<void> {
    await unlessAlready(
      404,
      callEngine((abortSignal) => this.docker.getVolume(name).remove({ abortSignal })),
    );
  }

  async archive(id: string, path: string): Promise<Readable> {
    const stream = await callEngine(() => this.docker.getContainer(id).getArchive({ path }));
    return stream as Readable;
  }

  private async volumeSizes(): Promise<ReadonlyMap<string, number>> {
    try {
      const { Volumes } = await callEngine(
        (signal) => getJson<SystemUsage>(this.docker, '/system/df', signal, { type: 'volume' }),
        volumeSizesLimitMs,
      );
      return new Map(
        (Volumes ?? []).flatMap(({ Name, UsageData }) =>
          UsageData && UsageData.Size >= 0 ? [[Name, UsageData.Size]] : [],
        ),
      );
    } catch (error) {
      if (error instanceof EngineFailure) return new Map();
      throw error;
    }
  }
}

async function collect(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit + 2_048) throw new EngineFailure(413, `The file is larger than ${limit} bytes.`);
  }
  return Buffer.concat(chunks);
}
