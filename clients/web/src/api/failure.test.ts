import { describe, expect, it } from 'vitest';
import { failureOfClose, failureOfErrors, failureOfStatus } from './failure';

const error = (code: string, other = {}) => [{ message: 'Something', extensions: { code, ...other } }];

describe('an error', () => {
  it.each([
    ['UNAUTHENTICATED', { kind: 'refused' }],
    ['FORBIDDEN', { kind: 'refused', forbidden: true }],
    ['NOT_FOUND', { kind: 'absent' }],
    ['UNAVAILABLE', { kind: 'lost' }],
    ['BAD_INPUT', { kind: 'broken', message: 'Something', code: 'BAD_INPUT' }],
  ])('with the code %s', (code, failure) => {
    expect(failureOfErrors(error(code))).toEqual(failure);
  });

  it('says when to try again', () => {
    expect(failureOfErrors(error('UNAVAILABLE', { retryAfterSeconds: 3 }))).toEqual({ kind: 'lost', retryAfterMs: 3000 });
  });
});

describe('a close code', () => {
  it.each([
    [1006, '', { kind: 'lost' }],
    [1001, 'Going away; retry after 1234 ms', { kind: 'lost', retryAfterMs: 1234 }],
    [4408, '', { kind: 'lost' }],
    [4499, '', { kind: 'lost' }],
    [4401, '', { kind: 'refused' }],
    [4403, '', { kind: 'refused' }],
    [4400, 'X-Towline-Share', { kind: 'broken', message: 'The connection was closed: 4400 X-Towline-Share' }],
    [4500, '', { kind: 'broken', message: 'The connection was closed: 4500' }],
  ])('%d %s', (code, reason, failure) => {
    expect(failureOfClose(code, reason)).toEqual(failure);
  });
});

describe('a status', () => {
  it.each([
    [401, null, { kind: 'refused' }],
    [502, null, { kind: 'lost' }],
    [503, '7', { kind: 'lost', retryAfterMs: 7000 }],
    [404, null, { kind: 'broken', message: 'The service answered with status 404' }],
  ])('%d', (status, retryAfter, failure) => {
    expect(failureOfStatus(status, retryAfter)).toEqual(failure);
  });
});
