/** What of the samples was chosen, in the board's memory of switches. */
export const MEMORY = {
  kinds: 'meter kinds',
  contexts: 'meter contexts',
  compared: 'meter compared',
  ways: 'meter ways',
  legend: 'meter',
} as const;
