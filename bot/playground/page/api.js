// The control side of the local Telegram, as the page needs it. docs/playground.md describes every call.

const ROOT = "/_control";

async function call(path, body) {
  const answer = await fetch(
    `${ROOT}${path}`,
    body === undefined
      ? undefined
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) },
  );
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error ?? answer.statusText);
  return result;
}

export const api = {
  /** {me, bot, now, chats: [{chat, last, rights, commands}]} as this user sees them. */
  view: (user) => call(`/view?user=${user}`),
  messages: (chat) => call(`/chats/${chat}/messages`),
  send: (user, chat, text) => call("/send", { user, chat, text }),
  forward: (user, from, ids, to) => call("/forward", { user, from_chat: from, message_ids: ids, to_chat: to }),
  /** Paste a text as if it had been forwarded from somebody: origin is a name. */
  paste: (user, chat, text, origin) => call("/paste", { user, chat, text, origin }),
  press: (user, chat, message, data) => call("/press", { user, chat, message_id: message, data }),
  promote: (chat) => call("/promote", { chat }),
  advance: (seconds) => call("/clock", { advance: seconds }),
  calls: () => call("/log"),
  events: () => new EventSource(`${ROOT}/events`),
};
