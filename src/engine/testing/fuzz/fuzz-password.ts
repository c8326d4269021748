/** The password that the secured CSMS under attack asks for. */
export const FUZZ_PASSWORD = 'a password of the fuzz test';
