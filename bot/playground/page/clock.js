// The clock of the playground: it shows the time there, and moves it ahead.

import { api } from "./api.js";
import { attempt, byId, toast } from "./dom.js";
import { longTime, now, secondsUntil, setClock } from "./times.js";

export function drawClock() {
  byId("clock").querySelector("time").textContent = longTime(now());
}

/** Wire the buttons; `onmove` is called when the clock was moved. */
export function wireClock(onmove) {
  byId("clock").addEventListener("click", async ({ target }) => {
    const { hours, until } = target.dataset;
    if (!hours && !until) return;
    const seconds = until ? secondsUntil(until) : Number(hours) * 3600;
    await attempt(async () => {
      setClock(await api.advance(seconds));
      await onmove();
      toast(`It is ${longTime(now())} now`);
    });
  });
  setInterval(drawClock, 5_000);
}
