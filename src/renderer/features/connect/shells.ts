import type { Shell } from '../../../shared/contract/snippets';

export const shells: readonly { value: Shell; label: string }[] = [
  { value: 'bash', label: 'bash' },
  { value: 'zsh', label: 'zsh' },
  { value: 'fish', label: 'fish' },
  { value: 'powershell', label: 'PowerShell' },
  { value: 'dotenv', label: '.env file' },
  { value: 'launch.json', label: 'VS Code launch.json' },
];
