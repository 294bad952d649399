-- A chat completion with a nonce of its own, streamed where the environment says so.
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
local body = '{"model":"gpt-4o-mini","stream":' .. os.getenv("STREAM")
  .. ',"messages":[{"role":"user","content":"What are your business hours? (gm-%d)"}],"max_tokens":180}'
local count = 0
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, string.format(body, count))
end
