/** A desktop entry of the XDG autostart specification. */
export function autostartEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Watchtower',
    'Comment=Local observability',
    `Exec=${command.map(quote).join(' ')}`,
    'Icon=watchtower',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

/** The specification unquotes an argument, after the string itself was unescaped; `%` begins a field code. */
function quote(argument: string): string {
  const quoted = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}
