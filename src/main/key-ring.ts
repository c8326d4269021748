import { failure, type Outcome, success } from '../session/outcome.ts';
import type { KeyRingQuestion } from './engine-messages.ts';

/** What is used of Electron's safeStorage. */
export interface SafeStorageLike {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string }>;
  getSelectedStorageBackend(): string;
}

/** Answers what the engine asks of the key ring of the user's session. Nothing of what is asked or answered is kept. */
export async function answerOfKeyRing(
  storage: SafeStorageLike,
  question: KeyRingQuestion,
  platform: NodeJS.Platform = process.platform,
): Promise<Outcome<string>> {
  try {
    switch (question.ask) {
      case 'available':
        return success((await isAvailable(storage, platform)) ? 'yes' : '');
      case 'seal':
        return success((await storage.encryptStringAsync(question.secret)).toString('base64'));
      case 'open':
        return success((await storage.decryptStringAsync(Buffer.from(question.sealed, 'base64'))).result);
    }
  } catch (error) {
    return failure('key-ring-failed', `The key ring of this session failed: ${(error as Error).message}.`);
  }
}

/** Without a key ring, Linux is offered a password that is written in the program: no better than a file, and worse to back up. */
async function isAvailable(storage: SafeStorageLike, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await storage.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
}
