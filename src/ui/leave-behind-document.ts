import style from './styles/leave-behind.css?inline';

/** A page of its own around what was drawn: no scripts, no pictures, nothing from elsewhere. @param body HTML of React's making */
export function leaveBehindDocument({
  locale,
  title,
  body,
}: {
  readonly locale: string;
  readonly title: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
${style}
</style>
</head>
<body class="leave-behind-page"><main class="leave-behind">${body}</main></body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
