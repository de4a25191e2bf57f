-- Tells Weir in which folder each message came to lie: one JSON object a line, appended to the spool file.
-- Dovecot 2.3 or later: mail_plugins += notify push_notification mail_lua push_notification_lua,
-- plugin { push_notification_driver = lua:file=/etc/dovecot/weir-delivery.lua }. Set "delivery": { "dovecotSpool": PATH } in weir.json.
local spool = "/var/spool/weir/dovecot.jsonl"

local escapes = { ['"'] = '\\"', ['\\'] = '\\\\' }
local function quoted(value)
  return '"' .. tostring(value or ""):gsub('[%c"\\]', function(c)
    return escapes[c] or string.format("\\u%04x", string.byte(c))
  end) .. '"'
end

local function add(context, event)
  local user = context.user
  table.insert(context.lines, string.format(
    '{"at":%d,"event":%s,"user":%s,"service":%s,"session":%s,"mailbox":%s,"uidValidity":%d,"uid":%d,"messageId":%s}\n',
    os.time(), quoted(event.name), quoted(user.username), quoted(user.service), quoted(user.session_id),
    quoted(event.mailbox), event.uid_validity or 0, event.uid or 0, quoted(event.message_id)))
end

function dovecot_lua_notify_begin_txn(user)
  return { user = user, lines = {} }
end

function dovecot_lua_notify_event_message_new(context, event) add(context, event) end
function dovecot_lua_notify_event_message_append(context, event) add(context, event) end
function dovecot_lua_notify_event_message_expunge(context, event) add(context, event) end

function dovecot_lua_notify_end_txn(context, success)
  if #context.lines == 0 then return end
  -- One write of a few hundred bytes in append mode: lines of several processes do not mix.
  local file = io.open(spool, "a")
  if file then
    file:write(table.concat(context.lines))
    file:close()
  end
end
