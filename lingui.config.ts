import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** English is written in the sources; every other language lies beside it, complete. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'pt'],
  catalogs: [{ path: '<rootDir>/src/ui/text/locales/{locale}', include: ['src/ui', 'src/app'] }],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
