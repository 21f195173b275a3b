// The keyboard that a bot can put below the text field.

import { api } from "./api.js";
import { chooseChat, chooseLocation } from "./choose.js";
import { attempt, byId, el } from "./dom.js";
import { isChannel, state } from "./state.js";

/** Messages whose keyboard was to be used once, and was. */
const used = new Set();

/** Draw the keyboard that the newest message with one wants; `say(text)` writes what a key says. */
export function drawKeyboard(say) {
  const message = state.messages.findLast((one) => one.reply_keyboard);
  const { keyboard, one_time_keyboard: once } = message?.reply_keyboard ?? {};
  const place = byId("keys");
  place.hidden = !keyboard || state.selecting || used.has(message.message_id);
  const press = (key) => {
    if (once) used.add(message.message_id);
    place.hidden = Boolean(once);
    if (key.request_chat) share(key.request_chat);
    else if (key.request_location) shareLocation();
    else say(key.text);
  };
  const button = (key) => el("button", { class: "plain", type: "button", onclick: () => press(key) }, key.text);
  place.replaceChildren(...(keyboard ?? []).map((row) => el("div", { class: "keys" }, row.map(button))));
}

/** Let the user choose the chat that a key asks for; the bot gets the rights there that it wants. */
function share(request) {
  const fits = (entry) =>
    entry.mine && entry.chat.id !== state.bot.id && isChannel(entry) === Boolean(request.chat_is_channel);
  chooseChat("Choose a chat", fits, ({ chat, bot_is_admin: admin }) =>
    attempt(async () => {
      const rights = request.bot_administrator_rights;
      if (rights && !admin) await api.promote(chat.id, rights);
      await api.share(state.me.id, state.current, request.request_id, chat.id);
    }),
  );
}

/** Let the user choose where he is. */
function shareLocation() {
  chooseLocation("Where are you?", (location) =>
    attempt(() => api.shareLocation(state.me.id, state.current, location)),
  );
}
