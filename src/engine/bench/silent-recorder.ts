import type { Recorder } from '../recorder.ts';

/**
 * A recorder that records nothing, for endpoints whose traffic is recorded at the other end of the link. It releases
 * in order and never within the call, as every recorder does.
 */
export function silentRecorder(): Recorder {
  let links = 0;
  return {
    openLink: () => ++links,
    negotiated() {},
    remark() {},
    closeLink: (_link, _closing, release) => release && queueMicrotask(release),
    frame(_link, _direction, _origin, _data, _binary, release) {
      queueMicrotask(release);
      return 0;
    },
    fate() {},
    control: (_link, _direction, _type, _data, release) => queueMicrotask(release),
  };
}
