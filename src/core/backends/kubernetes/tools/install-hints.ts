import type { Tool } from './run-tool';

type System = 'darwin' | 'linux' | 'win32';

const pages: Record<Tool, string> = {
  docker: 'https://docs.docker.com/get-started/get-docker/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  helm: 'https://helm.sh/docs/intro/install/',
};

const commands: Record<Tool, Record<System, string>> = {
  docker: {
    darwin: 'brew install --cask docker-desktop',
    linux: 'curl -fsSL https://get.docker.com | sh',
    win32: 'winget install Docker.DockerDesktop',
  },
  kind: {
    darwin: 'brew install kind',
    linux: 'go install sigs.k8s.io/kind@v0.33.0, or the binary from the page',
    win32: 'winget install Kubernetes.kind',
  },
  kubectl: {
    darwin: 'brew install kubectl',
    linux: 'sudo snap install kubectl --classic, or the binary from the page',
    win32: 'winget install Kubernetes.kubectl',
  },
  helm: {
    darwin: 'brew install helm',
    linux: 'sudo snap install helm --classic, or the binary from the page',
    win32: 'winget install Helm.Helm',
  },
};

const systems: Record<System, string> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' };

/** How to get a tool: this system's way first, the others' after it, and the page that has all. */
export function installHint(tool: Tool, platform: NodeJS.Platform): string {
  const order = (Object.keys(systems) as System[]).sort((a, b) => Number(b === platform) - Number(a === platform));
  const ways = order.map((system) => `${systems[system]}: ${commands[tool][system]}`);
  return `Install it. ${ways.join('; ')}. See ${pages[tool]}`;
}
