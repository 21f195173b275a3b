// The three hints: open a channel, forward posts, ask for the summary. Each stands where the next step is done.

import { byId, el } from "./dom.js";
import { face } from "./faces.js";
import { botEntry, chatTitle, isNews, state } from "./state.js";

const STEPS = (bot) => ["Open a news channel", `Tick some posts, forward them to ${bot}`, "Send /summary"];

/** What was done up to now: a channel was opened, posts were given to the bot, it was asked for a summary after that. */
const done = { given: false, asked: false, opened: false };

/** Learn from the messages of the chat with the bot what was done. */
export function learn(messages) {
  const mine = messages.filter((message) => message.from?.id === state.me.id);
  const isCommand = (message) => message.text?.startsWith("/") && !message.forward_origin;
  const posts = mine.filter((message) => !isCommand(message) && (message.text ?? message.caption));
  const asked = mine.filter((message) => isCommand(message) && message.text.startsWith("/summary"));
  done.given = posts.length > 0;
  done.asked = done.given && (asked.at(-1)?.message_id ?? 0) > posts.at(-1).message_id;
}

/** Draw the hint of the open chat; `actions`: select(), say(text). */
export function drawHint(entry, { select, say }) {
  const first = byId("hint-list");
  done.opened ||= isNews(entry);
  first.hidden = done.given || done.opened;
  first.lastElementChild.textContent = "Open a news channel and pick some posts.";
  const place = byId("hint");
  place.hidden = true;
  if (state.selecting) return;
  if (isNews(entry)) show(place, 2, `Tick posts to forward them to ${chatTitle(state.bot)}.`, "Select posts", select);
  else if (entry.chat.id === state.bot.id && done.given && !done.asked)
    show(place, 3, "Forward more, or ask what they say.", "/summary", () => say("/summary"));
}

function show(place, number, words, button, onclick) {
  place.hidden = false;
  if (place.dataset.words === words) return;
  place.dataset.words = words;
  place.replaceChildren(
    el("span", { class: "number" }, String(number)),
    el("p", {}, words),
    el("button", { class: "main", type: "button", onclick }, button),
  );
}

/** Return what an empty chat with the bot shows; its button is wired by a listener on #messages. */
export function welcome() {
  const name = chatTitle(state.bot);
  const about =
    botEntry().description ||
    "Forward it posts: it tells you what they say, word for word, with a link to every source.";
  return el(
    "section",
    { class: "welcome", "aria-label": "What to do" },
    face({ id: state.bot.id, name, bot: true }),
    el("h3", {}, name),
    el("p", {}, about),
    el(
      "ol",
      {},
      STEPS(name).map((words, index) =>
        el("li", { class: "step" }, el("span", { class: "number" }, String(index + 1)), words),
      ),
    ),
    el("button", { class: "main", type: "button", "data-show": true }, "Do it for me"),
  );
}
