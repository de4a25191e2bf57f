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
  replaceAddress: address => history.replaceState(history.state, '', address),
};
