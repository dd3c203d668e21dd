import type { KnownModuleId } from '../../../core/care/learning/unlock.ts';
import type { Locale } from '../../stores/preferences-store.ts';
import type { ModuleText } from './module-text.ts';

type Load = () => Promise<{ readonly text: ModuleText }>;

/** Long texts stay out of the catalogues: each is fetched by itself, in the language that is read. */
const LOADS: Readonly<Record<KnownModuleId, Readonly<Record<Locale, Load>>>> = {
  M01: { en: () => import('./m01-en.ts'), pt: () => import('./m01-pt.ts') },
  M02: { en: () => import('./m02-en.ts'), pt: () => import('./m02-pt.ts') },
  M03: { en: () => import('./m03-en.ts'), pt: () => import('./m03-pt.ts') },
  M04: { en: () => import('./m04-en.ts'), pt: () => import('./m04-pt.ts') },
  M05: { en: () => import('./m05-en.ts'), pt: () => import('./m05-pt.ts') },
  M06: { en: () => import('./m06-en.ts'), pt: () => import('./m06-pt.ts') },
  M07: { en: () => import('./m07-en.ts'), pt: () => import('./m07-pt.ts') },
  M08: { en: () => import('./m08-en.ts'), pt: () => import('./m08-pt.ts') },
  M09: { en: () => import('./m09-en.ts'), pt: () => import('./m09-pt.ts') },
  M10: { en: () => import('./m10-en.ts'), pt: () => import('./m10-pt.ts') },
  M11: { en: () => import('./m11-en.ts'), pt: () => import('./m11-pt.ts') },
  M12: { en: () => import('./m12-en.ts'), pt: () => import('./m12-pt.ts') },
  M13: { en: () => import('./m13-en.ts'), pt: () => import('./m13-pt.ts') },
  M14: { en: () => import('./m14-en.ts'), pt: () => import('./m14-pt.ts') },
  M15: { en: () => import('./m15-en.ts'), pt: () => import('./m15-pt.ts') },
  M16: { en: () => import('./m16-en.ts'), pt: () => import('./m16-pt.ts') },
};

export async function loadModule(id: KnownModuleId, locale: Locale): Promise<ModuleText> {
  return (await LOADS[id][locale]()).text;
}
