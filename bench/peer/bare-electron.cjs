// The least that an Electron app can be: one window with one button, nothing behind it.
const { app, BrowserWindow } = require('electron');

const page = `<!doctype html><title>Bare</title><button onclick="document.title='Pressed'">Press</button>`;

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 840, show: false });
  window.once('ready-to-show', () => window.show());
  window.loadURL(`data:text/html,${encodeURIComponent(page)}`);
});
app.on('window-all-closed', () => app.quit());
