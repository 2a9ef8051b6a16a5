import assert from "node:assert/strict";
import { test } from "node:test";
import { freshness } from "./freshness.mjs";

test("an instance is held to what it had acknowledged when the query began", () => {
  const fresh = freshness();
  const before = fresh.begun(0, 7);
  fresh.acknowledged(0, 7, 5);
  before(4);
  fresh.begun(0, 7)(5);
  fresh.begun(1, 7)(4);
  fresh.begun(0, 8)(1);
  assert.equal(fresh.found().ownWrites, 0);
  fresh.acknowledged(0, 7, 3);
  fresh.begun(0, 7)(4);
  assert.equal(fresh.found().ownWrites, 1);
  assert.match(fresh.found().examples[0], /^\(a\) instance 0 .* version 4 of session 7 .* 5$/);
});

test("every instance is held to what the client has seen", () => {
  const fresh = freshness();
  fresh.begun(1, 7, 3)(3);
  fresh.begun(0, 7, 3)(2);
  assert.deepEqual({ ...fresh.found(), examples: [] }, { answers: 2, withSeen: 2, ownWrites: 0, seen: 1, examples: [] });
});
