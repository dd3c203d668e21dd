import { existsSync, readFileSync } from 'node:fs';
import { transformAsync, types as t, type PluginObj } from '@babel/core';
import { createCompiledCatalog } from '@lingui/cli/api';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

function compiledMessage(text: string): t.Expression {
  const { source } = createCompiledCatalog('en', { message: text }, { namespace: 'json', strict: true });
  const { messages } = JSON.parse(source) as { messages: { message: unknown } };
  return t.valueToNode(messages.message);
}

/**
 * English travels, compiled, with the code that says it: a page that is opened later brings its own words, and the
 * first one loads no catalogue. Runs after the macros, on what they leave: `{ id: "...", message: "..." }` and
 * `<Trans id="..." message="..." />`.
 */
const englishInPlace: PluginObj = {
  visitor: {
    ObjectExpression({ node }) {
      const property = (name: string) =>
        node.properties.find(
          (one): one is t.ObjectProperty & { value: t.StringLiteral } =>
            t.isObjectProperty(one) && t.isIdentifier(one.key, { name }) && t.isStringLiteral(one.value),
        );
      const message = property('message');
      if (message !== undefined && property('id') !== undefined)
        (message as t.ObjectProperty).value = compiledMessage(message.value.value);
    },
    JSXAttribute({ node }) {
      if (!t.isJSXIdentifier(node.name, { name: 'message' })) return;
      const { value } = node;
      const text = t.isJSXExpressionContainer(value) ? value.expression : value;
      if (t.isStringLiteral(text)) node.value = t.jsxExpressionContainer(compiledMessage(text.value));
    },
  },
};

/** The React plugin brings no Babel of its own, so the message macros get theirs here, and only where they are used. */
function messageMacro(): Plugin {
  return {
    name: 'thora:message-macro',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\.tsx?$/.test(id) || !/@lingui\/(core|react)\/macro/.test(code)) return null;
      const result = await transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: [['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }]],
      });
      if (!result?.code) return null;
      const spoken = await transformAsync(result.code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        inputSourceMap: result.map ?? undefined,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: [englishInPlace],
      });
      return spoken?.code ? { code: spoken.code, map: spoken.map as never } : null;
    },
  };
}

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
