// What Blazor calls by name (window.weir) and what works by delegation on attributes. No inline handlers: the CSP forbids them.
import * as grid from './grid.js';
import * as chart from './chart-door.js';
import * as editor from './editor/door.js';
import * as layers from './layers.js';
import * as preferences from './preferences.js';
import './shortcuts.js';
import './clipboard.js';
import './tabs.js';

preferences.start();
layers.start();

window.weir = {
  grid,
  chart,
  editor,
  ...layers,
  viewer: preferences.viewer,
  remember: preferences.remember,
  reveal,
  textOf,
  saveFile,
  replaceAddress: address => history.replaceState(history.state, '', address),
};

// The text of a field as a stream: it may be longer than a message to the server.
function textOf(id) {
  return new TextEncoder().encode(document.getElementById(id).value);
}

// Lets the browser save what the server sends.
async function saveFile(name, stream) {
  const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// Brings what is cited into view; the focus goes into its text, for the link that led here is gone.
function reveal(selector) {
  const cited = document.querySelector(selector);
  cited?.closest('[tabindex]')?.focus({ preventScroll: true });
  cited?.scrollIntoView({ block: 'center' });
}
