import { build } from 'esbuild';
import type { BrowserContext, Browser, Page } from '@playwright/test';
import { CHROMIUM_PATH, LAUNCH_ARGS } from '../../test-browser.ts';
import { EmulatedRadio, RADIO_LAUNCH_ARGS } from './emulated-radio.ts';
import type { RadioUnit } from './radio-page.ts';

export const RADIO_LAUNCH_OPTIONS = {
  executablePath: CHROMIUM_PATH,
  args: [...LAUNCH_ARGS, ...RADIO_LAUNCH_ARGS],
};

let script: Promise<string> | null = null;

async function buildPage(): Promise<string> {
  const bundle = await build({
    entryPoints: [new URL('radio-page.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

/** The page of `radio-page.ts` in front of an emulated radio. */
export class RadioBench {
  readonly page: Page;
  readonly radio: EmulatedRadio;

  private constructor(page: Page, radio: EmulatedRadio) {
    this.page = page;
    this.radio = radio;
  }

  static async open(browser: Browser, context: BrowserContext, page: Page): Promise<RadioBench> {
    script ??= buildPage();
    const text = await script;
    const radio = await EmulatedRadio.attach(browser, context, page);
    await page.route('http://localhost/**', (route) =>
      route.request().url().endsWith('/radio-page.js')
        ? route.fulfill({ contentType: 'text/javascript', body: text })
        : route.fulfill({
            contentType: 'text/html',
            body: '<!doctype html><button>Connect</button><script type="module" src="/radio-page.js"></script>',
          }),
    );
    await page.goto('http://localhost/');
    return new RadioBench(page, radio);
  }

  /** By a click, to whatever the radio's chooser picks. Says 'connected' or the code of the error. */
  async connect(sensorIndex = 0, rateHz?: number): Promise<string> {
    await this.page.evaluate((next) => (window.radioPage.next = next), {
      sensorIndex,
      ...(rateHz !== undefined && { rateHz }),
    });
    await this.page.getByRole('button').click();
    return this.page.evaluate(async () => (await window.radioPage.outcome) ?? '');
  }

  start(sensorIndex = 0): Promise<string> {
    return this.page.evaluate((index) => window.radioPage.startStreaming(index), sensorIndex);
  }

  unit(sensorIndex = 0): Promise<Omit<RadioUnit, 'sensor'>> {
    return this.page.evaluate((index) => {
      const { linkChanges, troubles, received, deviceGapsMs } = window.radioPage.units[index]!;
      return { linkChanges, troubles, received, deviceGapsMs };
    }, sensorIndex);
  }

  received(sensorIndex = 0): Promise<RadioUnit['received']> {
    return this.page.evaluate((index) => window.radioPage.units[index]!.received, sensorIndex);
  }

  linkChanges(sensorIndex = 0): Promise<boolean[]> {
    return this.page.evaluate((index) => window.radioPage.units[index]!.linkChanges, sensorIndex);
  }

  description(sensorIndex = 0): Promise<RadioUnit['sensor']['description']> {
    return this.page.evaluate((index) => window.radioPage.units[index]!.sensor.description, sensorIndex);
  }

  disconnect(sensorIndex = 0): Promise<void> {
    return this.page.evaluate((index) => window.radioPage.units[index]!.sensor.disconnect(), sensorIndex);
  }
}
