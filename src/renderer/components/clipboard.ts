/** Puts a text on the clipboard; `refused` where the browser does not let. */
export async function copyText(text: string): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // Pages that came over plain HTTP from another machine have no clipboard; a selection can be copied still.
    return copyBySelection(text) ? 'copied' : 'refused';
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
