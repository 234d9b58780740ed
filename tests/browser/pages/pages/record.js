/* What a page of these tests hears and does; kept over its reloads. Its last word is "end". */

const CONTROL = Symbol.for("owidget_jupyter.simulator");

function heard(...words) {
  const all = JSON.parse(sessionStorage.getItem("heard") ?? "[]");
  sessionStorage.setItem("heard", JSON.stringify([...all, words]));
}

const hearStatus = (code) => heard("status", code);
const hearEvent = (e) => heard("event", e.type, e.channel);
const hearConnection = (connected) => heard("connection", connected);

/** The language that the widget shows. */
function hearLanguage() {
  heard("language", document.querySelector("[data-owidget-simulator]").lang);
}

/** Whether this is the page's first visit, asked once in each. */
function firstVisit() {
  const first = sessionStorage.getItem("visited") === null;
  sessionStorage.setItem("visited", "yes");
  return first;
}

/** Plays the operator, the visitor or the clock. */
function act(side, action, ...args) {
  return window[CONTROL].act(side, action, args);
}

/** Lets simulated time pass, which stands still otherwise. */
function pass(seconds) {
  return act("clock", "step", seconds * 1000);
}

/** The custom data of the visitor, once that is in the queue. */
function waiting() {
  return new Promise((resolve) => {
    window[CONTROL].listen((news) => {
      if (news.kind === "queue" && news.waiting.length > 0) resolve(news.waiting[0].data);
    });
  });
}

/** Lets as much time pass as anything could still need, and says that nothing more will come. */
async function end() {
  await pass(60);
  heard("end");
}
