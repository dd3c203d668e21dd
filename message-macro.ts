import { transformAsync, types as t, type PluginObj } from '@babel/core';
import { createCompiledCatalog } from '@lingui/cli/api';
import type { Plugin } from 'vite';

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
export function messageMacro(): Plugin {
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
