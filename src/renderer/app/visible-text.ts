/**
 * Characters that a terminal or a browser would act upon or hide: C0 and C1 controls, DEL, zero-width characters,
 * bidirectional controls, line and paragraph separators, lone surrogates.
 */
const ACTING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Names of the C0 controls; their pictures in Unicode are missing in many fonts. */
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
    .split(' ')
    .map((name) => `‹${name}›`);

/** Text that shows what it holds: each acting character becomes its name, such as `‹ESC›` or `‹U+202E›`. */
export function visibleText(text: string): string {
  return text.replace(ACTING, (character) => {
    const code = character.charCodeAt(0);
    const control = code === 0x7f ? '‹DEL›' : CONTROLS[code];
    if (control !== undefined) return control;
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/** The visible text of a line, cut to a length that a row can hold. */
export function visibleLine(text: string, length = 240): string {
  return visibleText(text.length > length ? `${text.slice(0, length)}…` : text);
}

/** As `visibleText`, but line feeds and tabs do their work, as in a text of several lines. */
export function visibleBlock(text: string): string {
  return text
    .split(/(\r\n|\n|\t)/)
    .map((part) => (part === '\n' || part === '\t' || part === '\r\n' ? part : visibleText(part)))
    .join('');
}
