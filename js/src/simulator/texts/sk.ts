import type { Texts } from "./types.js";

export const sk: Texts = {
  tag: "SIMULÁTOR",
  titleDefault: "Napíšte nám",
  titleSales: "Obchodné oddelenie",
  titleSupport: "Zákaznícka podpora",

  offline: "Offline",
  online: "Online",
  busy: "Obsadené",
  unread: (count) => `neprečítané: ${count}`,

  intro: "Dobrý deň! Operátor je pripravený sa s vami rozprávať.",
  busyNotice: "Všetci operátori sú práve obsadení. Môžete počkať v rade.",
  name: "Vaše meno (nepovinné)",
  start: "Začať chat",
  again: "Začať nový chat",
  close: "Zavrieť okno",

  offlineNotice: "Práve tu nikto nie je. Nechajte nám správu.",
  offlineMessage: "Vaša správa",
  thanks: "Ďakujeme! Toto je simulátor, správa sa nikam neodoslala.",

  callBack: "Zavolajte mi",
  callBackIntro: "Nechajte nám svoje číslo a zavoláme vám späť.",
  phone: "Vaše telefónne číslo",
  invalidNumber: "Neplatné číslo. Skontrolujte ho, prosím.",
  back: "Späť",
  callBackThanks: "Ďakujeme! Toto je simulátor, na toto číslo nikto nezavolá:",

  waiting: "Čakáme na operátora…",
  leaveQueue: "Opustiť rad",
  log: "Konverzácia",
  message: "Napíšte správu",
  send: "Odoslať",
  end: "Ukončiť chat",
  you: "Vy",
  operator: "Operátor",

  joined: "Operátor sa pripojil.",
  endedByOperator: "Operátor chat ukončil.",
  endedByVisitor: "Chat ste ukončili.",
  noVideo: "Simulátor nemá hlas ani video; toto je textový chat.",

  details: "Čo vidí operátor",
  operatorScripted: "operátor: podľa scenára",
  operatorManual: "operátor: riadený z Pythonu",
  noStorage: "bez úložiska: konverzácia sa neobnoví",
  noCustomData: "žiadne vlastné údaje",
  visitorName: "meno",
  callBackNumber: "zavolať späť",
  preset: "predvoľba",
  language: "jazyk",
  scope: "rozsah",

  greeting: "Dobrý deň, ako vám môžem pomôcť?",
  answers: [
    "Rozumiem. Môžete mi povedať niečo viac?",
    "Ďakujem, hneď sa na to pozriem.",
    "To by nemal byť problém.",
    "Môžem pre vás urobiť ešte niečo?",
  ],
  farewell: "Ďakujem za rozhovor. Dovidenia!",
};
