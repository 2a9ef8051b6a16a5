import { expect, it } from 'vitest';
import { targetOf } from './target';

it.each([
  ['/track/s1', '', { sessionId: 's1' }],
  ['/track/s1/', '', { sessionId: 's1' }],
  ['/track/a%2Fb', '', { sessionId: 'a/b' }],
  ['/track/100%', '', { sessionId: '100%' }],
  ['/track', '#acme.l1.secret', { shareSecret: 'acme.l1.secret' }],
  ['/track/', '#x%2Dy', { shareSecret: 'x-y' }],
  ['/track', '', null],
  ['/track/', '#', null],
])('%s%s', (pathname, hash, target) => {
  expect(targetOf({ pathname, hash })).toEqual(target);
});
