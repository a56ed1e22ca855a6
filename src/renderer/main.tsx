import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followShell } from './app/follow-shell';
import { applyRememberedTheme } from './app/use-theme';
import { client } from './client/contract-client';
import { followServiceRegistry } from './ui/marks/service-colour';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
applyRememberedTheme();
followShell();
followServiceRegistry(async (names) => (await client.host.serviceColours({ names: [...names] })).places);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
