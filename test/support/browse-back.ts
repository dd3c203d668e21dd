/**
 * Follows a login as a browser does, cookies and all, until it leads back to the app.
 *
 * @param account whose button is pressed where the provider shows a page
 */
export async function browseBack(address: string, backTo: string, account = ''): Promise<URL> {
  const cookies = new Map<string, string>();
  for (let at = address; ;) {
    if (at.startsWith(backTo)) return new URL(at);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    const body = await response.text();
    const button = new RegExp(`href="([^"]*account=${account})"`).exec(body)?.[1];
    const next = response.headers.get('location') ?? button;
    if (next === undefined) throw new Error(`${response.status} at ${at}: ${body}`);
    at = new URL(next, at).href;
  }
}
