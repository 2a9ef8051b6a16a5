-- Charges a token bucket, and leases tokens of it, on the clock of Redis. An absent bucket is full.
-- KEYS: the bucket. ARGV: burst, tokens per second, charge, wanted.
-- The charge is always taken, so the bucket may owe tokens; a negative charge gives tokens back.
-- A lease is at most half of what is left, so that the last tokens are shared by the instances that ask.
-- Returns the leased tokens, and those that are left.
local burst, perSecond = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local tokens = burst
local last = redis.call('HMGET', KEYS[1], 'tokens', 'at')
if last[1] then
  -- after a failover the clock may be behind
  local elapsed = math.max(0, now - tonumber(last[2]))
  tokens = tonumber(last[1]) + elapsed * perSecond / 1000000
end
tokens = math.min(burst, math.min(burst, tokens) - tonumber(ARGV[3]))
local leased = math.max(0, math.min(tonumber(ARGV[4]), math.ceil(math.floor(tokens) / 2)))
tokens = tokens - leased
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', now))
-- when it is full again, it need not be remembered
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) * 1000 / perSecond) + 1)
return {leased, math.floor(tokens)}
