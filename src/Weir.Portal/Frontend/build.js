// Bundles the front end into wwwroot/dist. Nothing is loaded from outside at run time.
// Names carry no hash: the build lists the files before it makes them, and none of them may be gone afterwards.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('wwwroot/dist', { recursive: true, force: true });
await build({
  entryPoints: { weir: 'Frontend/weir.js', chart: 'Frontend/chart.js', editor: 'Frontend/editor/editor.js', styles: 'Frontend/styles/all.css' },
  outdir: 'wwwroot/dist',
  bundle: true,
  // Loaded when first needed, from beside the bundle.
  external: ['./chart.js', './editor.js'],
  format: 'esm',
  target: ['chrome115', 'firefox115', 'safari17'],
  minify: true,
  loader: { '.woff2': 'file', '.svg': 'file' },
  assetNames: '[name]',
  legalComments: 'linked',
  logLevel: 'warning',
});
