-- Keeps a value with the words of its marks, unless any mark was struck out since the ticket was given, or something newer is known of
-- what it was made from. Answers 1 if it was kept.
-- KEYS: the value's, the marks', of what it was made from, which begins with its version in ten digits.
-- ARGV: ticket, value, its milliseconds, a word for marks that have none, how long marks are kept in ms, how many there may be, a version
-- for each of what it was made from, marks.
if redis.call('HGET', KEYS[2], 'ticket') ~= ARGV[1] then
  return 0
end
for i = 3, #KEYS do
  if redis.call('GETRANGE', KEYS[i], 0, 9) > ARGV[i + 4] then
    return 0
  end
end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[6]) then
  redis.call('DEL', KEYS[2])
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'value', ARGV[2])
for i = #KEYS + 5, #ARGV do
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[4])
  redis.call('HSET', KEYS[1], ARGV[i], redis.call('HGET', KEYS[2], ARGV[i]))
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1
