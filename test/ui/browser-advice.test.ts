import { describe, expect, it } from 'vitest';
import { browserAdvice, type BrowserFacts } from '../../src/ui/browser-advice.ts';

const ENGINE = 'Mozilla/5.0 (%) AppleWebKit/537.36 (KHTML, like Gecko)';
const on = (system: string, tail: string) => `${ENGINE.replace('%', system)} ${tail}`;
const facts = (userAgent: string, part: Partial<BrowserFacts> = {}): BrowserFacts => ({
  userAgent,
  isSecure: true,
  hasBluetooth: false,
  isBrave: false,
  touchPoints: 0,
  ...part,
});
const IPHONE = 'iPhone; CPU iPhone OS 18_0 like Mac OS X';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const ANDROID = 'Linux; Android 15; Pixel 9';
const LINUX = 'X11; Linux x86_64';
const WINDOWS = 'Windows NT 10.0; Win64; x64';
const CHROME = 'Chrome/140.0.0.0 Safari/537.36';

describe('the way to a browser that can talk to sensors', () => {
  it('is none where this one can, whatever it is called', () => {
    expect(browserAdvice(facts('Bluefy/3.5', { hasBluetooth: true })).way).toBe('here');
    expect(browserAdvice(facts(on(WINDOWS, CHROME), { hasBluetooth: true })).way).toBe('here');
  });

  it('is an app on every iPhone and iPad, in every browser there', () => {
    for (const tail of ['Version/18.0 Mobile/15E148 Safari/604.1', 'CriOS/140.0 Mobile/15E148 Safari/604.1'])
      expect(browserAdvice(facts(on(IPHONE, tail)))).toMatchObject({ system: 'ios', way: 'iosApp' });
    const iPad = browserAdvice(facts(on(MAC, 'Version/18.0 Safari/605.1.15'), { touchPoints: 5 }));
    expect(iPad).toEqual({ system: 'ios', browser: 'safari', way: 'iosApp' });
  });

  it('is Chrome from Safari, Firefox and pages inside of other apps', () => {
    expect(browserAdvice(facts(on(MAC, 'Version/18.0 Safari/605.1.15')))).toEqual({
      system: 'mac',
      browser: 'safari',
      way: 'openInChrome',
    });
    const fox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    expect(browserAdvice(facts(fox))).toMatchObject({ browser: 'firefox', way: 'openInChrome' });
    expect(browserAdvice(facts(on(ANDROID, `${CHROME} Instagram 300.0`)))).toMatchObject({
      system: 'android',
      browser: 'inApp',
      way: 'openInChrome',
    });
  });

  it('is a switch in Brave, and in Chrome on Linux', () => {
    expect(browserAdvice(facts(on(WINDOWS, CHROME), { isBrave: true })).way).toBe('braveSwitch');
    expect(browserAdvice(facts(on(LINUX, CHROME)))).toMatchObject({ system: 'linux', way: 'linuxSwitch' });
  });

  it('is the secure address where only that is missing, and an update where nothing else is', () => {
    expect(browserAdvice(facts(on(ANDROID, CHROME), { isSecure: false })).way).toBe('secureAddress');
    expect(browserAdvice(facts(on(WINDOWS, `${CHROME} Edg/140.0`)))).toEqual({
      system: 'windows',
      browser: 'edge',
      way: 'update',
    });
    expect(browserAdvice(facts(on('X11; CrOS x86_64 14541.0.0', CHROME)))).toMatchObject({
      system: 'chromeOs',
      way: 'update',
    });
  });
});
