/** First sentence of what Node says of a command line: it adds hints over several lines. */
export function parseComplaint(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = message, ...hints] = message.split('\n');
  const option = /^Option '(--[\w-]+).*' argument is ambiguous/.exec(line)?.[1];
  if (option !== undefined && hints.length > 0)
    return `${option}: write ${option}=VALUE for a value that begins with a dash; see --help`;
  const [sentence = line] = line.split('. ');
  return `${sentence.replace(/\.$/, '')}; see --help`;
}
