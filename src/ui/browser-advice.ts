/** Which browser this seems to be, and whether sensors can be used in it. Pure: the caller brings what the browser says. */

export interface BrowserFacts {
  readonly userAgent: string;
  readonly isSecure: boolean;
  readonly hasBluetooth: boolean;
  /** Brave says so itself; its user agent does not. */
  readonly isBrave: boolean;
  /** An iPad calls itself a Mac, but has fingers on its screen. */
  readonly touchPoints: number;
}

export type SystemName = 'ios' | 'android' | 'windows' | 'mac' | 'chromeOs' | 'linux' | 'other';
export type BrowserName =
  'chrome' | 'edge' | 'opera' | 'samsung' | 'brave' | 'firefox' | 'safari' | 'inApp' | 'other';

/** The one way to sensors from here. */
export type BrowserWay =
  /** It can: nothing is to be done. */
  | 'here'
  /** The address begins with http: the browser gives sensors only to https. */
  | 'secureAddress'
  /** No browser of Apple's phones and tablets speaks to sensors; an app from the App Store does. */
  | 'iosApp'
  /** Open this address in Chrome. */
  | 'openInChrome'
  /** This browser can, once its own switch is on. */
  | 'braveSwitch'
  | 'linuxSwitch'
  | 'update';

export interface BrowserAdvice {
  readonly system: SystemName;
  readonly browser: BrowserName;
  readonly way: BrowserWay;
}

export function browserAdvice(facts: BrowserFacts): BrowserAdvice {
  const system = systemOf(facts);
  const browser = browserOf(facts);
  return { system, browser, way: wayOf(facts, system, browser) };
}

function wayOf(facts: BrowserFacts, system: SystemName, browser: BrowserName): BrowserWay {
  if (facts.hasBluetooth) return 'here';
  if (system === 'ios') return 'iosApp';
  const speaks = browser === 'chrome' || browser === 'edge' || browser === 'opera' || browser === 'samsung';
  if (browser === 'brave') return facts.isSecure ? 'braveSwitch' : 'secureAddress';
  if (!speaks) return 'openInChrome';
  if (!facts.isSecure) return 'secureAddress';
  return system === 'linux' ? 'linuxSwitch' : 'update';
}

function systemOf({ userAgent, touchPoints }: BrowserFacts): SystemName {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/CrOS/.test(userAgent)) return 'chromeOs';
  if (/Macintosh|Mac OS X/.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac';
  if (/Windows/.test(userAgent)) return 'windows';
  return /Linux|X11/.test(userAgent) ? 'linux' : 'other';
}

function browserOf({ userAgent, isBrave }: BrowserFacts): BrowserName {
  // Pages inside of another app call themselves like the browser they are made of, and add their own name.
  if (/FBAN|FBAV|Instagram|Line\/|GSA\/|; wv\)|MicroMessenger/.test(userAgent)) return 'inApp';
  if (isBrave) return 'brave';
  if (/Firefox|FxiOS/.test(userAgent)) return 'firefox';
  if (/SamsungBrowser/.test(userAgent)) return 'samsung';
  if (/Edg\/|EdgA\/|EdgiOS/.test(userAgent)) return 'edge';
  if (/OPR\/|OPiOS|OPT\//.test(userAgent)) return 'opera';
  if (/Chrome|CriOS|Chromium/.test(userAgent)) return 'chrome';
  return /Safari/.test(userAgent) ? 'safari' : 'other';
}

/** What the present browser says of itself. */
export function readBrowserFacts(): BrowserFacts {
  const { userAgent, maxTouchPoints } = navigator;
  return {
    userAgent,
    isSecure: isSecureContext,
    hasBluetooth: 'bluetooth' in navigator,
    isBrave: 'brave' in navigator,
    touchPoints: maxTouchPoints,
  };
}
