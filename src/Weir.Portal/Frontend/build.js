// Bundles the front end into wwwroot/dist. Nothing is loaded from outside at run time.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('wwwroot/dist', { recursive: true, force: true });
await build({
  entryPoints: { weir: 'Frontend/weir.js', styles: 'Frontend/styles/all.css' },
  outdir: 'wwwroot/dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['chrome115', 'firefox115', 'safari17'],
  minify: true,
  loader: { '.woff2': 'file', '.svg': 'file' },
  assetNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
});
