// The control side of the local Telegram, as the page needs it. docs/playground.md describes every call.

const ROOT = "/_control";

async function call(path, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`${ROOT}${path}`, body === undefined ? undefined : options);
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error ?? answer.statusText);
  return result;
}

export const api = {
  /** {me, bot, now, chats: [{chat, last, may_write, mine, bot_is_admin, members, commands, description}]} as the viewer sees them. */
  view: () => call("/view"),
  messages: (chat) => call(`/chats/${chat}/messages`),
  send: (user, chat, text, replyTo) => call("/send", { user, chat, text, reply_to: replyTo }),
  forward: (user, from, ids, to) => call("/forward", { user, from_chat: from, message_ids: ids, to_chat: to }),
  /** Send a text as if it had been forwarded: origin is the name of a channel here, or of somebody with a hidden account. */
  paste: (user, chat, text, origin) => call("/paste", { user, chat, text, origin }),
  edit: (user, chat, message, text) => call("/edit", { user, chat, message_id: message, text }),
  press: (user, chat, message, data) => call("/press", { user, chat, message_id: message, data }),
  /** Answer a button that asks for a chat. */
  share: (user, bot, request, shared) => call("/share_chat", { user, bot, request_id: request, shared }),
  /** Answer a button that asks for a location. */
  shareLocation: (user, bot, location) => call("/share_location", { user, bot, ...location }),
  /** Make the bot an administrator; rights, if given, override those that Telegram would tick. */
  promote: (chat, rights) => call("/promote", { chat, rights_given: rights }),
  advance: (seconds) => call("/clock", { advance: seconds }),
  calls: () => call("/log"),
  events: () => new EventSource(`${ROOT}/events`),
  file: (id) => `${ROOT}/files/${id}`,
};
