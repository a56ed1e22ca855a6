/** Whose syntax variables of the environment are shown in. */
export const shells = ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'launch.json'] as const;
