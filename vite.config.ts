import { existsSync, readFileSync } from 'node:fs';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { messageMacro } from './message-macro.ts';

/** Hot reload injects inline scripts, which the policy of the built page refuses: the sources are served without it. */
function policyOnlyWhenBuilt(): Plugin {
  return {
    name: 'thora:policy-only-when-built',
    apply: 'serve',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, context) =>
        context.server ? html.replace(/<meta\s+http-equiv="Content-Security-Policy"[\s\S]*?>/, '') : html,
    },
  };
}

/** Every page lives behind the #: an address below the folder is a mistake, and leads home instead of to a page without its parts. */
function unknownPathsLeadHome(): Plugin {
  return {
    name: 'thora:unknown-paths-lead-home',
    configurePreviewServer(server) {
      const folder = new URL(`${server.config.build.outDir}/`, new URL(`${server.config.root}/`, 'file:'));
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const wantsPage = request.headers.accept?.includes('text/html') === true;
        if (!wantsPage || path === '/' || existsSync(new URL(`.${path}`, folder))) {
          next();
          return;
        }
        response.writeHead(302, { location: '/' }).end();
      });
    },
  };
}

/** The names of these files change with what is in them: a page that is loaded again need not ask for them, as from a good web host. */
function builtPartsAreKept(): Plugin {
  return {
    name: 'thora:built-parts-are-kept',
    configurePreviewServer(server) {
      const folder = new URL(`${server.config.build.outDir}/`, new URL(`${server.config.root}/`, 'file:'));
      server.middlewares.use((request, response, next) => {
        const path = request.url ?? '/';
        if (path.startsWith('/assets/') && existsSync(new URL(`.${path}`, folder)))
          response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        next();
      });
    },
  };
}

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  base: './',
  define: { __THORA_VERSION__: JSON.stringify(version) },
  build: { target: 'es2022', assetsInlineLimit: 0, manifest: true, chunkSizeWarningLimit: 900 },
  worker: { format: 'es' },
  server: { fs: { strict: true } },
  plugins: [
    messageMacro(),
    policyOnlyWhenBuilt(),
    unknownPathsLeadHome(),
    builtPartsAreKept(),
    react(),
    lingui(),
    VitePWA({
      registerType: 'prompt',
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: {
        id: './',
        name: 'Thora',
        short_name: 'Thora',
        description: 'Guided sessions for the upper back, measured with motion sensors.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#FAF8F4',
        theme_color: '#FAF8F4',
        icons: [
          { src: './icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: './icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: './icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: './icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,woff2,webmanifest,json,thora,bin}'],
        globIgnores: ['**/*.map', '.vite/**'],
        maximumFileSizeToCacheInBytes: 6_000_000,
      },
    }),
  ],
});
