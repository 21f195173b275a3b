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
    const answered = () => {
      if (once) used.add(message.message_id);
      place.hidden = Boolean(once);
    };
    if (key.request_chat) share(key.request_chat, answered);
    else if (key.request_location) shareLocation(answered);
    else {
      answered();
      say(key.text);
    }
  };
  const button = (key) => el("button", { class: "plain", type: "button", onclick: () => press(key) }, key.text);
  place.replaceChildren(...(keyboard ?? []).map((row) => el("div", { class: "keys" }, row.map(button))));
}

/** Let the user choose the chat that a key asks for; the bot gets the rights there that it wants. */
function share(request, answered) {
  const kind = request.chat_is_channel ? "channel" : "group";
  const fits = (entry) =>
    entry.mine && entry.chat.id !== state.bot.id && isChannel(entry) === Boolean(request.chat_is_channel);
  const shareWith = ({ chat, bot_is_admin: admin }) =>
    attempt(async () => {
      answered();
      const rights = request.bot_administrator_rights;
      if (rights && !admin) await api.promote(chat.id, rights);
      await api.share(state.me.id, state.current, request.request_id, chat.id);
    });
  chooseChat(`Choose a ${kind}`, fits, shareWith, `You manage no ${kind} here.`);
}

/** Let the user choose where he is. */
function shareLocation(answered) {
  chooseLocation("Where are you?", (location) =>
    attempt(() => {
      answered();
      return api.shareLocation(state.me.id, state.current, location);
    }),
  );
}
